import Testing
import TreeSearchTesting
import Vocabulary

@testable import TreeSearch

/// A search that ends because its answer has settled, by each rule, worked out by hand.
struct StopRuleTests {
  /// The limit's word after each of these answers has been put in by hand, of ten simulations in all.
  private func words(_ answers: [String], _ changes: [String: String]) throws -> [StopReason?] {
    let all = [
      "limit.simulations": "10", "rollout.count": "0", "final.selection": "majority", "stop.least": "1",
    ].merging(changes) { $1 }
    var driver = Driver(try header(all)) { request, _ in
      guard case .score(let critics) = request.kind else { return Answer(.rollouts([])) }
      return Answer(.scores(critics.map { CriticScore(critic: $0, score: 0.5) }))
    }
    driver.run(to: 0)
    return try answers.enumerated().map { number, answer in
      try driver.act(.insert(node: .root, option: SearchOption("path \(number)\n#### \(answer)\n", .person)))
      return driver.search.limit
    }
  }

  private let agreeing = Array(repeating: "1", count: 6)

  @Test func ahead() throws {
    // 1 − (½)^(v + 1): three votes to none .9375, four .969, five .984.
    #expect(abs(AheadStop.ahead(3, of: 0) - 0.9375) < 1e-9 && abs(AheadStop.ahead(4, of: 0) - 0.96875) < 1e-9)
    #expect(abs(AheadStop.ahead(5, of: 1) - 0.9375) < 1e-9)
    #expect(abs(AheadStop.ahead(8, of: 4) - 0.867) < 5e-4 && abs(AheadStop.ahead(6, of: 2) - 0.910) < 5e-4)
    #expect(try words(agreeing, ["stop.rule": "ahead"]) == [nil, nil, nil, .settled, .settled, .settled])
    #expect(
      try words(agreeing, ["stop.rule": "ahead", "stop.confidence": "0.98"])
        == [nil, nil, nil, nil, .settled, .settled])
  }

  @Test func window() throws {
    #expect(try words(agreeing, ["stop.rule": "window"]) == [nil, nil, nil, nil, .settled, .settled])
    let split = try words(["1", "1", "2", "1", "1", "1"], ["stop.rule": "window", "stop.window": "3"])
    #expect(split == [nil, nil, nil, nil, nil, .settled])
  }

  @Test func forecast() throws {
    // Two votes, eight to come: a rival needs six of them, BB(8; 1, 3) gives .0606; three votes: six of seven, BB(7; 1, 4), .0152.
    let two = AnswerTally(votes: [2], simulations: 2).leaderChanges(in: 8) ?? 0
    let three = AnswerTally(votes: [3], simulations: 3).leaderChanges(in: 7) ?? 0
    #expect(abs(two - 0.060606060606) < 1e-9 && abs(three - 0.015151515151) < 1e-9)
    #expect(try words(agreeing, ["stop.rule": "forecast"]) == [nil, nil, .settled, .settled, .settled, .settled])
  }

  @Test func notBeforeEnoughHaveAnswered() throws {
    #expect(
      try words(agreeing, ["stop.rule": "ahead", "stop.least": "6"]) == [nil, nil, nil, nil, nil, .settled])
    #expect(try words(agreeing, [:]).allSatisfy { $0 == nil })
  }

  /// Under every rule a search ends, is determined by its seed, and its journal makes the same tree.
  @Test(arguments: ["forecast", "ahead", "window"], FinalSelection.allCases)
  func conformance(_ rule: String, _ selection: FinalSelection) throws {
    func run() throws -> Driver {
      let policy = SeededPolicy(answerDepth: 1, onlyAnswer: 7)
      let changes = ["stop.rule": rule, "final.selection": selection.rawValue, "merge.rule": "off"]
      var driver = Driver(try header(changes, critics: [.value, .orm])) {
        policy.answer($0, depth: Int($1[$0.node].depth))
      }
      driver.untilLimit()
      return driver
    }
    let (one, other) = (try run(), try run())
    #expect(one.journal == other.journal)
    #expect(try SearchTree(header: one.tree.header, events: one.journal) == one.tree)
    #expect(Invariants.check(one.tree).isEmpty)
    let forecastsNothing = rule == "forecast" && [.greedyPath, .bestLeaf].contains(selection)
    let settles = !forecastsNothing
    #expect((one.tree.simulations < 40) == settles, "\(one.tree.simulations) simulations")
  }
}

extension Driver {
  /// Runs as a real driver does: a simulation at a time while no limit speaks.
  fileprivate mutating func untilLimit() {
    while search.limit == nil { run(to: tree.simulations + 1) }
  }
}
