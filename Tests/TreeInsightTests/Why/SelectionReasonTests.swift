import Foundation
import Testing
import TreeSearchTesting
import Vocabulary

@testable import TreeInsight
@testable import TreeSearch

/// Terms, margin, and what would turn a choice round.
struct SelectionReasonTests {
  private let critics = [
    CriticWeight(name: CriticName.value, weight: 1, scope: .everyNode),
    CriticWeight(name: CriticName.prm, weight: 1, scope: .everyNode),
  ]

  /// Root with two leaves a (value 0.75, PRM 0.25) and b (value 0.5, PRM 0.375): rewards 0.5 and 0.4375.
  private func twoLeaves(_ changes: [String: String] = [:]) throws -> Driver {
    let fixed = ["rollout.count": "0", "width.root.minimum": "2", "width.root.maximum": "2"]
    var driver = Driver(
      try header(fixed.merging(changes) { $1 }, critics: critics),
      answer: Script(
        draws: ["": ["a\n", "b\n"]],
        scores: ["value": ["a\n": 0.75, "b\n": 0.5], "prm": ["a\n": 0.25, "b\n": 0.375]]
      ).answer)
    driver.run(to: 2)
    return driver
  }

  private func flip(_ reason: SelectionReason, _ quantity: Flip.Quantity, _ critic: String? = nil) -> Flip? {
    reason.flips.first { $0.quantity == quantity && $0.critic == critic }
  }

