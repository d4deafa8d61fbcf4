import CProcess
import Foundation
import Synchronization

/// A process that is given a few bytes to read and is listened to until it ends or writes too much.
///
/// It inherits four descriptors and nothing else: no environment, no signal dispositions, no other file.
final class ChildProcess: Sendable {
  /// What came of a process.
  struct Report: Sendable {
    /// As `waitpid` gives it.
    var status: Int32 = 0
    var output: [UInt8] = []
    var errors: [UInt8] = []
    var wroteTooMuch = false
    var seconds = 0.0
  }

  /// The process could not be started.
  struct Failure: Error, CustomStringConvertible {
    let description: String
  }

  private struct State {
    /// The process while it runs or waits to be reaped: its number means no other one.
    var pid: pid_t?
    var isCancelled = false
  }
  private let state = Mutex(State())

  /// Ends the process and whatever it started; one that has not begun never will.
  func cancel() {
    state.withLock { state in
      state.isCancelled = true
      if let pid = state.pid { kill(-pid, SIGKILL) }
    }
  }

  /// Runs `command` (its program by path) with `input` on descriptor 0 and `extra` on descriptor 3; returns when it has
  /// ended. Blocks its thread.
  ///
  /// - Parameter limit: bytes of output after which it is killed; of error output, the last so many are kept.
  /// - Throws: ``Failure``; `CancellationError` after ``cancel()``.
  func run(_ command: [String], input: [UInt8], extra: [UInt8], limit: Int) throws -> Report {
    let pipes = try [input, extra].map(Self.filled) + [Self.pipe(), Self.pipe()]
    let readers = pipes[2...].map(\.read)
    defer { readers.forEach { close($0) } }
    let started = ContinuousClock.now
    do {
      // What the child reads and where it writes belongs to it alone once it runs.
      defer { (pipes[..<2].map(\.read) + pipes[2...].map(\.write)).forEach { close($0) } }
      try start(command, [pipes[0].read, pipes[2].write, pipes[3].write, pipes[1].read])
    }
    var report = listen(readers, limit: limit)
    report.status = reap()
    report.seconds = (ContinuousClock.now - started) / .seconds(1)
    if state.withLock({ $0.isCancelled }) { throw CancellationError() }
    return report
  }

  // MARK: - Starting

  /// Starts the process as the head of a group of its own; `descriptors` become its 0, 1, 2, 3.
  private func start(_ command: [String], _ descriptors: [Int32]) throws {
    var arguments: [UnsafeMutablePointer<CChar>?] = command.map { strdup($0) }
    arguments.append(nil)
    defer { arguments.forEach { free($0) } }
    try state.withLock { state in
      if state.isCancelled { throw CancellationError() }
      var pid: pid_t = 0
      let error = closed_spawn(&pid, &arguments, descriptors, Int32(descriptors.count))
      guard error == 0 else { throw Failure(description: "\(command[0]): \(String(cString: strerror(error)))") }
      state.pid = pid
    }
  }

  private static func pipe() throws -> (read: Int32, write: Int32) {
    var ends: [Int32] = [-1, -1]
    let error = closed_pipe(&ends)
    guard error == 0 else { throw Failure(description: "no pipe: \(String(cString: strerror(error)))") }
    return (ends[0], ends[1])
  }

  /// A pipe that holds `bytes` and then ends. Filled before anybody reads it: what does not fit is refused.
  private static func filled(_ bytes: [UInt8]) throws -> (read: Int32, write: Int32) {
    let ends = try pipe()
    defer { close(ends.write) }
    _ = fcntl(ends.write, F_SETFL, O_NONBLOCK)
    guard bytes.isEmpty || write(ends.write, bytes, bytes.count) == bytes.count else {
      close(ends.read)
      throw Failure(description: "\(bytes.count) bytes are too many for one program")
    }
    return (ends.read, -1)
  }

  // MARK: - Listening

  private func listen(_ readers: [Int32], limit: Int) -> Report {
    var report = Report()
    var errorCount = 0
    var open = readers.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
    var buffer = [UInt8](repeating: 0, count: 16 << 10)
    while open.contains(where: { $0.fd >= 0 }) {
      guard poll(&open, nfds_t(open.count), -1) > 0 else { continue }
      for index in open.indices where open[index].fd >= 0 && open[index].revents != 0 {
        let count = read(open[index].fd, &buffer, buffer.count)
        guard count > 0 else {
          if count == 0 || errno != EINTR { open[index].fd = -1 }
          continue
        }
        if index == 0 {
          report.output += buffer[..<min(count, limit - report.output.count)]
        } else {
          // The last lines say what went wrong.
          report.errors = Array((report.errors + buffer[..<count]).suffix(limit))
          errorCount += count
        }
        if report.output.count == limit || errorCount > 16 * limit, !report.wroteTooMuch {
          report.wroteTooMuch = true
          stop()
        }
      }
    }
    return report
  }

  private func stop() {
    state.withLock { if let pid = $0.pid { kill(-pid, SIGKILL) } }
  }

  /// Waits for the process, whose descriptors are closed, and forgets it. Its own command bounds the time it may take.
  private func reap() -> Int32 {
    guard let pid = state.withLock({ $0.pid }) else { return 0 }
    var information = siginfo_t()
    while waitid(P_PID, id_t(pid), &information, WEXITED | WNOWAIT) < 0 && errno == EINTR {}
    return state.withLock { state in
      state.pid = nil
      var status: Int32 = 0
      while waitpid(pid, &status, 0) < 0 && errno == EINTR {}
      return status
    }
  }
}
