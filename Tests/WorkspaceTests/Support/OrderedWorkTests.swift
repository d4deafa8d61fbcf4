import Synchronization
import Testing
import Vocabulary

@testable import Workspace

/// Work by several threads that is taken in order.
@Suite struct OrderedWorkTests {
  private struct Broken: Error, Equatable { let number: Int }

  private static func work(
    _ count: Int, threads: Int = 4, room: Int = 1 << 20, size: Int = 1, failing: Int? = nil,
    _ body: @escaping @Sendable (Int, Int) throws -> Int
  ) -> OrderedWork<Int, Int> {
    var next = 0
    return OrderedWork(
      threads: threads, room: room,
      source: {
        guard next < count else { return nil }
        if next == failing { throw Broken(number: next) }
        next += 1
        return (value: next - 1, size: size)
      }, work: body)
  }

  @Test(arguments: [1, 2, 7]) func resultsComeInOrder(threads: Int) throws {
    let work = Self.work(2000, threads: threads) { number, value in
      // Some take far longer than others.
      var random = SplitMix(seed: UInt64(value))
      let sum = (0..<(value % 13 * 500)).reduce(0) { sum, _ in sum &+ Int(truncatingIfNeeded: random.next()) }
      return sum == 1 ? -1 : number * 3 + value
    }
    defer { work.end() }
    var results: [Int] = []
    while let result = try work.next() { results.append(result) }
    #expect(results == (0..<2000).map { $0 * 4 })
  }

  @Test func whatWaitsIsBounded() throws {
    let read = Atomic(0)
    let taken = Atomic(0)
    let most = Atomic(0)
    var next = 0
    let work = OrderedWork<Int, Int>(
      threads: 3, room: 100,
      source: {
        guard next < 500 else { return nil }
        next += 1
        let waiting = read.add(1, ordering: .relaxed).newValue - taken.load(ordering: .relaxed)
        most.max(waiting, ordering: .relaxed)
        return (value: next, size: 10)
      }, work: { $1 })
    defer { work.end() }
    while try work.next() != nil { taken.add(1, ordering: .relaxed) }
    // Ten of ten bytes fill the room; one more may have been taken and not been counted yet.
    #expect((1...11).contains(most.load(ordering: .relaxed)))
    #expect(taken.load(ordering: .relaxed) == 500)
  }

  @Test func errorsComeInTheirPlace() throws {
    let reading = Self.work(100, failing: 40) { $1 }
    defer { reading.end() }
    for number in 0..<40 {
      let result = try reading.next()
      #expect(result == number)
    }
    #expect(throws: Broken(number: 40)) { _ = try reading.next() }
    let behind = try reading.next()
    #expect(behind == nil)

    let working = Self.work(100) { if $1 == 30 { throw Broken(number: 30) } else { $1 } }
    defer { working.end() }
    for number in 0..<30 {
      let result = try working.next()
      #expect(result == number)
    }
    #expect(throws: Broken(number: 30)) { _ = try working.next() }
  }

  /// Whoever stops early waits for what is under way, and no thread is left.
  @Test func anEndWaitsForTheThreads() throws {
    let running = Mutex(0)
    let work = Self.work(.max) { _, value in
      running.withLock { $0 += 1 }
      defer { running.withLock { $0 -= 1 } }
      return value
    }
    let first = try work.next()
    #expect(first == 0)
    work.end()
    #expect(running.withLock { $0 } == 0)
  }
}
