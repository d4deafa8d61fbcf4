import Testing
import TreeSearchTesting

@testable import TreeSearch

/// What stands in for Q before a child's first backup.
struct FirstPlayTests {
  /// v(root) = .5; both children made at once, a (.8) was backed up and b (.4) was not.
  private func driver(_ changes: [String: String]) throws -> Driver {
    let script = Script(draws: ["": ["a\n", "b\n"]], scores: ["value": ["": 0.5, "a\n": 0.8, "b\n": 0.4]])
    let all = ["width.rule": "allAtOnce", "width.fixed": "2", "rollout.count": "0"].merging(changes) { $1 }
    var driver = Driver(try header(all), answer: script.answer)
    driver.run(to: 1)
    return driver
  }

  @Test func theChildsOwnReward() throws {
    // TS-LLM: an unvisited child's Q is its critic's value. N = 1: UCT's bonus is √(ln 1 / 1) = 0.
    let driver = try driver([:])
    #expect(driver.tree.nodes.map(\.visits) == [1, 1, 0])
    #expect(
      driver.search.terms(of: NodeID(2)) == SelectionTerms(exploitation: 0.4, exploration: 0))
  }

  @Test func underPUCTWithItsWholeBonus() throws {
    // n = 0, N = 1, P = 1/2: ½·(√1/1)·[ln(19654/19652) + 1.25] = 0.6250508828…
    let terms = try driver(["selection.rule": "puct"]).search.terms(of: NodeID(2))
    #expect(terms?.exploitation == 0.4)
    #expect(abs((terms?.exploration ?? 0) - 0.6250508828169167) < 1e-12)
  }

  @Test func theParentsMeanLessAReduction() throws {
    // Leela Chess Zero's first-play urgency: Q(root) = .8, less .2.
    let driver = try driver(["selection.firstPlay": "parent"])
    #expect(driver.tree[NodeID(1)].visits == 1)
    #expect(abs((driver.search.terms(of: NodeID(2))?.exploitation ?? 0) - 0.6) < 1e-12)
  }

  @Test func neverBelowZero() throws {
    let changes = ["selection.firstPlay": "parent", "selection.firstPlay.reduction": "0.9"]
    #expect(try driver(changes).search.terms(of: NodeID(2))?.exploitation == 0)
  }

  @Test func aParentWithoutABackupLendsItsValue() throws {
    // Both children count as v(root) − .2 = .3 at first, so that the first is entered though the second has the greater value.
    let script = Script(draws: ["": ["a\n", "b\n"]], scores: ["value": ["": 0.5, "a\n": 0.1, "b\n": 0.9]])
    let changes = [
      "selection.firstPlay": "parent", "width.rule": "allAtOnce", "width.fixed": "2", "rollout.count": "0",
    ]
    var driver = Driver(try header(changes), answer: script.answer)
    driver.run(to: 1)
    #expect(driver.tree.nodes.map(\.visits) == [1, 1, 0])
  }
}
