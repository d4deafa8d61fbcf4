import Testing
import TreeSearch
import TreeSearchTesting
import Vocabulary

@testable import TreeInsight

/// What changed between two trees of one problem, and over a queue.
struct TreeDifferenceTests {
  /// Worked out by hand, four simulations each: both first steps (.5), then an answer below each. Q of the sum goes from
  /// (.5 + .9) / 2 = .7 to (.5 + .1) / 2 = .3, that of the difference from .35 to .7, of the root from 2.1 / 4 to 2 / 4.
  @Test func theTreesOfTwoPolicies() throws {
    let found = TreeDifference(try Small.sum(), try Small.difference())
    #expect(found.turn == .broken && found.a.answer == "35" && found.b.answer == "25")
    #expect(found.a.isRight == true && found.b.isRight == false)
    #expect(found.aligned == ["line": 1, "text": 3] && found.onlyA == 0 && found.onlyB == 0)
    #expect(
      found.a.nodes == 5 && found.a.depth == 2 && abs(found.a.width - 4.0 / 3) < 1e-12 && found.a.simulations == 4)

    let divergence = try #require(found.divergence)
    #expect(divergence.depth == 0 && divergence.a == .root)
    #expect(divergence.stepA?.text == "30 + 5 = 35" && divergence.stepA?.other == NodeID(1))
    #expect(abs((divergence.stepA?.q ?? 0) - 0.7) < 1e-12 && abs((divergence.stepA?.otherQ ?? 0) - 0.3) < 1e-12)
    #expect(divergence.stepB?.text == "30 - 5 = 25" && abs((divergence.stepB?.otherQ ?? 0) - 0.35) < 1e-12)

    // Below either step the best answer is what it was: the root is where it turned.
    let fork = try #require(found.forks.first)
    #expect(found.forks.count == 1 && fork.a == .root && fork.turn == .broken && fork.depth == 0)
    #expect(fork.answerA == "35" && fork.answerB == "25")

