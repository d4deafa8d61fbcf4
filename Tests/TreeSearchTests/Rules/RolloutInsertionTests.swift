import Testing
import TreeSearchTesting

@testable import TreeSearch

/// `rollout.insert`: the lines of a rollout become nodes at once, and what its end is worth is backed up.
struct RolloutInsertionTests {
  private func driver(_ rollouts: [String], _ changes: [String: String] = [:]) throws -> Driver {
    let script = Script(
      draws: ["": ["a\n", "x\n"]],
      scores: [
        "value": ["": 0.5, "a\n": 0.6, "b\n": 0.1, "c\n": 0.2, "#### 5\n": 0.9, "#### 6\n": 0.3]
      ])
    script.rollouts["a\n"] = rollouts.map { ($0, nil) }
    let all = [
      "rollout.insert": "true", "rollout.count": String(rollouts.count), "width.root.minimum": "1",
      "width.root.maximum": "1",
    ].merging(changes) { $1 }
    return Driver(try header(all), answer: script.answer)
  }

  @Test func everyLineIsANodeAndOnlyTheEndIsBackedUp() throws {
    var driver = try driver(["b\nc\n#### 5\n"])
    driver.run(to: 1)
    #expect(driver.tree.nodes.indices.map { driver.tree.text(NodeID($0)) } == ["", "a\n", "b\n", "c\n", "#### 5\n"])
    #expect(driver.tree.nodes.map(\.parent.offset) == [-1, 0, 1, 2, 3])
    #expect(driver.tree.nodes.map(\.reward) == [0.5, 0.6, 0.1, 0.2, 0.9])  // each is scored
    #expect(driver.tree.nodes.map(\.visits) == [1, 1, 1, 1, 1])
    #expect(driver.tree.nodes.map(\.valueSum) == [0.9, 0.9, 0.9, 0.9, 0.9])
    #expect(driver.tree.details[4].answer == "5")
    #expect(driver.tree.terminals == 1)
    let backedUp = driver.journal.filter { if case .backedUp = $0 { true } else { false } }
    #expect(backedUp == [.backedUp(node: NodeID(4), reward: 0.9)])
  }

  @Test func aLineHasNoRolloutsOfItsOwn() throws {
    var driver = try driver(["b\nc\n#### 5\n"])
    driver.run(to: 1)
    let rolledOut = driver.requests.filter { if case .rollOut = $0.kind { true } else { false } }
    #expect(rolledOut.map(\.node) == [NodeID(1)])
    #expect(rolledOut.map(\.kind) == [.rollOut(count: 1, temperature: 1, lines: true)])
  }

  @Test func aSharedLineIsFollowed() throws {
    var driver = try driver(["b\n#### 5\n", "b\n#### 6\n"])
    driver.run(to: 1)
    #expect(
      driver.tree.nodes.indices.map { driver.tree.text(NodeID($0)) }.sorted()
        == ["", "#### 5\n", "#### 6\n", "a\n", "b\n"])
    let followed = driver.journal.filter { if case .followed = $0 { true } else { false } }
    #expect(followed == [.followed(node: NodeID(2), source: NodeID(1), rollout: 1, line: 0)])
    // Two ends are backed up: N(root) = N(a) = N(b) = 2, W = .9 + .3.
    #expect(driver.tree.nodes.prefix(3).map(\.visits) == [2, 2, 2])
    #expect(abs(driver.tree[.root].valueSum - 1.2) < 1e-12)
    #expect(Invariants.check(driver.tree).isEmpty)
  }

  @Test func theSameRolloutTwiceBacksItsEndUpTwice() throws {
    var driver = try driver(["#### 5\n", "#### 5\n"])
    driver.run(to: 1)
    #expect(driver.tree.nodeCount == 3)
    #expect(driver.tree[NodeID(2)].visits == 2)
    #expect(driver.tree[.root].valueSum == 1.8)
    #expect(Invariants.check(driver.tree).isEmpty)
  }

  @Test func aRolloutThatEndsOnTheWayOfAnotherIsBackedUpThere() throws {
    // The second one was cut off after b (.1), a line on the way of the first: W(root) = .9 + .1.
    var driver = try driver(["b\n#### 5\n", "b\n"])
    driver.run(to: 1)
    #expect(driver.tree.nodes.map(\.visits) == [2, 2, 2, 1])
    #expect(driver.tree.ownBackups(of: NodeID(2)) == 1)
    #expect(driver.tree[.root].valueSum == 1)
    #expect(Invariants.check(driver.tree).isEmpty)
  }

  @Test func whatFollowsAnAnswerIsCutOff() throws {
    var driver = try driver(["#### 5\nb\n"])
    driver.run(to: 1)
    #expect(driver.tree.nodeCount == 3)
    #expect(driver.tree[NodeID(2)].terminal == .answer)
  }
}
