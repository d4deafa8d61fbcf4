import Testing
import TreeSearchTesting

@testable import TreeSearch

struct InterventionTests {
  private func driver() throws -> Driver {
    let script = Script(
      draws: ["": ["a\n", "#### 4\n", "b\n"]], scores: ["value": ["": 0.5, "a\n": 0.8, "#### 4\n": 0.4, "b\n": 0.6]])
    let changes = ["width.root.minimum": "2", "width.root.maximum": "2", "rollout.count": "0"]
    var driver = Driver(try header(changes), answer: script.answer)
    driver.run(to: 2)
    return driver
  }

  @Test(arguments: [
    (Intervention.prune(node: .root), "the root cannot be pruned"),
    (.prune(node: NodeID(9)), "there is no node 9"), (.prune(node: .none), "there is no node -1"),
    (.restore(node: NodeID(1)), "node 1 is not pruned"),
    (.expand(node: NodeID(2), count: 1), "node 2 is terminal: nothing can follow it"),
    (.expand(node: NodeID(1), count: 0), "expected 1 to 64 children, found 0"),
    (.expand(node: NodeID(1), count: 65), "expected 1 to 64 children, found 65"),
    (.insert(node: NodeID(2), option: SearchOption("x")), "node 2 is terminal: nothing can follow it"),
    (.insert(node: NodeID(1), option: SearchOption("")), "an option needs some text"),
    (.override(node: NodeID(1), critic: "taste", score: 1), "there is no critic 'taste'"),
    (.override(node: NodeID(1), critic: "value", score: 1.5), "expected a score from 0 to 1"),
    (.override(node: NodeID(1), critic: "value", score: .nan), "expected a score from 0 to 1"),
    (.rollOut(node: NodeID(2), count: 1), "node 2 is terminal: nothing can follow it"),
    (.rollOut(node: NodeID(1), count: 0), "expected 1 to 64 rollouts, found 0"),
  ])
  func whatMakesNoSenseIsRefused(_ act: Intervention, _ message: String) throws {
    var driver = try driver()
    let before = driver.tree
    #expect(throws: InterventionError(description: message)) { try driver.search.intervene(act) }
    #expect(driver.tree.differences(from: before).isEmpty)
    #expect(driver.search.takeEvents().isEmpty)
  }

  @Test func whatFollowsAPruneIsRefusedToo() throws {
    var driver = try driver()
    try driver.act(.prune(node: NodeID(1)))
    #expect(throws: InterventionError(description: "node 1 is pruned already")) {
      try driver.search.intervene(.prune(node: NodeID(1)))
    }
    #expect(throws: InterventionError(description: "node 1 lies in a pruned branch")) {
      try driver.search.intervene(.expand(node: NodeID(1), count: 1))
    }
    #expect(throws: InterventionError(description: "node 1 lies in a pruned branch")) {
      try driver.search.intervene(.insert(node: NodeID(1), option: SearchOption("x")))
    }
  }

  @Test func noSimulationEntersAPrunedNode() throws {
    var driver = try driver()
    try driver.act(.prune(node: NodeID(1)))
    let visits = driver.tree[NodeID(1)].visits
    driver.run(to: 12)
    #expect(driver.tree[NodeID(1)].visits == visits)
    #expect(driver.tree.firstChild(of: NodeID(1)) == .none)
    #expect(driver.tree.simulations == 12)
    #expect(Invariants.check(driver.tree).isEmpty)
  }

  @Test func anAnswerForAPrunedBranchIsRecordedAndIgnored() throws {
    var driver = try driver()
    try driver.search.intervene(.expand(node: NodeID(1), count: 1))
    driver.ask(upTo: 0)
    let request = try #require(driver.queue.first)
    try driver.search.intervene(.prune(node: NodeID(1)))
    _ = driver.search.takeEvents()
    driver.search.tell(request.id, driver.answer(request, driver.tree))
    #expect(driver.search.takeEvents() == [.ignored(request: request.id, reason: .branchGone)])
    #expect(!driver.tree.isBusy)
    #expect(driver.tree.nodeCount == 3)
  }

  @Test func whatWasDueInAPrunedBranchIsNeverAsked() throws {
    var driver = try driver()
    try driver.search.intervene(.expand(node: NodeID(1), count: 2))
    try driver.search.intervene(.prune(node: NodeID(1)))
    #expect(driver.search.ask(upTo: 0).isEmpty)
    #expect(!driver.tree.isBusy)
  }

  @Test func everythingPrunedIsExhaustedOrWidened() throws {
    var driver = try driver()
    try driver.act(.prune(node: NodeID(1)))
    try driver.act(.prune(node: NodeID(2)))
    driver.run(to: 3)  // the root may have two open children and has none: a third is drawn
    #expect(driver.tree.kids(.root) == [1, 2, 3])
    #expect(driver.tree.text(NodeID(3)) == "b\n")
    try driver.act(.prune(node: NodeID(3)))
    driver.run(to: 4)  // every further draw is a copy
    #expect(driver.tree.stopReason == .exhausted)
    #expect(driver.tree.simulations == 3)
    #expect(driver.journal.filter { $0 == .stopped(reason: .exhausted) }.count == 1)
  }

  @Test func anotherActForgetsWhatCouldBeRedone() throws {
    var driver = try driver()
    try driver.act(.prune(node: NodeID(1)))
    try driver.undo()
    try driver.act(.prune(node: NodeID(2)))
    #expect(driver.tree.redoable.isEmpty)
    #expect(driver.tree.undoable == [1])
  }

  @Test func childrenPutInBeforeTheRootIsScoredCountForItsImportance() throws {
    let script = Script(scores: ["value": ["": 0.5, "mine\n": 0.9]])
    var driver = Driver(try header(["rollout.count": "0"]), answer: script.answer)
    driver.ask(upTo: 0)
    let rootScoring = driver.queue.removeFirst()
    try driver.act(.insert(node: .root, option: SearchOption("mine\n")))
    #expect(driver.tree[.root].importance == 0)
    driver.search.tell(rootScoring.id, driver.answer(rootScoring, driver.tree))
    driver.run(to: 0)
    #expect(abs(driver.tree[.root].importance - 0.4) < 1e-12)
  }
}
