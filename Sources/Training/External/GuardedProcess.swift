import Foundation
import Models

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
  package typealias Failure = GuardFailure

  /// Of a longer line only this much is told: bytes.
  static let longestLine = 64 << 10
  /// How long a program may take to end when it is asked to.
  static let grace = DispatchTimeInterval.seconds(2)

  private let lifeline = Lifeline()

  /// A process that has not begun.
  package init() {}

  /// Asks the program to end, and ends it and what it started two seconds later; one that has not begun never will.
  package func stop() {
    lifeline.ask()
    DispatchQueue.global().asyncAfter(deadline: .now() + Self.grace) { [weak lifeline] in lifeline?.cut() }
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
    var files = OpenFiles()
    defer { files.close() }
    let input = open("/dev/null", O_RDONLY | O_CLOEXEC)
    files.add(input)
    let (output, errors) = (try files.pipe(), try files.pipe())
    let (guardian, told) = try lifeline.start(
      words, environment: environment, [input, output.write, errors.write], &files)
    files.close([input, output.write, errors.write])
    listen(output.read, errors.read, tell)
    let ending = Result { try hear(told) }
    lifeline.cut()
    Lifeline.reap(guardian)
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
