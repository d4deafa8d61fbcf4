import Testing
import TreeSearchTesting

@testable import TreeSearch

/// TS-LLM's DFS-V: into the best child first, never into one below the threshold.
struct DepthFirstTraversalTests {
  private let script = Script(
    draws: [
      "": ["a\n", "b\n"], "b\n": ["b1\n", "b2\n"], "b2\n": ["#### 1\n", "b2y\n"], "b2y\n": ["#### 2\n", "#### 3\n"],
      "a\n": ["#### 4\n", "#### 5\n"],
    ],
    scores: [
      "value": [
        "": 0.5, "a\n": 0.6, "b\n": 0.8, "b1\n": 0.1, "b2\n": 0.9, "#### 1\n": 0.7, "b2y\n": 0.3, "#### 2\n": 0.4,
        "#### 3\n": 0.2, "#### 4\n": 0.5, "#### 5\n": 0.5,
      ]
    ])

  private func expanded(_ changes: [String: String] = [:]) throws -> ([String], SearchTree) {
    let all = [
      "search.traversal": "depthFirst", "width.fixed": "2", "rollout.count": "0", "merge.rule": "off",
    ].merging(changes) { $1 }
    var driver = Driver(try header(all), answer: script.answer)
    driver.run(to: 100)
    let texts = driver.journal.compactMap {
      if case .selected(let node, _, _, _, _) = $0 { driver.tree.text(node) } else { nil }
    }
    return (texts, driver.tree)
  }

  @Test func theBestChildFirstThenBackToTheNearestAncestor() throws {
    // b (.8) before a; below it b2 (.9); there #### 1 is terminal, so b2y (.3) is next; b1 (.1) is below .2; then a.
    let (order, tree) = try expanded()
    #expect(order == ["", "b\n", "b2\n", "b2y\n", "a\n"])
    #expect(tree.stopReason == .exhausted)
    #expect(tree.terminals == 5)
    #expect(tree.simulations == 10)
  }

  @Test(arguments: [
    ("0.5", ["", "b\n", "b2\n", "a\n"]), ("0.85", [""]), ("0", ["", "b\n", "b2\n", "b2y\n", "b1\n", "a\n"]),
  ])
  func theThresholdDecidesWhatIsEntered(_ threshold: String, _ order: [String]) throws {
    script.draws["b1\n"] = ["#### 6\n", "#### 7\n"]
    #expect(try expanded(["search.depthFirst.threshold": threshold]).0 == order)
  }
}
