import Testing
import TreeSearchTesting

@testable import TreeSearch

/// TS-LLM's BFS-V: all nodes of a depth get their children, the best of all of them are the next beam.
struct BeamTraversalTests {
  private let script = Script(
    draws: [
      "": ["a\n", "b\n"], "a\n": ["a1\n", "a2\n"], "b\n": ["b1\n", "b2\n"], "a2\n": ["#### 1\n", "a2y\n"],
      "b1\n": ["b1x\n", "b1y\n"],
    ],
    scores: [
      "value": [
        "": 0.5, "a\n": 0.6, "b\n": 0.8, "a1\n": 0.1, "a2\n": 0.9, "b1\n": 0.5, "b2\n": 0.3, "#### 1\n": 0.7,
        "a2y\n": 0.2, "b1x\n": 0.65, "b1y\n": 0.6, "end\n": 0.4,
      ]
    ])

  private func driver(_ changes: [String: String] = [:]) throws -> Driver {
    let all = [
      "search.traversal": "beam", "search.beam.width": "2", "width.fixed": "2", "rollout.count": "0",
      "merge.rule": "off",
    ].merging(changes) { $1 }
    return Driver(try header(all), answer: script.answer)
  }

  private func expanded(_ driver: Driver) -> [String] {
    driver.journal.compactMap { if case .selected(let node, _, _, _, _) = $0 { driver.tree.text(node) } else { nil } }
  }

  @Test func levelByLevelTheBestFirst() throws {
    var driver = try driver()
    driver.run(to: 12)
    // Beams: {root}, {b .8, a .6}, {a2 .9, b1 .5} of four, {#### 1 .7, b1x .65} of four.
    #expect(expanded(driver).prefix(6) == ["", "b\n", "a\n", "a2\n", "b1\n", "b1x\n"])
  }

  @Test func aNarrowerBeamLeavesMoreOut() throws {
    var driver = try driver(["search.beam.width": "1"])
    driver.run(to: 6)
    // {root}, {b}, {b1}: a is never looked at.
    #expect(expanded(driver).prefix(3) == ["", "b\n", "b1\n"])
  }

  @Test func aTerminalKeepsItsPlaceAndTheSearchEndsWithABeamOfTerminals() throws {
    script.draws["b1x\n"] = ["#### 2\n", "bad\n"]
    script.scores["value"]?["#### 2\n"] = 0.6
    script.scores["value"]?["bad\n"] = 0.1
    var driver = try driver()
    driver.run(to: 100)
    // {#### 1 .7, b1x .65} → {#### 1 .7, #### 2 .6}: nothing is left to expand.
    #expect(expanded(driver) == ["", "b\n", "a\n", "a2\n", "b1\n", "b1x\n"])
    #expect(driver.tree.stopReason == .exhausted)
    #expect(driver.tree.terminals == 2)
    #expect(driver.tree.simulations == 12)  // every child is backed up
  }
}
