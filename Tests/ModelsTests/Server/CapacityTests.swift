import Testing

@testable import Models

/// How many sequences a server is given at once.
struct CapacityTests {
  private func limits(from first: Int, seconds: [Double]) -> [Int] {
    var rule = CapacityRule(first)
    return seconds.map { each in
      for _ in 0..<rule.limit { rule.wrote(tokens: 10, seconds: 10 * each) }
      return rule.limit
    }
  }

  @Test func itIsGivenMoreWhileItKeepsItsPace() {
    #expect(limits(from: 8, seconds: [0.01, 0.011, 0.012, 0.01]) == [16, 32, 64, 64])
  }

  @Test func itIsGivenLessWhereItSlowsDownAndNeverTooLittle() {
    #expect(limits(from: 16, seconds: [0.01, 0.1, 0.1, 0.1]) == [32, 28, 25, 22])
    #expect(limits(from: 8, seconds: [0.01] + Array(repeating: 1, count: 40)).last == 8)
  }

  @Test func whatIsMostlyPromptSaysNothing() {
    var rule = CapacityRule(8)
    for _ in 0..<100 { rule.wrote(tokens: 3, seconds: 9) }
    #expect(rule == CapacityRule(8))
  }

  @Test func aRefusalHalvesIt() {
    var rule = CapacityRule(64)
    let limits = (0..<8).map { _ in
      rule.refused()
      return rule.limit
    }
    #expect(limits == [32, 16, 8, 4, 2, 1, 1, 1])
  }

  /// What was sent together is refused together, once; a number that somebody gave stays.
  @Test func aLoadHearsARefusalOnce() async throws {
    let load = ServerLoad(nil)
    for _ in 0..<5 { load.refused() }
    #expect(try await mostAtOnce(load.limiter) == 4)
    let given = ServerLoad(6)
    given.refused()
    given.set(2)
    #expect(try await mostAtOnce(given.limiter) == 6)
    let told = ServerLoad(nil)
    told.set(3)
    told.refused()
    #expect(try await mostAtOnce(told.limiter) == 3)
  }

  /// Heavy work waits for room, and what is heavier than all there is is done by itself.
  @Test func weightsAddUp() async throws {
    let limiter = TaskLimiter(8)
    #expect(try await mostAtOnce(limiter, weight: 4) == 8)
    #expect(try await mostAtOnce(limiter, weight: 5) == 5)
    #expect(try await mostAtOnce(limiter, weight: 20) == 20)
    #expect(limiter.running == 0)
  }

  /// The greatest weight that was under way at once.
  private func mostAtOnce(_ limiter: TaskLimiter, weight: Int = 1) async throws -> Int {
    try await withThrowingTaskGroup(of: Int.self) { group in
      for _ in 0..<40 {
        group.addTask {
          try await limiter.run(weight: weight) {
            var most = 0
            for _ in 0..<20 {
              most = max(most, limiter.running)
              await Task.yield()
            }
            return most
          }
        }
      }
      return try await group.reduce(0, max)
    }
  }
}
