import Testing
import TreeSearchTesting

@testable import TreeSearch

/// TS-LLM's MCTS-Rollout: a simulation goes on from the children it made until it reaches a terminal.
struct RunToTerminalTests {
  private let script = Script(
    draws: ["": ["a\n", "b\n"], "a\n": ["c\n", "d\n"], "c\n": ["#### 1\n", "#### 2\n"], "b\n": ["#### 3\n"]],
    scores: [
      "value": [
        "": 0.5, "a\n": 0.8, "b\n": 0.4, "c\n": 0.6, "d\n": 0.1, "#### 1\n": 0.9, "#### 2\n": 0.3, "#### 3\n": 0.2,
      ]
    ])

  private func driver(_ changes: [String: String]) throws -> Driver {
    let all = ["search.toTerminal": "true", "rollout.count": "0"].merging(changes) { $1 }
    return Driver(try header(all), answer: script.answer)
  }

  @Test func oneChildAtATimeDownToAnAnswer() throws {
    var driver = try driver(["width.root.minimum": "2", "width.root.maximum": "2"])
    driver.run(to: 1)
    // root → a → c → #### 1, and only the answer's .9 is backed up.
    #expect(driver.tree.nodes.indices.map { driver.tree.text(NodeID($0)) } == ["", "a\n", "c\n", "#### 1\n"])
    #expect(driver.tree.nodes.map(\.visits) == [1, 1, 1, 1])
    #expect(driver.tree.nodes.map(\.valueSum) == [0.9, 0.9, 0.9, 0.9])
    let selections = driver.journal.filter { if case .selected = $0 { true } else { false } }
    #expect(
      selections == [
        .selected(node: .root, widen: true, silent: true),
        .selected(node: NodeID(1), widen: true, silent: true, from: .root),
        .selected(node: NodeID(2), widen: true, silent: true, from: NodeID(1)),
        .selected(node: NodeID(3), widen: false, from: NodeID(2)),
      ])
    // The next simulation widens the root by b and goes on by selection: a (.9; ln 1 = 0) beats b (.4, its own reward). It
    // widens a by d (.1) and c by #### 2 (.3) in the same way, and ends at #### 1 again.
    driver.run(to: 2)
    #expect(driver.tree.nodes.indices.suffix(3).map { driver.tree.text(NodeID($0)) } == ["b\n", "d\n", "#### 2\n"])
    #expect(driver.tree.nodes.map(\.visits) == [2, 2, 2, 2, 0, 0, 0])
    #expect(driver.tree[.root].valueSum == 1.8)
  }

  @Test func allChildrenAtOnceDownToAnAnswer() throws {
    var driver = try driver(["width.rule": "allAtOnce", "width.fixed": "2"])
    driver.run(to: 1)
    // Both children on each level; the better one is entered: a, c, #### 1.
    #expect(driver.tree.nodeCount == 7)
    #expect(driver.tree.nodes.map(\.visits) == [1, 1, 0, 1, 0, 1, 0])
    #expect(driver.tree[.root].valueSum == 0.9)
    #expect(Invariants.check(driver.tree).isEmpty)
  }
}
