import Critics
import Testing
import TreeInsight
import TreeSearch
import Vocabulary

@testable import Runs

/// What a run teaches about its tools is a function of its tree.
struct ToolLedgerTests {
  private struct Random {
    var state: UInt64
    mutating func next() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return state >> 33
    }
    mutating func unit() -> Double { Double(next() % 1000) / 1000 }
  }

  private func header() throws -> RunHeader {
    var parameters = SearchParameters()
    for (id, value) in [("rollout.count", "2"), ("search.workers", "4"), ("depth.maximum", "4"), ("merge.rule", "off")]
    {
      try parameters.set(id, to: value)
    }
    return RunHeader(
      problem: Problem(id: "p", question: "?", tests: ["pass"], pattern: "a"), seed: 3, parameters: parameters,
      critics: [
        CriticWeight(name: "value", weight: 1, scope: .everyNode),
        CriticWeight(name: "calculator", weight: 1, scope: .everyNode),
        CriticWeight(name: "ends", weight: 1, scope: .outcome), CriticWeight(name: "json", weight: 0, scope: .outcome),
      ])
  }

  private func answer(_ kind: Request.Kind, _ random: inout Random) -> Answer {
    switch kind {
    case .propose(let draws, _, _, _):
      Answer(
        .options(
          (0..<draws).map { _ in
            SearchOption(tokens: [], bytes: Array("\(random.next())\n".utf8), termination: .newline)
          }))
    case .score(let critics):
      Answer(
        .scores(
          critics.map {
            CriticScore(
              critic: $0, score: $0 == "value" ? random.unit() : [nil, 0.1, 0.5, 0.9][Int(random.next() % 4)])
          }))
    case .rollOut(let count, _, _):
      Answer(
        .rollouts(
          (0..<count).map { _ in
            Rollout(text: "", score: random.unit() / 2, ormScore: random.next() % 2 == 0 ? random.unit() : nil)
          }))
    case .compare(_, let nodes): Answer(.similarities(nodes.map { _ in 0 }))
    }
  }

  @Test func theLedgerThatWasKeptIsTheOneThatATreeGives() throws {
    for seed in 1...6 as ClosedRange<UInt64> {
      var random = Random(state: seed)
      var search = Search(header: try header())
      var ledger = ToolLedger(search.tree)
      var open: [Request] = []
      for round in 0..<150 {
        open += search.ask(upTo: search.tree.simulations + 4)
        if !open.isEmpty {
          // Answers come in any order.
          let request = open.remove(at: Int(random.next()) % open.count)
          if random.next() % 9 == 0 {
            search.fail(request.id, "no")
          } else {
            search.tell(request.id, answer(request.kind, &random))
          }
        }
        if round % 40 == 20 {
          try search.intervene(.rollOut(node: NodeID(0), count: 2))
          try search.intervene(.override(node: NodeID(1), critic: "calculator", score: 0.9))
        }
        if round % 40 == 35 { _ = search.undo() }
        ledger.learn(from: search.takeEvents(), in: search.tree)
        open.removeAll { search.tree.pending[$0.id] == nil }
        #expect(ledger.context == ToolLedger(search.tree).context)
      }
      let record = try #require(ledger.context.trust.records["calculator"])
      #expect(record.holds.all > 20 && record.refuted.all > 20)
    }
  }

  @Test func onlyToolsThatCountTakePart() throws {
    let context = ToolLedger(SearchTree(header: try header())).context
    #expect(context.enabled == ["calculator", "ends"])
    var checks = ProblemChecks(tests: ["pass"], pattern: "a")
    checks.question = "?"
    #expect(context.checks == checks)
  }
}
