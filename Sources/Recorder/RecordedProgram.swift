import Foundation

/// A program in a pseudo-terminal of its own.
package final class RecordedProgram {
  /// POSIX_SPAWN_SETSID of glibc and musl, which its header shows to GNU programs only.
  private static let newSession: Int16 = 0x80

  /// A terminal and a locale that are the same everywhere, and none of the person's own settings.
  package static var pinnedEnvironment: [String: String] {
    var environment = ProcessInfo.processInfo.environment.filter { !$0.key.hasPrefix("ETASCOPE_") && $0.key != "TMUX" }
    environment["TERM"] = "xterm-256color"
    environment["LC_ALL"] = "C.UTF-8"
    environment["NO_COLOR"] = nil
    environment["COLORTERM"] = nil
    return environment
  }

  package let pid: pid_t
  private let terminal: Int32

  package init(_ program: String, _ arguments: [String], columns: Int, rows: Int, environment: [String: String]) throws
  {
    var outside: Int32 = -1
    var inside: Int32 = -1
    var size = winsize(ws_row: UInt16(rows), ws_col: UInt16(columns), ws_xpixel: 0, ws_ypixel: 0)
    guard openpty(&outside, &inside, nil, nil, &size) == 0, let name = ttyname(inside).map({ String(cString: $0) })
    else {
      throw RecordError("there is no pseudo-terminal: \(String(cString: strerror(errno)))")
    }
    defer { close(inside) }
    _ = fcntl(outside, F_SETFD, FD_CLOEXEC)
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    // The leader of a new session that opens a terminal gets it as its own.
    posix_spawn_file_actions_addopen(&actions, 0, name, O_RDWR, 0)
    posix_spawn_file_actions_adddup2(&actions, 0, 1)
    posix_spawn_file_actions_adddup2(&actions, 0, 2)
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var signals = sigset_t()
    sigemptyset(&signals)
    posix_spawnattr_setsigmask(&attributes, &signals)
    sigfillset(&signals)
    posix_spawnattr_setsigdefault(&attributes, &signals)
    posix_spawnattr_setflags(
      &attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF) | Self.newSession)
    var words = ([program] + arguments).map { strdup($0) } + [nil]
    var variables = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { for text in words + variables { free(text) } }
    var child: pid_t = 0
    let result = posix_spawn(&child, program, &actions, &attributes, &words, &variables)
    guard result == 0 else {
      close(outside)
      throw RecordError("\(program): \(String(cString: strerror(result)))")
    }
    pid = child
    terminal = outside
  }

  deinit {
    close(terminal)
    kill(pid, SIGHUP)
    var status: Int32 = 0
    while waitpid(pid, &status, 0) < 0, errno == EINTR {}
  }

  /// Types a text; where the program has ended, nobody reads it.
  package func type(_ text: String) {
    try? FileHandle(fileDescriptor: terminal, closeOnDealloc: false).write(contentsOf: Data(text.utf8))
  }

  /// What was painted within so many milliseconds; empty where nothing was, nil where the program has ended.
  package func read(within milliseconds: Int32) -> [UInt8]? {
    var state = pollfd(fd: terminal, events: Int16(POLLIN), revents: 0)
    guard poll(&state, 1, milliseconds) > 0 else { return [] }
    var buffer = [UInt8](repeating: 0, count: 65_536)
    let count = Foundation.read(terminal, &buffer, buffer.count)
    return count > 0 ? Array(buffer[..<count]) : nil
  }
}
