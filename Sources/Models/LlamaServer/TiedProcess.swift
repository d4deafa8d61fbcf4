import CProcess
import Foundation
import Synchronization

/// A process that ends when this one does, however this one ends: the kernel sees to it.
///
/// The kernel ties it to the thread that starts it, so ``start(_:)`` and ``wait()`` belong to a thread that lives at least as
/// long as the process shall.
final class TiedProcess: Sendable {
  /// How a process ended, in words.
  struct Ending: Sendable {
    let words: String
  }

  private struct State {
    /// The process while it runs or waits to be reaped: its number means no other one.
    var pid: pid_t?
    var isStopped = false
  }
  private let state = Mutex(State())

  /// Starts the program `words[0]` as the head of a process group of its own, its input empty, its output and messages in
  /// the file at `log`, which is emptied. Throws ``ModelError``; nothing happens after ``stop()``.
  func start(_ words: [String], environment: [String: String], log: String) throws {
    let input = open("/dev/null", O_RDONLY | O_CLOEXEC)
    let output = open(log, O_WRONLY | O_CREAT | O_TRUNC | O_APPEND | O_CLOEXEC, 0o600)
    let reason = String(cString: strerror(errno))
    defer { for file in [input, output] where file >= 0 { close(file) } }
    guard output >= 0 else { throw ModelError(log, "cannot be written: \(reason)") }
    var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
    var variables: [UnsafeMutablePointer<CChar>?] = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { (arguments + variables).forEach { free($0) } }
    try state.withLock { state in
      if state.isStopped { return }
      var pid: pid_t = 0
      let error = tied_spawn(&pid, &arguments, &variables, [input, output, output], 3)
      guard error == 0 else { throw ModelError(words[0], "cannot be started: \(String(cString: strerror(error)))") }
      state.pid = pid
    }
  }

  /// The process, while it runs.
  var pid: pid_t? { state.withLock { $0.pid } }

  /// True after ``stop()``.
  var isStopped: Bool { state.withLock { $0.isStopped } }

  /// Asks the process and what it started to end, and insists two seconds later. It will not be started again.
  func stop() {
    state.withLock { state in
      state.isStopped = true
      guard let pid = state.pid else { return }
      kill(-pid, SIGTERM)
      DispatchQueue.global().asyncAfter(deadline: .now() + 2) { [weak self] in self?.end(pid) }
    }
  }

  /// Waits for the end of the process; nil at once where there is none, or (`nowait`) where it still runs.
  func wait(nowait: Bool = false) -> Ending? {
    guard let pid = state.withLock({ $0.pid }) else { return nil }
    var information = siginfo_t()
    while waitid(P_PID, id_t(pid), &information, WEXITED | WNOWAIT | (nowait ? WNOHANG : 0)) < 0 && errno == EINTR {}
    guard information.si_signo == SIGCHLD else { return nil }
    return state.withLock { state in
      // Whatever it started goes with it, while its number is still its own.
      kill(-pid, SIGKILL)
      var status: Int32 = 0
      waitpid(pid, &status, 0)
      state.pid = nil
      let signal = status & 0x7F
      return Ending(words: signal == 0 ? "exit code \(status >> 8 & 0xFF)" : "signal \(signal)")
    }
  }

  private func end(_ pid: pid_t) {
    state.withLock { if $0.pid == pid { kill(-pid, SIGKILL) } }
  }
}
