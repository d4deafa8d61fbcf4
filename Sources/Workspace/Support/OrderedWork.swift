import Foundation

/// Work on the values of a source by several threads; what comes of them is taken in the order of the values.
///
/// A thread that is free reads the next value. What has been read and not yet taken is bounded by its size, so that memory does not
/// depend on the length of the source, and whoever takes slowly is waited for.
// @unchecked: everything that changes is guarded by `lock`, and `source` is called under it alone.
final class OrderedWork<Value: Sendable, Result: Sendable>: @unchecked Sendable {
  private let source: () throws -> (value: Value, size: Int)?
  private let work: @Sendable (_ number: Int, Value) throws -> Result
  /// Bytes that may wait before reading stops.
  private let room: Int

  private let lock = NSCondition()
  private var done: [Int: (result: Swift.Result<Result, any Error>, size: Int)] = [:]
  /// Values read, results taken, bytes between the two, and threads at work.
  private var (read, taken, held, running) = (0, 0, 0, 0)
  private var isAtEnd = false

  /// Begins. ``end()`` is to be called whatever happens.
  ///
  /// - Parameters:
  ///   - source: the next value and its size; nil at the end. An error ends it, and is thrown in the place of a result.
  ///   - work: is called by several threads at once, with the number of the value from 0.
  init(
    threads: Int = max(1, ProcessInfo.processInfo.activeProcessorCount), room: Int = 8 << 20,
    source: @escaping () throws -> (value: Value, size: Int)?,
    work: @escaping @Sendable (_ number: Int, Value) throws -> Result
  ) {
    (self.source, self.work, self.room, running) = (source, work, room, threads)
    for _ in 0..<threads {
      let thread = Thread { [self] in workOn() }
      thread.name = "reader"
      thread.start()
    }
  }

  /// The next result; nil behind the last. Throws what reading or working on it threw.
  func next() throws -> Result? {
    lock.lock()
    defer { lock.unlock() }
    while done[taken] == nil, !isAtEnd || taken < read { lock.wait() }
    guard let (result, size) = done.removeValue(forKey: taken) else { return nil }
    taken += 1
    held -= size
    lock.broadcast()
    return try result.get()
  }

  /// Reads nothing more, and waits for the threads.
  func end() {
    lock.lock()
    isAtEnd = true
    lock.broadcast()
    while running > 0 { lock.wait() }
    lock.unlock()
  }

  private func workOn() {
    lock.lock()
    while let (number, value, size) = nextValue() {
      lock.unlock()
      let result = Swift.Result { try work(number, value) }
      lock.lock()
      done[number] = (result, size)
      lock.broadcast()
    }
    running -= 1
    lock.broadcast()
    lock.unlock()
  }

  /// The next value, when there is room for it; nil at the end.
  private func nextValue() -> (number: Int, value: Value, size: Int)? {
    while !isAtEnd, held >= room { lock.wait() }
    guard !isAtEnd else { return nil }
    do {
      guard let (value, size) = try source() else {
        isAtEnd = true
        return nil
      }
      read += 1
      held += size
      return (read - 1, value, size)
    } catch {
      isAtEnd = true
      done[read] = (.failure(error), 0)
      read += 1
      return nil
    }
  }
}
