import Testing
import TreeSearchTesting

@testable import TreeSearch

/// Un-merge: a person takes a member out of its group.
struct SeparateTests {
  /// Root with a group "aaaa" (.8) of which "aaab" (.5 by itself) is a member.
  private func driver() throws -> Driver {
    let script = Script(
      draws: ["": ["aaaa\n", "aaab\n"]], scores: ["value": ["": 0.5, "aaaa\n": 0.8, "aaab\n": 0.5]])
    let changes = ["merge.rule": "merge", "merge.distance": "2", "rollout.count": "0"]
    var driver = Driver(try header(changes), answer: script.answer)
    driver.run(to: 2)
    return driver
  }

  @Test func theMemberTakesItsBackupAlongAndIsScored() throws {
    var driver = try driver()
    #expect(driver.tree[.root].valueSum == 1.6)
    try driver.act(.separate(node: NodeID(1), member: 0))
    // The group gives back .8 and one visit; the new node brings its own .5.
    #expect(driver.tree[NodeID(1)].visits == 1)
    #expect(driver.tree[NodeID(1)].valueSum == 0.8)
    #expect(!driver.tree[NodeID(1)].marks.contains(.group))
    #expect(driver.tree.text(NodeID(2)) == "aaab\n")
    #expect(driver.tree[NodeID(2)].parent == .root)
    #expect(driver.tree.details[2].cause == 0)
    #expect(driver.tree[.root].visits == 2)
    #expect(abs(driver.tree[.root].valueSum - 1.3) < 1e-12)
    #expect(driver.tree.details[1].members[0].separatedBy == 0)
    #expect(Invariants.check(driver.tree).isEmpty)
  }

  @Test func undoPutsItBackAndRedoTakesItOutAgain() throws {
    var driver = try driver()
    let merged = driver.tree.picture
    try driver.act(.separate(node: NodeID(1), member: 0))
    let separated = driver.tree.picture
    try driver.undo()
    #expect(driver.tree.picture == merged)
    #expect(driver.tree.details[1].members[0].separatedBy == nil)
    #expect(Invariants.check(driver.tree).isEmpty)
    try driver.redo()
    driver.run(to: 0)
    #expect(driver.tree.picture == separated)
    #expect(Invariants.check(driver.tree).isEmpty)
  }

  @Test func onlyAMemberThatIsOneCanLeave() throws {
    var driver = try driver()
    #expect(throws: InterventionError(description: "node 1 has no member 1")) {
      try driver.search.intervene(.separate(node: NodeID(1), member: 1))
    }
    try driver.act(.separate(node: NodeID(1), member: 0))
    #expect(throws: InterventionError(description: "member 0 is a node of its own already")) {
      try driver.search.intervene(.separate(node: NodeID(1), member: 0))
    }
  }
}
