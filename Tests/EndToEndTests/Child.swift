import Foundation

/// A process that this one started, with its output in files.
///
/// Not Foundation's `Process`: its pipes are inherited by every child that another test starts meanwhile, and a tmux
/// server that keeps one open would keep its reader waiting.
final class Child {
  /// The system does not start it.
  struct Failure: Error { let reason: String }

  let pid: pid_t
  private let scratch: Scratch
  private var code: Int32?

  /// Starts `program` with an empty standard input.
  init(_ program: String, _ arguments: [String], environment: [String: String]) throws {
    scratch = try Scratch()
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 1, scratch.path("out"), O_WRONLY | O_CREAT | O_APPEND, 0o600)
    posix_spawn_file_actions_addopen(&actions, 2, scratch.path("err"), O_WRONLY | O_CREAT | O_APPEND, 0o600)
    // The threads that tests run on block signals, and a child would inherit that.
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var signals = sigset_t()
    sigemptyset(&signals)
    posix_spawnattr_setsigmask(&attributes, &signals)
    sigfillset(&signals)
    posix_spawnattr_setsigdefault(&attributes, &signals)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
    var words = ([program] + arguments).map { strdup($0) } + [nil]
    var variables = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { for text in words + variables { free(text) } }
    var pid: pid_t = 0
    let result = posix_spawn(&pid, program, &actions, &attributes, &words, &variables)
    guard result == 0 else { throw Failure(reason: "\(program): \(String(cString: strerror(result)))") }
    self.pid = pid
  }

  deinit {
    guard code == nil else { return }
    kill(pid, SIGKILL)
    wait()
  }

  /// Standard output so far.
  var output: String { text("out") }
  /// Standard error so far.
  var errors: String { text("err") }

  /// True once it has ended, of itself or by a signal.
  var hasEnded: Bool {
    var found = siginfo_t()
    return code != nil
      || waitid(P_PID, id_t(pid), &found, WEXITED | WNOHANG | WNOWAIT) == 0 && found._sifields._kill.si_pid == pid
  }

  func signal(_ number: Int32) { kill(pid, number) }

  /// Waits for the end; returns the exit code, or 128 + the number of the signal that ended it.
  @discardableResult
  func wait() -> Int32 {
    if let code { return code }
    var status: Int32 = 0
    while waitpid(pid, &status, 0) < 0, errno == EINTR {}
    let found = status & 0x7F == 0 ? status >> 8 & 0xFF : 128 + status & 0x7F
    code = found
    return found
  }

  private func text(_ name: String) -> String {
    String(decoding: FileManager.default.contents(atPath: scratch.path(name)) ?? Data(), as: UTF8.self)
  }
}
