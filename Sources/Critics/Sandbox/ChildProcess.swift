import CProcess
import Foundation
import Models
import Synchronization

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
  struct Failure: Error, CustomStringConvertible {
    let description: String
  }

  private struct State {
    /// The end to write of the lifeline, while there is one: where it is closed the guard ends all.
    var lifeline: Int32?
    var isCancelled = false
  }
  private let state = Mutex(State())

  /// Ends the process and whatever it started; one that has not begun never will.
  func cancel() {
    state.withLock { $0.isCancelled = true }
    cut()
  }

  private func cut() {
    state.withLock { state in
      if let lifeline = state.lifeline { close(lifeline) }
      state.lifeline = nil
    }
  }

  /// Runs `command` (its program by path) with `input` on descriptor 0 and `extra` on descriptor 3; returns when nothing of it is
  /// left. Blocks its thread.
  ///
  /// - Parameters:
  ///   - limit: bytes of output after which it is killed; of error output, the last so many are kept.
  ///   - seconds: after which it is killed.
  /// - Throws: ``Failure``; `CancellationError` after ``cancel()``.
  func run(_ command: [String], input: [UInt8], extra: [UInt8], limit: Int, seconds: Double) throws -> Report {
    var open: Set<Int32> = []
    defer { for file in open { close(file) } }
    func pipe() throws -> (read: Int32, write: Int32) {
      var ends: [Int32] = [-1, -1]
      let error = closed_pipe(&ends)
      guard error == 0 else { throw Failure(description: "no pipe: \(String(cString: strerror(error)))") }
      open.formUnion(ends)
      return (ends[0], ends[1])
    }
    func shut(_ files: [Int32]) { for file in files where open.remove(file) != nil { close(file) } }

    let (given, added) = (try pipe(), try pipe())
    try Self.fill(given.write, input)
    try Self.fill(added.write, extra)
    shut([given.write, added.write])
    let (output, errors, lifeline, told) = (try pipe(), try pipe(), try pipe(), try pipe())
    let started = ContinuousClock.now
    let guardian = try start(
      command, [given.read, output.write, errors.write, added.read], lifeline: lifeline, report: told.write)
    // From here on it is closed by ``cut()`` alone.
    open.remove(lifeline.write)
    shut([given.read, added.read, output.write, errors.write, told.write])
    var listener = Listener([output.read, errors.read, told.read], limit: limit)
    listener.listen(until: started + .seconds(seconds), cut: cut)
    cut()
    // One that was told to end and does not: the kernel ends what is tied to it.
    if listener.isOpen { kill(guardian, SIGKILL) }
    while waitpid(guardian, nil, 0) < 0, errno == EINTR {}
    let end = GuardReport(listener.told)
    end.sweep()
    if let failure = end.failure {
      throw Failure(description: "\(command[0]): \(String(cString: strerror(failure)))")
    }
    listener.report.status = end.status
    listener.report.seconds = end.processorSeconds
    if state.withLock({ $0.isCancelled }) { throw CancellationError() }
    return listener.report
  }

  // MARK: - Starting

  /// Starts the process as the head of a group of its own below a guard, whose process is returned; `descriptors` become its 0, 1,
  /// 2, 3.
  private func start(
    _ command: [String], _ descriptors: [Int32], lifeline: (read: Int32, write: Int32), report: Int32
  ) throws -> pid_t {
    var arguments: [UnsafeMutablePointer<CChar>?] = command.map { strdup($0) } + [nil]
    var environment: [UnsafeMutablePointer<CChar>?] = [nil]
    defer { arguments.forEach { free($0) } }
    return try state.withLock { state in
      if state.isCancelled { throw CancellationError() }
      var pid: pid_t = 0
      let error = guarded_spawn(
        &pid, &arguments, &environment, descriptors, Int32(descriptors.count), lifeline.read, report)
      guard error == 0 else { throw Failure(description: "\(command[0]): \(String(cString: strerror(error)))") }
      state.lifeline = lifeline.write
      return pid
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
