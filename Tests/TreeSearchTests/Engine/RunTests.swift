import SeededRandom
import Testing

@testable import TreeInsight
@testable import TreeSearch

/// A search that runs by itself, beside one that is asked and told.
struct RunTests {
  /// Random policies that now and then give an answer that does not fit, under random rules and under those for which a
  /// simulation is done in one go.
  @Test(arguments: 0..<24)
  func theSameEventsAndTheSameTree(_ group: UInt64) throws {
    for seed in group * 25..<(group + 1) * 25 {
      var random = SplitMix(seed: seed)
      var rules = ["search.workers": "1"]
      if seed % 2 == 0 {
        rules.merge(
          [
            "merge.rule": ["off", "resample"][random.below(2)], "selection.rule": "uct", "width.rule": "importance",
            "search.traversal": "tree", "rollout.count": "0", "search.toTerminal": "false",
          ]
        ) { $1 }
      }
      let policy = try RandomPolicy.run(&random, rules: rules)
      func answer(_ request: Request, _ tree: borrowing SearchTree) -> Answer {
        request.id % 17 == 16 ? Answer(.options([])) : policy.policy.answer(request, copy tree)
      }
      var (told, search) = (Search(header: policy.header), Search(header: policy.header))
      var events: [SearchEvent] = []
      for target in [5, 5, 30] {
        var asked: [Request] = []
        repeat {
          told.ask(upTo: target, into: &asked)
          for request in asked { told.tell(request.id, answer(request, told.tree)) }
        } while !asked.isEmpty
        search.run(upTo: target, answer: answer) { events.append($0) }
      }
      let wanted = told.takeEvents()
      let first = zip(events, wanted).enumerated().first { $1.0 != $1.1 }
      let same = events == wanted
      try #require(same, "seed \(seed), \(rules): \(String(describing: first))")
      try #require(search.tree.differences(from: told.tree) == [], "seed \(seed), \(rules)")
      let broken = Invariants.check(search.tree)
      try #require(broken.isEmpty, "seed \(seed), \(rules): \(broken)")
    }
  }

  /// What is due and awaited from before comes first.
  @Test func goesOnWithAnInterventionAndALateAnswer() throws {
    var search = Search(header: try header(["merge.rule": "off", "rollout.count": "0"]))
    let policy = RandomPolicy(vocabulary: 5)
    search.run(upTo: 10, answer: { policy.answer($0, copy $1) }, event: { _ in })
    try search.intervene(.expand(node: .root, count: 2))
    var events: [SearchEvent] = []
    search.run(upTo: 20, answer: { policy.answer($0, copy $1) }, event: { events.append($0) })
    #expect(search.tree.simulations == 20)
    #expect(!search.tree.isBusy)
    #expect(events.first == .intervened(.expand(node: .root, count: 2)))
    #expect(events.count { if case .inserted = $0 { true } else { false } } == 0)
    #expect(Invariants.check(search.tree).isEmpty)
  }

  /// The hot path of selection and the general one find the same step, from any state of a tree with closed branches.
  @Test func thePlainDescentIsTheGeneralOne() throws {
    let rules = [
      "search.traversal": "tree", "selection.rule": "uct", "width.rule": "importance", "search.workers": "1",
      "search.toTerminal": "false", "merge.rule": "resample",
    ]
    var compared = 0
    for seed in 0..<40 {
      var session = try RandomSession(seed: UInt64(seed), rules: rules)
      for _ in 0..<150 {
        _ = session.step()
        guard let plain = session.driver.search.plainStep() else { continue }
        #expect(plain.event() == session.driver.search.descend()?.event())
        compared += 1
      }
    }
    #expect(compared > 1000)
  }
}
