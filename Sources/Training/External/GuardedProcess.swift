import CProcess
import Foundation
import Models
import Synchronization

/// A program that runs with everything it starts below a guard: all of it ends when the program does, when it is stopped, and when
/// this process ends, however that ends.
package final class GuardedProcess: Sendable {
  /// How a program ended.
  package struct Ending: Sendable {
    /// As `waitpid` gives it; nil where the guard itself was killed.
    package let status: Int32?

    /// True for exit code 0.
    package var isSuccess: Bool { status == 0 }

    /// In words that follow "ended with".
    package var words: String {
      guard let status else { return "no trace" }
      let signal = status & 0x7F
      return signal == 0 ? "exit code \(status >> 8 & 0xFF)" : "signal \(signal)"
    }
  }

  /// Which of a program's outputs a line came from.
  package enum Output: Sendable {
    case standard, errors
  }

  /// The program cannot be started.
  package struct Failure: Error, CustomStringConvertible {
    package let description: String
  }

  /// Of a longer line only this much is told: bytes.
  static let longestLine = 64 << 10
  /// How long a program may take to end when it is asked to.
  static let grace = DispatchTimeInterval.seconds(2)

  private struct State {
    /// The end to write of the lifeline, while there is one.
    var lifeline: Int32?
    var isStopped = false
  }
  private let state = Mutex(State())

  /// A process that has not begun.
  package init() {}

  /// Asks the program to end, and ends it and what it started two seconds later; one that has not begun never will.
  package func stop() {
    state.withLock { state in
      state.isStopped = true
      guard let lifeline = state.lifeline else { return }
      var word: UInt8 = 0x54
      _ = write(lifeline, &word, 1)
      DispatchQueue.global().asyncAfter(deadline: .now() + Self.grace) { [weak self] in self?.cut() }
    }
  }

  private func cut() {
    state.withLock { state in
      if let lifeline = state.lifeline { close(lifeline) }
      state.lifeline = nil
    }
  }

  /// Runs the program `words[0]`, found by path, with an empty input; returns when nothing of it is left.
  ///
  /// - Parameter tell: Each line of its outputs as it comes, from one thread at a time; broken UTF-8 has become U+FFFD.
  /// - Throws: ``Failure`` where it cannot be started; `CancellationError` where the task is cancelled, which stops it.
  package func run(
    _ words: [String], environment: [String: String], tell: @escaping @Sendable (Output, String) -> Void
  ) async throws -> Ending {
    try await withTaskCancellationHandler {
      let ending: Ending = try await withCheckedThrowingContinuation { continuation in
        // A thread of its own, because it waits.
        let thread = Thread { continuation.resume(with: Result { try self.work(words, environment, tell) }) }
        thread.name = "trainer"
        thread.start()
      }
      try Task.checkCancellation()
      return ending
    } onCancel: {
      stop()
    }
  }

  // MARK: - On the thread

  private func work(
    _ words: [String], _ environment: [String: String], _ tell: (Output, String) -> Void
  ) throws -> Ending {
    var open: Set<Int32> = []
    defer { for file in open { close(file) } }
    func pipe() throws -> (read: Int32, write: Int32) {
      var ends: [Int32] = [-1, -1]
      let error = closed_pipe(&ends)
      guard error == 0 else { throw Failure(description: "no pipe: \(String(cString: strerror(error)))") }
      open.formUnion(ends)
      return (ends[0], ends[1])
    }
    func shut(_ file: Int32) { if open.remove(file) != nil { close(file) } }

    let input = Foundation.open("/dev/null", O_RDONLY | O_CLOEXEC)
    if input >= 0 { open.insert(input) }
    let (output, errors, lifeline, report) = (try pipe(), try pipe(), try pipe(), try pipe())
    var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
    var variables: [UnsafeMutablePointer<CChar>?] = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { (arguments + variables).forEach { free($0) } }
    var pid: pid_t = 0
    try state.withLock { state in
      if state.isStopped { throw CancellationError() }
      let error = guarded_spawn(
        &pid, &arguments, &variables, [input, output.write, errors.write], 3, lifeline.read, report.write)
      guard error == 0 else { throw Failure(description: String(cString: strerror(error))) }
      // From here on it is closed by ``cut()`` alone.
      open.remove(lifeline.write)
      state.lifeline = lifeline.write
    }
    // The lifeline's end to read stays open here as well: to write to it when the guard is gone would be a signal to us.
    for file in [input, output.write, errors.write, report.write] { shut(file) }
    listen(output.read, errors.read, tell)
    let ending = Result { try hear(report.read) }
    cut()
    while waitpid(pid, nil, 0) < 0, errno == EINTR {}
    return try ending.get()
  }

  /// Tells the lines of both outputs until both end.
  private func listen(_ output: Int32, _ errors: Int32, _ tell: (Output, String) -> Void) {
    var lines = [LineBuffer(), LineBuffer()]
    let kinds = [Output.standard, .errors]
    var open = [output, errors].map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
    var buffer = [UInt8](repeating: 0, count: 16 << 10)
    while open.contains(where: { $0.fd >= 0 }) {
      guard poll(&open, nfds_t(open.count), -1) > 0 else { continue }
      for index in open.indices where open[index].fd >= 0 && open[index].revents != 0 {
        let count = read(open[index].fd, &buffer, buffer.count)
        if count > 0 {
          lines[index].add(buffer[..<count]) { tell(kinds[index], $0) }
        } else if count == 0 || errno != EINTR {
          lines[index].end { tell(kinds[index], $0) }
          open[index].fd = -1
        }
      }
    }
  }

  /// What the guard says in the end. Throws ``Failure`` where the program was never started.
  private func hear(_ report: Int32) throws -> Ending {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 256)
    while true {
      let count = read(report, &buffer, buffer.count)
      if count > 0 { bytes += buffer[..<count] } else if count == 0 || errno != EINTR { break }
    }
    let told = GuardReport(bytes)
    told.sweep()
    if let failure = told.failure { throw Failure(description: String(cString: strerror(failure))) }
    return Ending(status: told.status)
  }
}

/// Cuts bytes into lines; of a line that is too long only the beginning is kept.
private struct LineBuffer {
  private var bytes: [UInt8] = []

  mutating func add(_ more: ArraySlice<UInt8>, line: (String) -> Void) {
    for byte in more {
      // Progress bars go back to the beginning of the line instead.
      if byte == 0x0A || byte == 0x0D {
        end(line: line)
      } else if bytes.count < GuardedProcess.longestLine {
        bytes.append(byte)
      }
    }
  }

  mutating func end(line: (String) -> Void) {
    if !bytes.isEmpty { line(String(decoding: bytes, as: UTF8.self)) }
    bytes.removeAll(keepingCapacity: true)
  }
}