    #expect(found.shifts.map(\.text) == ["#### 35", "#### 25", "30 + 5 = 35", "30 - 5 = 25"])
    for (shift, q) in zip(found.shifts, [-0.8, 0.7, -0.4, 0.35]) { #expect(abs((shift.q ?? 0) - q) < 1e-12) }
    for (shift, v) in zip(found.shifts, [-0.8, 0.7, 0, 0]) { #expect(abs((shift.v ?? 9) - v) < 1e-12) }
    #expect(found.measures.overlap == 1 && found.measures.forks == 1 && found.measures.prior == nil)
    #expect(abs((found.measures.q ?? 0) - 2.25 / 4) < 1e-12 && abs((found.measures.v ?? 0) - 1.5 / 4) < 1e-12)
    #expect(try TreeDifference(Small.sum(), Small.difference(), threshold: 0.5).shifts.count == 2)
  }

  /// A rollout that finished the chosen trajectory is part of it: its lines are steps, whatever their spelling.
  @Test func rolloutsAreFollowed() throws {
    func tree(_ rollout: String) throws -> SearchTree {
      let script = Script(draws: ["": ["so:\n"]], scores: ["value": ["so:\n": 0.5]])
      script.rollouts = ["so:\n": [(rollout, 0.5)]]
      var driver = Driver(
        try header(
          ["rollout.count": "1", "width.root.minimum": "1", "width.root.maximum": "1"], problem: Small.story),
        answer: script.answer)
      driver.run(to: 1)
      return driver.tree
    }
    let right = try tree("30 + 5 = 35\n#### 35\n")
    let found = TreeDifference(right, try tree("5 + 30 = 35\n#### 25\n"))
    let divergence = try #require(found.divergence)
    #expect(found.turn == .broken && divergence.depth == 2 && divergence.a == NodeID(1))
    #expect(divergence.stepA?.text == "#### 35" && divergence.stepA?.node == nil && divergence.stepB?.text == "#### 25")
    #expect(found.lines().contains("  b goes on in a rollout: \"#### 25\""))
    #expect(TreeDifference(right, try tree("5+30 = 35\n#### 35\n")).divergence == nil)
  }

  /// Where the turn happens lower, it is named there, and not at every node above.
  @Test func aForkIsNamedWhereItHappens() throws {
    func tree(_ right: Double, _ wrong: Double) throws -> SearchTree {
      try Small.tree(
        ["": ["so:\n"], "so:\n": ["#### 35\n", "#### 25\n"]],
        values: ["so:\n": 0.5, "#### 35\n": right, "#### 25\n": wrong], simulations: 3,
        ["width.minimum": "2", "width.maximum": "2"])
    }
    let found = TreeDifference(try tree(0.2, 0.8), try tree(0.8, 0.2))
    #expect(found.turn == .repaired)
    #expect(found.forks.map(\.a) == [NodeID(1)] && found.forks.first?.turn == .repaired)
    #expect(found.forks.first?.text == "so:" && found.divergence?.depth == 1)
  }

  /// Without a reference nothing is repaired or broken, but answers change.
  @Test func withoutAReferenceAnswersChange() throws {
    let open = Problem(id: "p", question: "How many?")
    let found = TreeDifference(try Small.sum(open), try Small.difference(open))
    #expect(found.turn == .changed && found.forks.map(\.turn) == [.changed] && found.a.isRight == nil)
    #expect(QueueSummary([found]).unjudged == 1 && QueueSummary([found]).table.p == 1)
  }

  /// What only one tree has is counted, and the prior moves in nats a token.
  @Test func branchesAndPriors() throws {
    let a = try Small.tree(["": ["x\n", "y\n"]], simulations: 2, logProbabilities: ["x\n": [-1, -3], "y\n": [-1]])
    let b = try Small.tree(["": ["z\n", "x\n"]], simulations: 2, logProbabilities: ["x\n": [-0.5, -0.5]])
    let found = TreeDifference(a, b)
    #expect(found.onlyA == 1 && found.onlyB == 1 && found.aligned == ["text": 1])
    #expect(found.measures.overlap == 0.5 && found.measures.prior == 1.5, "from −2 to −.5; y is not in both")
    #expect(found.turn == .same && found.a.answer == nil)
  }

  @Test(arguments: [UInt64](0..<30))
  func aTreeDoesNotDifferFromItselfAndTheOtherWayRoundAllTurns(_ seed: UInt64) throws {
    func tree(_ seed: UInt64) throws -> SearchTree {
      var session = try RandomSession(seed: seed)
      for _ in 0..<80 { _ = session.step() }
      return session.tree
    }
    let (a, b) = (try tree(seed), try tree(seed + 500))
    let itself = TreeDifference(a, a)
    #expect(itself.divergence == nil && itself.forks.isEmpty && itself.shifts.isEmpty, "seed \(seed)")
    #expect(itself.onlyA == 0 && itself.onlyB == 0 && itself.measures.overlap == 1 && itself.turn == .same)
    let (there, back) = (TreeDifference(a, b), TreeDifference(b, a))
    #expect(there.a == back.b && there.b == back.a && there.onlyA == back.onlyB && there.aligned == back.aligned)
    #expect(there.divergence?.depth == back.divergence?.depth && there.turn == back.turn, "seed \(seed)")
    #expect(there.forks.count == back.forks.count && there.shifts.count == back.shifts.count, "seed \(seed)")
    let moved = Dictionary(uniqueKeysWithValues: back.shifts.map { ($0.b, $0) })
    for shift in there.shifts { #expect(moved[shift.a]?.q == shift.q.map { -$0 }, "seed \(seed)") }
  }

  /// 2 × 2 by hand: two problems stay right, one turns wrong, three turn right. p = 2 · (1 + 4) / 16 = .625.
  @Test func overAQueueTheRegressionsStandFirst() throws {
    func difference(_ id: String, _ before: Bool, _ now: Bool) throws -> TreeDifference {
      let problem = Problem(id: id, question: "How many?", answer: "35")
      return TreeDifference(
        before ? try Small.sum(problem) : try Small.difference(problem),
        now ? try Small.sum(problem) : try Small.difference(problem))
    }
    let summary = QueueSummary(
      [
        try difference("b", true, true), try difference("a", true, true), try difference("z", true, false),
        try difference("e", false, true), try difference("d", false, true), try difference("f", false, true),
        try difference("c", false, false),
      ])
    #expect(summary.problems.map(\.problem) == ["z", "d", "e", "f", "a", "b", "c"])
    #expect(summary.table == TurnTable(bothRight: 2, bothWrong: 1, broken: 1, repaired: 3))
    #expect(abs(summary.table.p - 0.625) < 1e-12 && summary.unjudged == 0)
    #expect(summary.table.test == "exact McNemar p 0.6250")
    #expect(summary.rows.prefix(3) == [["", "b right", "b wrong"], ["a right", "2", "1"], ["a wrong", "3", "1"]])
    // Four of seven moved by .5625 on the mean.
    #expect(abs((summary.measures?.q ?? 0) - 4 * 0.5625 / 7) < 1e-12 && summary.measures?.overlap == 1)
    #expect(QueueSummary([]).measures == nil && QueueSummary([]).table.p == 1)
  }
}
