import CProcess
import Foundation
import Synchronization

/// A program cannot be started below a guard.
package struct GuardFailure: Error, CustomStringConvertible {
  /// Why.
  package let description: String

  /// A failure in these words.
  package init(description: String) { self.description = description }
}

/// Descriptors that are open here for the time of one program. Whoever makes it closes it, whatever happens between.
package struct OpenFiles {
  private var open: Set<Int32> = []

  /// None.
  package init() {}

  /// A pipe whose ends no other program inherits. Throws ``GuardFailure``.
  package mutating func pipe() throws -> (read: Int32, write: Int32) {
    var ends: [Int32] = [-1, -1]
    let error = closed_pipe(&ends)
    guard error == 0 else { throw GuardFailure(description: "no pipe: \(String(cString: strerror(error)))") }
    open.formUnion(ends)
    return (ends[0], ends[1])
  }

  /// Takes an open file; what could not be opened is none.
  package mutating func add(_ file: Int32) { if file >= 0 { open.insert(file) } }

  /// Closes those of `files` that are open.
  package mutating func close(_ files: [Int32]) {
    for file in files where open.remove(file) != nil { Foundation.close(file) }
  }

  /// Closes all.
  package mutating func close() { close(Array(open)) }

  /// Leaves it to somebody else to close `file`.
  fileprivate mutating func giveAway(_ file: Int32) { open.remove(file) }
}

/// This process's hold on a program that runs below a guard (`guarded_spawn`): all of it ends when the program does, when the line is
/// cut, and when this process ends, however that ends.
package final class Lifeline: Sendable {
  private struct State {
    /// The end to write, while there is one: where it is closed the guard ends all.
    var end: Int32?
    var isStopped = false
  }
  private let state = Mutex(State())

  /// A hold on nothing yet.
  package init() {}

  /// Whether nothing may be started any more.
  package var isStopped: Bool { state.withLock { $0.isStopped } }

  /// Lets nothing be started any more, and asks what runs to end (SIGTERM).
  package func ask() {
    state.withLock { state in
      state.isStopped = true
      guard let end = state.end else { return }
      var word: UInt8 = 0x54
      _ = write(end, &word, 1)
    }
  }

  /// Lets nothing be started any more, and ends what runs.
  package func stop() {
    state.withLock { $0.isStopped = true }
    cut()
  }

  /// Ends what runs.
  package func cut() {
    state.withLock { state in
      if let end = state.end { close(end) }
      state.end = nil
    }
  }

  /// Starts `words`, the program by path, as the head of a group of its own below a guard; `descriptors` become its 0, 1, 2, …
  ///
  /// - Returns: the guard's process, for which the caller waits, and the end to read of what it tells (``GuardReport``).
  /// - Throws: ``GuardFailure``; `CancellationError` after ``ask()`` or ``stop()``.
  package func start(
    _ words: [String], environment: [String: String] = [:], _ descriptors: [Int32], _ files: inout OpenFiles
  ) throws -> (guardian: pid_t, report: Int32) {
    // The end to read stays open here as well: to write to it when the guard is gone would be a signal to us.
    let (line, report) = (try files.pipe(), try files.pipe())
    var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
    var variables: [UnsafeMutablePointer<CChar>?] = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { (arguments + variables).forEach { free($0) } }
    var guardian: pid_t = 0
    try state.withLock { state in
      if state.isStopped { throw CancellationError() }
      let error = guarded_spawn(
        &guardian, &arguments, &variables, descriptors, Int32(descriptors.count), line.read, report.write)
      guard error == 0 else { throw GuardFailure(description: String(cString: strerror(error))) }
      // From here on it is closed by ``cut()`` alone.
      files.giveAway(line.write)
      state.end = line.write
    }
    files.close([report.write])
    return (guardian, report.read)
  }

  /// Waits for a guard, whose line is cut.
  package static func reap(_ guardian: pid_t) { while waitpid(guardian, nil, 0) < 0, errno == EINTR {} }
}