  @Test func termsMarginAndValueOfTwoLeaves() throws {
    let reason = try twoLeaves().search.selectionReason(below: .root)
    #expect(reason.rule == "uct" && reason.explorationConstant == 1 && reason.parentVisits == 2)
    #expect(reason.candidates.map(\.node) == [NodeID(1), NodeID(2)])
    #expect(reason.candidates.map(\.visits) == [1, 1])
    #expect(reason.candidates[0].terms.exploitation == 0.5)
    #expect(abs(reason.candidates[0].terms.exploration - 0.8325546111576977) < 1e-12, "sqrt(ln 2)")
    #expect(reason.winner == NodeID(1) && reason.runnerUp == NodeID(2))
    #expect(abs((reason.margin ?? 0) - 0.0625) < 1e-12)
    // Equal visits: no exploration constant changes anything.
    #expect(flip(reason, .exploration) == nil && flip(reason, .winnerPrior) == nil)
    #expect(abs((flip(reason, .winnerValue)?.at ?? 0) - 0.4375) < 1e-12)
    #expect(abs((flip(reason, .runnerUpValue)?.at ?? 0) - 0.5) < 1e-12)
    #expect(
      reason.sentences.prefix(2) == [
        "Node 1 leads node 2 by 0.063.", "Node 1 would lose to node 2 with a Q below 0.438; it is 0.500.",
      ])
  }

  /// (0.75 + 0.25β)/(1 + β) = (0.5 + 0.375β)/(1 + β) at β = 2; (0.25 + 0.75β) = (0.375 + 0.5β) at β = 0.5.
  @Test func theWeightOfACriticWhereItIsExact() throws {
    var driver = try twoLeaves()
    let reason = driver.search.selectionReason(below: .root)
    let prm = try #require(flip(reason, .criticWeight, "prm"))
    #expect(abs(prm.at - 2) < 1e-12 && prm.side == .above && prm.now == 1 && prm.winner == NodeID(2))
    let value = try #require(flip(reason, .criticWeight, "value"))
    #expect(abs(value.at - 0.5) < 1e-12 && value.side == .below)
    // Once something below a child is backed up, its Q is no longer its own reward.
    driver.run(to: 3)
    #expect(driver.tree[NodeID(1)].visits == 2)
    #expect(driver.search.selectionReason(below: .root).flips.allSatisfy { $0.quantity != .criticWeight })
  }

  /// A run with the weight just beyond the flip chooses the other child.
  @Test(arguments: [(1.99, 1), (2.01, 2)])
  func theWeightIsTheEnginesOwn(_ weight: Double, _ winner: Int) throws {
    var header = try twoLeaves().tree.header
    header.critics[1].weight = weight
    var driver = Driver(
      header,
      answer: Script(
        draws: ["": ["a\n", "b\n"]],
        scores: ["value": ["a\n": 0.75, "b\n": 0.5], "prm": ["a\n": 0.25, "b\n": 0.375]]
      ).answer)
    driver.run(to: 2)
    #expect(driver.search.selectionReason(below: .root).winner == NodeID(winner))
  }

  /// N = 3 with n = 2 and 1: c·√ln 3·(1 − 1/√2) makes up for 0.5 of Q at c = 1.6287….
  @Test func theExplorationConstant() throws {
    var driver = Driver(
      try header(["rollout.count": "0", "width.root.minimum": "2", "width.root.maximum": "2"]),
      answer: Script(
        draws: ["": ["a\n", "b\n"], "a\n": ["c\n"]], scores: ["value": ["a\n": 0.9, "b\n": 0.4, "c\n": 0.9]]
      ).answer)
    driver.run(to: 3)
    let reason = driver.search.selectionReason(below: .root)
    #expect(reason.candidates.map(\.visits) == [2, 1])
    let found = try #require(flip(reason, .exploration))
    let expected = 0.5 / (log(3.0).squareRoot() - (log(3.0) / 2).squareRoot())
    #expect(abs(found.at - expected) < 1e-12 && found.side == .above && found.winner == NodeID(2) && found.now == 1)
  }

  /// The engine chooses otherwise just beyond a flip of the exploration constant, and as before just short of it.
  @Test(arguments: ["uct", "puct"])
  func theEngineTurnsAtTheConstant(_ rule: String) throws {
    var checked = 0
    for seed in 1...12 {
      let id = rule == "uct" ? "selection.exploration" : "selection.puct.initial"
      var driver = Driver(
        try header(
          [
            "selection.rule": rule, "width.rule": "fixed", "width.fixed": "4", "merge.rule": "off",
            "rollout.count": "0",
          ],
          seed: UInt64(seed)),
        answer: RandomPolicy(vocabulary: 6).answer)
      driver.run(to: 30)
      let reason = driver.search.selectionReason(below: .root)
      for flip in reason.flips where flip.quantity == .exploration && (0.001...99).contains(flip.at) {
        let step = flip.side == .above ? 1e-9 : -1e-9
        for (constant, winner) in [(flip.at * (1 + step), flip.winner), (flip.at * (1 - step), reason.winner)] {
          var other = driver.search
          try other.intervene(.set(parameter: id, value: .number(constant)))
          #expect(other.selectionReason(below: .root).winner == winner, "\(rule), seed \(seed): \(flip)")
          checked += 1
        }
      }
    }
    #expect(checked > 8)
  }

  /// Q, P and the lines give the scores that the rule gives.
  @Test(arguments: 1...30)
  func flipsAreWhereScoresMeet(_ seed: UInt64) throws {
    var random = SplitMix(seed: seed)
    let (header, policy) = try RandomPolicy.run(&random)
    var driver = Driver(header, answer: policy.answer)
    driver.run(to: 25)
    let search = driver.search
    for node in search.tree.nodes.indices.map({ NodeID($0) }) {
      let reason = search.selectionReason(below: node)
      for child in reason.candidates {
        #expect(search.terms(of: child.node) == child.terms)
        if case .contest = search.rules.selection { continue }
        let line = try #require(ScoreLine(child, search.rules.selection, parentVisits: reason.parentVisits))
        #expect(abs(line.intercept + line.slope * reason.explorationConstant - child.total) < 1e-9)
      }
      #expect(reason.flips.allSatisfy { $0.at >= 0 && $0.at.isFinite })
      guard case .puct(let rule) = search.rules.selection, let found = flip(reason, .runnerUpPrior),
        let low = reason.candidates.first(where: { $0.node == reason.runnerUp }),
        let high = reason.candidates.first(where: { $0.node == reason.winner })
      else { continue }
      let scale = rule.scale(parentVisits: reason.parentVisits) / Double(1 + low.visits + low.virtualVisits)
      #expect(abs(low.terms.exploitation + low.terms.process + found.at * scale - high.total) < 1e-9)
    }
  }

  @Test func aSingleChildAndNone() throws {
    var driver = try twoLeaves()
    #expect(driver.search.selectionReason(below: NodeID(1)).sentences == ["No child of node 1 can be entered."])
    try driver.act(.prune(node: NodeID(1)))
    let reason = driver.search.selectionReason(below: .root)
    #expect(reason.winner == NodeID(2) && reason.runnerUp == nil && reason.margin == nil && reason.flips.isEmpty)
    #expect(reason.rank(of: NodeID(1)) == nil && reason.rank(of: NodeID(2)) == 1)
  }
}
