import Models
import Synchronization
import Testing

@testable import Lab

struct SamplePoolTests {
  private func pool(_ lengths: [Int]) -> (SamplePool, ScriptedModel) {
    let model = ScriptedModel(lengths: lengths)
    let source = SamplePool.Source(model: model, prompt: [1], temperature: 1, maximumTokens: 50, seed: 3)
    return (SamplePool(source), model)
  }

  /// Solutions of 10, 20, 0, 10 … tokens; the empty one costs 1.
  @Test(arguments: [
    (1, 1, 10), (10, 1, 10), (29, 1, 10), (30, 2, 30), (31, 3, 31), (40, 3, 31), (41, 4, 41), (50, 4, 41),
  ])
  func buysWholeSolutionsUntilTheNextWouldGoBeyond(_ budget: Int, _ count: Int, _ tokens: Int) async throws {
    var (pool, _) = pool([10, 20, 0, 10])
    let bought = try await pool.solutions(within: budget)
    #expect(bought.count == count)
    #expect(bought.tokens == tokens)
  }

  /// What was drawn for a small budget is what a large one begins with, whatever came first.
  @Test func nothingIsSampledTwice() async throws {
    var (growing, model) = pool([10, 20, 5])
    for budget in [10, 40, 80, 160, 320] { _ = try await growing.solutions(within: budget) }
    var (once, _) = pool([10, 20, 5])
    let bought = try await once.solutions(within: 320)
    #expect(growing.solutions.prefix(bought.count).map(\.text) == once.solutions.prefix(bought.count).map(\.text))
    #expect(Set(model.seeds).count == model.seeds.count, "each request has a seed of its own")
    let asked = model.seeds.count
    _ = try await growing.solutions(within: 200)
    #expect(model.seeds.count == asked, "the pool has them all")
  }

  @Test func everySolutionIsJudgedOnce() async throws {
    var (pool, _) = pool([10])
    let judged = Mutex(0)
    for budget in [30, 80, 50, 80] {
      let bought = try await pool.judged(within: budget) { solutions in
        judged.withLock { $0 += solutions.count }
        return solutions.map { Double($0.tokens.count) }
      }
      #expect(bought.count == budget / 10)
      #expect((pool.scores[.outcome]?.count ?? 0) >= bought.count)
    }
    #expect(judged.withLock { $0 } == 8)
    #expect(pool.scores == [.outcome: Array(repeating: 10, count: 8)])
  }
}
