import Testing
import TreeSearchTesting
import Vocabulary

@testable import TreeSearch

struct UndoTests {
  private func driver(seed: UInt64, to simulations: Int = 12) throws -> Driver {
    var random = SplitMix(seed: seed)
    let run = try RandomPolicy.run(&random)
    var driver = Driver(run.header, answer: run.policy.answer)
    driver.run(to: simulations)
    return driver
  }

  private var critics: [CriticWeight] {
    [
      CriticWeight(name: "value", weight: 1, scope: .everyNode), CriticWeight(name: "orm", weight: 1, scope: .outcome),
    ]
  }

  /// Two children of the root: a (v .8) with one child c (v .2), and b (v .4).
  private func small() throws -> Driver {
    let script = Script(
      draws: ["": ["a\n", "b\n", "n1\n", "n2\n", "n3\n", "n4\n", "n5\n"], "a\n": ["c\n", "d\n"]],
      scores: [
        "value": [
          "": 0.5, "a\n": 0.8, "b\n": 0.4, "c\n": 0.2, "d\n": 0.6, "mine\n": 0.9, "n1\n": 0.1, "n2\n": 0.3, "n3\n": 0.5,
        ], "orm": [:],
      ])
    script.rollouts["c\n"] = [("#### 1", 0.6)]
    let changes = ["width.root.minimum": "2", "width.root.maximum": "2", "rollout.count": "0"]
    var driver = Driver(try header(changes, critics: critics), answer: script.answer)
    driver.run(to: 3)
    return driver
  }

  /// Undoes and redoes, comparing what is shown with what it was; returns the driver for more.
  private func backAndForth(_ act: Intervention) throws -> (before: [SeenNode], after: [SeenNode]) {
    var driver = try small()
    let before = driver.tree.picture
    try driver.act(act)
    let after = driver.tree.picture
    #expect(after != before)
    for _ in 0..<2 {
      try driver.undo()
      driver.run(to: 0)
      #expect(driver.tree.picture == before)
      try driver.redo()
      driver.run(to: 0)
      #expect(driver.tree.picture == after)
    }
    #expect(Invariants.check(driver.tree).isEmpty)
    return (before, after)
  }

  @Test func prune() throws {
    let (before, after) = try backAndForth(.prune(node: NodeID(1)))
    #expect(before[0].openChildren == 2)
    #expect(after[0].openChildren == 1)
    #expect(abs(after[0].importance - 0.1) < 1e-12)  // only |.4 − .5| is left
    #expect(after[0].visits == before[0].visits)  // statistics stay in the ancestors
  }

  @Test func insert() throws {
    let (before, after) = try backAndForth(.insert(node: NodeID(1), option: SearchOption("mine\n", .person)))
    #expect(after.last?.marks == [.inserted, .evaluated])
    #expect(after[0].visits == before[0].visits + 1)
    #expect(abs(after[0].valueSum - before[0].valueSum - 0.9) < 1e-12)
  }

  @Test func expand() throws {
    let (before, after) = try backAndForth(.expand(node: .root, count: 3))
    #expect(after.count == before.count + 3)
    #expect(abs(after[0].valueSum - before[0].valueSum - 0.9) < 1e-12)  // .1 + .3 + .5
  }

  @Test func override() throws {
    let (before, after) = try backAndForth(.override(node: NodeID(3), critic: "value", score: 1))
    // c was .2 and counts once: every ancestor gains .8; I(a) becomes |1 − .8|.
    #expect(abs(after[0].valueSum - before[0].valueSum - 0.8) < 1e-12)
    #expect(abs(after[1].importance - 0.2) < 1e-12)
    #expect(after[3].overrides == ["value": 1])
  }

  @Test func rollOut() throws {
    let (before, after) = try backAndForth(.rollOut(node: NodeID(3), count: 1))
    // c's reward was its value alone, .2, and becomes (.2 + .6) / 2.
    #expect(abs((after[3].reward ?? -1) - 0.4) < 1e-12)
    #expect(abs(after[0].valueSum - before[0].valueSum - 0.2) < 1e-12)
    #expect(after[3].rollouts == ["#### 1"])
  }

  @Test func restore() throws {
    var driver = try small()
    try driver.act(.prune(node: NodeID(2)))
    let pruned = driver.tree.picture
    try driver.act(.restore(node: NodeID(2)))
    try driver.undo()
    #expect(driver.tree.picture == pruned)
    try driver.redo()
    #expect(driver.tree[NodeID(2)].isOpen)
  }

  @Test func anOverrideGivesBackTheOneBeforeIt() throws {
    var driver = try small()
    try driver.act(.override(node: NodeID(2), critic: "value", score: 0.7))
    try driver.act(.override(node: NodeID(2), critic: "value", score: nil))
    #expect(driver.tree.details[2].reward == 0.4)
    try driver.undo()
    #expect(driver.tree.details[2].reward == 0.7)
    try driver.undo()
    #expect(driver.tree.details[2].reward == 0.4)
    #expect(driver.tree.undoable.isEmpty)
    #expect(!driver.tree[NodeID(2)].marks.contains(.overridden))
  }

