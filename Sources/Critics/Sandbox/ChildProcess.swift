import Foundation
import Models

/// A process that is given a few bytes to read and is listened to until it ends, writes too much or takes too long.
///
/// It inherits four descriptors and nothing else: no environment, no signal dispositions, no other file. It runs below a guard
/// (`guarded_spawn`), which leaves nothing of it behind, whatever it started, and ends it when this process ends, however that ends.
final class ChildProcess: Sendable {
  /// What came of a process.
  struct Report: Sendable {
    /// As `waitpid` gives it; nil where its end was not seen.
    var status: Int32?
    var output: [UInt8] = []
    var errors: [UInt8] = []
    var wroteTooMuch = false
    var tookTooLong = false
    /// Of processor time.
    var seconds = 0.0
  }

  /// The process could not be started.
  typealias Failure = GuardFailure

  private let lifeline = Lifeline()

  /// Ends the process and whatever it started; one that has not begun never will.
  func cancel() { lifeline.stop() }

  /// Runs `command` (its program by path) with `input` on descriptor 0 and `extra` on descriptor 3; returns when nothing of it is
  /// left. Blocks its thread.
  ///
  /// - Parameters:
  ///   - limit: bytes of output after which it is killed; of error output, the last so many are kept.
  ///   - seconds: after which it is killed.
  /// - Throws: ``Failure``; `CancellationError` after ``cancel()``.
  func run(_ command: [String], input: [UInt8], extra: [UInt8], limit: Int, seconds: Double) throws -> Report {
    var files = OpenFiles()
    defer { files.close() }
    let (given, added) = (try files.pipe(), try files.pipe())
    try Self.fill(given.write, input)
    try Self.fill(added.write, extra)
    files.close([given.write, added.write])
    let (output, errors) = (try files.pipe(), try files.pipe())
    let started = ContinuousClock.now
    let (guardian, told) = try start(command, [given.read, output.write, errors.write, added.read], &files)
    files.close([given.read, added.read, output.write, errors.write])
    var listener = Listener([output.read, errors.read, told], limit: limit)
    listener.listen(until: started + .seconds(seconds), cut: lifeline.cut)
    lifeline.cut()
    // One that was told to end and does not: the kernel ends what is tied to it.
    if listener.isOpen { kill(guardian, SIGKILL) }
    Lifeline.reap(guardian)
    let end = GuardReport(listener.told)
    end.sweep()
    if let failure = end.failure {
      throw Failure(description: "\(command[0]): \(String(cString: strerror(failure)))")
    }
    listener.report.status = end.status
    listener.report.seconds = end.processorSeconds
    if lifeline.isStopped { throw CancellationError() }
    return listener.report
  }

  private func start(_ command: [String], _ descriptors: [Int32], _ files: inout OpenFiles) throws -> (pid_t, Int32) {
    do {
      return try lifeline.start(command, descriptors, &files)
    } catch let failure as Failure {
      throw Failure(description: "\(command[0]): \(failure)")
    }
  }

  /// Writes `bytes` into a pipe before anybody reads it: what does not fit is refused.
  private static func fill(_ pipe: Int32, _ bytes: [UInt8]) throws {
    _ = fcntl(pipe, F_SETFL, O_NONBLOCK)
    guard bytes.isEmpty || write(pipe, bytes, bytes.count) == bytes.count else {
      throw Failure(description: "\(bytes.count) bytes are too many for one program")
    }
  }
}

/// Reads both outputs of a process and what its guard tells, until all three end.
private struct Listener {
  private var open: [pollfd]
  private let limit: Int
  private var errorCount = 0
  var report = ChildProcess.Report()
  /// What the guard told.
  private(set) var told: [UInt8] = []

  /// Whether one of them has not ended.
  var isOpen: Bool { open.contains { $0.fd >= 0 } }

  /// How long the guard may take to end what it was told to end. It takes milliseconds, unless it was killed or stopped itself.
  private static let grace = Duration.seconds(2)

  init(_ files: [Int32], limit: Int) {
    open = files.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
    self.limit = limit
  }

  /// Listens to the end. At `deadline`, and after too much output, it calls `cut`; when that helps nothing it leaves.
  mutating func listen(until deadline: ContinuousClock.Instant, cut: () -> Void) {
    var deadline = deadline
    var isCut = false
    while isOpen {
      let left = deadline - .now
      if left <= .zero {
        if isCut { return }
        report.tookTooLong = true
      } else if poll(&open, nfds_t(open.count), Int32(left / .milliseconds(1)) + 1) > 0 {
        for index in open.indices where open[index].fd >= 0 && open[index].revents != 0 { read(index) }
      }
      if report.tookTooLong || report.wroteTooMuch, !isCut {
        cut()
        (isCut, deadline) = (true, .now + Self.grace)
      }
    }
  }

  private mutating func read(_ index: Int) {
    var buffer = [UInt8](repeating: 0, count: 16 << 10)
    let count = Foundation.read(open[index].fd, &buffer, buffer.count)
    guard count > 0 else {
      if count == 0 || errno != EINTR { open[index].fd = -1 }
      return
    }
    switch index {
    case 0: report.output += buffer[..<min(count, limit - report.output.count)]
    case 1:
      // The last lines say what went wrong.
      report.errors = Array((report.errors + buffer[..<count]).suffix(limit))
      errorCount += count
    default: told += buffer[..<count]
    }
    if report.output.count == limit || errorCount > 16 * limit { report.wroteTooMuch = true }
  }
}
