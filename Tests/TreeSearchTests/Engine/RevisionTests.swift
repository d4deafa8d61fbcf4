import Testing
import TreeSearchTesting
import Vocabulary

@testable import TreeSearch

/// Something else in the place of a step or an answer, given what speaks against it.
struct RevisionTests {
  private let critics: [CriticWeight] = [.value, .orm, .calculator]

  /// First steps of which the calculator refutes the first two; whatever follows is an answer.
  private func driver(_ changes: [String: String] = [:], wrong: Set<String> = ["bad 1\n", "bad 2\n"]) throws -> Driver {
    let fixed = [
      "rollout.count": "0", "width.root.minimum": "1", "width.root.maximum": "1", "width.minimum": "1",
      "width.maximum": "1", "merge.distance": "1",
    ]
    let script = Script(draws: [
      "": ["bad 1\n", "bad 2\n", "good\n"], "bad 1\n": ["#### 1\n"], "bad 2\n": ["#### 2\n"], "good\n": ["#### 3\n"],
    ])
    return Driver(try header(fixed.merging(changes) { $1 }, critics: critics)) { request, tree in
      guard case .score(let asked) = request.kind else { return script.answer(request, tree) }
      let text = tree.text(request.node)
      return Answer(
        .scores(
          asked.map { critic in
            guard critic == "calculator" else {
              return CriticScore(critic: critic, score: text.hasPrefix("####") ? 0.2 : 0.5)
            }
            return CriticScore(
              critic: critic, score: wrong.contains(text) ? 0 : nil, note: "\(text.dropLast()) is wrong")
          }))
    }
  }

  @Test func aPersonHasAStepRevised() throws {
    var driver = try driver()
    driver.run(to: 1)
    try driver.act(.revise(node: NodeID(1), Revision(objection: "so it is not")))
    #expect(driver.tree.kids(.root) == [1, 2] && driver.tree.text(NodeID(2)) == "bad 2\n")
    let revised = try #require(driver.tree.revised(by: NodeID(2)))
    #expect(revised.node == NodeID(1) && revised.revision.objection == "so it is not")
    #expect(driver.tree.revised(by: NodeID(1)) == nil && driver.tree.simulations == 2)
    #expect(try SearchTree(header: driver.tree.header, events: driver.journal) == driver.tree)
    // It is taken back and done again like anything else.
    try driver.undo()
    #expect(driver.tree.kids(.root) == [1] && driver.tree.simulations == 1)
    try driver.redo()
    #expect(driver.tree.kids(.root) == [1, 2] && driver.tree.simulations == 2)
    #expect(Invariants.check(driver.tree).isEmpty)
  }

  @Test func aWholeAnswerIsWrittenFromTheRootToItsEnd() throws {
    var driver = try driver()
    driver.run(to: 2)
    let answer = try #require(driver.tree.nodes.indices.first { driver.tree.nodes[$0].terminal == .answer })
    try driver.act(.revise(node: NodeID(answer), Revision(objection: "no", isWhole: true)))
    guard case .propose(_, _, let toEnd, _)? = driver.requests.last(where: { $0.cause != nil })?.kind else {
      Issue.record("nothing was proposed")
      return
    }
    #expect(toEnd && driver.requests.last { $0.cause != nil }?.node == .root)
  }

  @Test func whatCannotBeRevised() throws {
    var driver = try driver()
    driver.run(to: 1)
    for (node, objection) in [(NodeID.root, "no"), (NodeID(1), ""), (NodeID(9), "no")] {
      #expect(throws: InterventionError.self) {
        try driver.search.intervene(.revise(node: node, Revision(objection: objection)))
      }
    }
    let long = String(repeating: "x", count: Revision.longest + 1)
    #expect(throws: InterventionError.self) {
      try driver.search.intervene(.revise(node: NodeID(1), Revision(objection: long)))
    }
  }

  /// The rule revises what the calculator refutes, in the calculator's words, and a revision that is refuted again.
  @Test func theRuleRevisesWhatToolsRefute() throws {
    var driver = try driver(["revise.count": "3"])
    driver.run(to: 1)
    let tree = driver.tree
    #expect(tree.kids(.root) == [1, 2, 3] && tree.text(NodeID(3)) == "good\n")
    #expect(tree.revised(by: NodeID(2))?.revision.objection == "calculator: bad 1 is wrong")
    #expect(tree.revised(by: NodeID(3))?.node == NodeID(2))
    #expect(tree.undoable.isEmpty, "what a rule did is nobody's to take back")
    let isUndone = driver.search.undo()
    #expect(!isUndone)
    // Once in a row only, where the rule says so; never, where it does not.
    var once = try self.driver(["revise.count": "1"])
    once.run(to: 1)
    #expect(once.tree.kids(.root) == [1, 2])
    var never = try self.driver()
    never.run(to: 1)
    #expect(never.tree.kids(.root) == [1])
  }

  /// An answer whose ORM score is below the threshold is written anew as a whole; within the limits, and not for ever.
  @Test func theRuleRevisesDoubtedAnswers() throws {
    var driver = try driver(["revise.count": "2", "revise.below": "0.5", "limit.simulations": "20"], wrong: [])
    driver.run(to: 20)
    let whole = driver.tree.interventions.filter {
      if case .revise(_, let revision) = $0.intervention { revision.isWhole == true } else { false }
    }
    #expect(!whole.isEmpty && Invariants.check(driver.tree).isEmpty)
  }

  /// The seed determines the run, its journal makes the same tree, and any prefix can be resumed.
  @Test(arguments: [1, 3], ["false", "true"])
  func conformance(_ workers: Int, _ inserts: String) throws {
    func run() throws -> Driver {
      let policy = SeededPolicy()
      let changes = [
        "revise.count": "2", "revise.below": "0.9", "search.workers": "\(workers)", "rollout.insert": inserts,
        "limit.simulations": "60",
      ]
      var driver = Driver(try header(changes, critics: critics)) { policy.answer($0, depth: Int($1[$0.node].depth)) }
      driver.run(to: 40)
      return driver
    }
    let (one, other) = (try run(), try run())
    #expect(one.journal == other.journal && !one.tree.interventions.isEmpty)
    #expect(Invariants.check(one.tree).isEmpty)
    for count in stride(from: 0, through: one.journal.count, by: 23) {
      let prefix = try SearchTree(header: one.tree.header, events: one.journal.prefix(count))
      let policy = SeededPolicy()
      var resumed = Driver(resuming: prefix) { policy.answer($0, depth: Int($1[$0.node].depth)) }
      resumed.run(to: 40)
      #expect(!resumed.tree.isBusy && Invariants.check(resumed.tree).isEmpty, "after \(count) events")
    }
  }
}