  @Test func aRewardThatRestedOnNoCriticComesBack() throws {
    let script = Script(draws: ["": ["a\n"]])
    script.rollouts["a\n"] = [("#### 1", 0.9)]
    var driver = Driver(try header(["rollout.count": "0"], critics: critics), answer: script.answer)
    driver.run(to: 1)
    #expect(driver.tree.details[1].reward == 0.5)
    try driver.act(.rollOut(node: NodeID(1), count: 1))
    #expect(driver.tree.details[1].reward == 0.9)
    #expect(abs(driver.tree[.root].importance - 0.4) < 1e-12)  // without a value critic v is the reward: |.9 − .5|
    try driver.undo()
    #expect(driver.tree.details[1].reward == 0.5)
    #expect(abs(driver.tree[.root].valueSum - 0.5) < 1e-12)
    #expect(driver.tree[.root].importance == 0)
  }

  @Test func undoWhileAnswersAreOnTheirWay() throws {
    var driver = try small()
    let before = driver.tree.picture
    try driver.search.intervene(.expand(node: .root, count: 3))
    driver.ask(upTo: 0)
    #expect(driver.queue.count == 3)
    let late = driver.queue
    driver.tellNext()
    driver.ask(upTo: 0)  // the first draw has joined and waits for its scores
    #expect(driver.tree.pending.count == 3)
    try driver.undo()
    #expect(driver.tree.pending.isEmpty)
    #expect(!driver.tree.isBusy)
    #expect(driver.tree.picture == before)
    driver.journal += driver.search.takeEvents()
    for request in late.dropFirst() {
      driver.search.tell(request.id, driver.answer(request, driver.tree))
      #expect(driver.search.takeEvents() == [.ignored(request: request.id, reason: .notPending)])
    }
    #expect(driver.tree.picture == before)
    // Redo brings the one that had joined back, has it scored, and draws the other two.
    driver.queue = []
    try driver.redo()
    driver.run(to: 0)
    #expect(driver.tree.kids(.root).count == 5)
    #expect(Invariants.check(driver.tree).isEmpty)
  }

  @Test func aRolloutUndoneOnItsWayIsAskedForAgain() throws {
    var driver = try small()
    try driver.search.intervene(.rollOut(node: NodeID(3), count: 1))
    driver.ask(upTo: 0)
    #expect(driver.queue.map(\.cause) == [0])
    let late = driver.queue.removeFirst()
    try driver.undo()
    driver.search.tell(late.id, driver.answer(late, driver.tree))
    #expect(driver.tree.rollouts(of: NodeID(3)).isEmpty)
    try driver.redo()
    driver.run(to: 0)
    #expect(driver.tree.rollouts(of: NodeID(3)).map(\.text) == ["#### 1"])
  }

  @Test func anExpansionThatFrozeItsNodeThawsIt() throws {
    let script = Script(draws: ["": ["a\n"]], scores: ["value": ["": 0.5, "a\n": 0.5]])
    var driver = Driver(try header(["rollout.count": "0"]), answer: script.answer)
    driver.run(to: 1)
    try driver.act(.expand(node: .root, count: 1))
    #expect(driver.tree[.root].marks.contains(.widthFrozen))
    try driver.undo()
    #expect(!driver.tree[.root].marks.contains(.widthFrozen))
  }

  @Test func aNodeThatFailsTakesItsSubtreeAlong() throws {
    var driver = try small()
    try driver.search.intervene(.insert(node: .root, option: SearchOption("mine\n", .person)))
    driver.ask(upTo: 0)
    let before = driver.tree.picture.filter { $0.id != NodeID(4) }
    let scoring = driver.queue.removeFirst()
    try driver.act(.insert(node: NodeID(4), option: SearchOption("c\n", .person)))
    #expect(driver.tree[NodeID(4)].visits == 1)
    driver.search.fail(scoring.id, "no memory")
    #expect(driver.tree.picture.map(\.visits) == before.map(\.visits))
    #expect(driver.tree.hiddenNodes == 2)
    #expect(driver.tree.lastFailure == "no memory")
    try driver.undo()  // the child of the node that is gone
    try driver.undo()
    #expect(Invariants.check(driver.tree).isEmpty)
    #expect(throws: InterventionError.self) { try driver.search.intervene(.prune(node: NodeID(5))) }
  }

  @Test func anyActInAnyTreeCanBeTakenBack() throws {
    for seed in 0..<400 as Range<UInt64> {
      var session = try RandomSession(seed: seed)
      session.driver = try driver(seed: seed)
      for _ in 0..<3 {
        let before = session.tree.picture
        let act = session.anyIntervention()
        guard (try? session.driver.act(act)) != nil else { continue }
        let after = session.tree.picture
        try session.driver.undo()
        session.driver.run(to: 0)
        try #require(session.tree.picture == before, "seed \(seed): \(act)")
        try session.driver.redo()
        session.driver.run(to: 0)
        let number = session.tree.interventions.count - 1
        let made = session.tree.details.count { $0.cause == number }
        if case .expand(_, let count) = act, after.count < before.count + count || made > 0 { continue }  // draws anew
        if case .revise = act, after.count == before.count || made > 0 { continue }
        try #require(session.tree.picture == after, "seed \(seed): \(act) again")
      }
      let broken = Invariants.check(session.tree)
      try #require(broken.isEmpty, "seed \(seed): \(broken)")
    }
  }
}
