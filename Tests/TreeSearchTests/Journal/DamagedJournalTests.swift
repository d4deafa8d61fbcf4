import Testing
import TreeSearchTesting

@testable import TreeSearch

struct DamagedJournalTests {
  /// A root with value .5, child 1 ("a", evaluated), one draw rejected, request 4 on its way.
  private func tree() throws -> SearchTree {
    let script = Script(draws: ["": ["a\n", "a\n", "b\n"]], scores: ["value": ["": 0.5, "a\n": 0.75]])
    var driver = Driver(try header(["rollout.count": "0"]), answer: script.answer)
    driver.run(to: 2, steps: 4)
    driver.ask(upTo: 2)
    #expect(driver.tree.pending.values.map(\.id) == [4])
    #expect(driver.tree.eventCount == 16)
    return driver.tree
  }

  static let damaged: [(SearchEvent, String)] = [
    (.selected(node: NodeID(9), widen: true), "there is no node 9"),
    (.selected(node: NodeID(-5), widen: true), "there is no node -5"),
    (.selected(node: .root, widen: false), "node 0 does not fit a selection"),
    (
      .asked(request: Request(id: 5, node: NodeID(7), kind: .score(critics: []), seed: 0)),
      "request 5 is about node 7, which does not exist"
    ),
    (
      .asked(request: Request(id: 8, node: NodeID(1), kind: .score(critics: []), seed: 0)),
      "request 8 does not follow 4"
    ),
    (
      .asked(request: Request(id: 5, node: NodeID(1), kind: .score(critics: []), seed: 0)),
      "request 5 asks for what is not due at node 1"
    ),
    (
      .asked(request: Request(id: 5, node: NodeID(1), kind: .rollOut(count: 1, temperature: 1), seed: 0, cause: 0)),
      "request 5 asks for what is not due at node 1"
    ),
    (.answered(request: 3, answer: Answer(.options([SearchOption("b")]))), "no request 3 is waiting for an answer"),
    (.answered(request: 4, answer: Answer(.options([]))), "request 4: the policy proposed an empty option"),
    (.answered(request: 4, answer: Answer(.scores([]))), "request 4: the answer is not of the kind that was asked for"),
    (.failed(request: 77, message: ""), "no request 77 is waiting for an answer"),
    (
      .added(
        node: NodeID(3), parent: .root, request: 4, draw: 0, spent: 1, distance: nil, terminal: nil, answer: nil),
      "node 3 is not the next free id 2"
    ),
    (
      .added(
        node: NodeID(2), parent: NodeID(8), request: 4, draw: 0, spent: 1, distance: nil, terminal: nil, answer: nil),
      "there is no node 8"
    ),
    (
      .added(
        node: NodeID(2), parent: .root, request: 4, draw: 0, spent: 1, distance: nil, terminal: nil, answer: nil),
      "request 4 has no draw 0 for node 0"
    ),
    (
      .added(
        node: NodeID(2), parent: .root, request: 4, draw: -2, spent: 1, distance: nil, terminal: nil, answer: nil),
      "request 4 has no draw -2 for node 0"
    ),
    (.rejected(request: 4, draw: 0, distance: 0), "request 4 has no draw 0"),
    (.inserted(node: NodeID(2), cause: 0, terminal: nil, answer: nil), "intervention 0 inserts nothing now"),
    (.inserted(node: NodeID(1), cause: 0, terminal: nil, answer: nil), "node 1 is not the next free id 2"),
    (.widthFrozen(node: .root, spent: 2), "node 0 is not being widened"),
    (.evaluated(node: NodeID(1), reward: 0.5), "node 1 is not due to be evaluated"),
    (.backedUp(node: NodeID(1), reward: 0.75), "node 1 is not due to be backed up"),
    (.backedUp(node: NodeID(.max), reward: 0.75), "there is no node -1"),
    (.intervened(.expand(node: .root, count: -1)), "expected 1 to 64 children, found -1"),
    (.intervened(.prune(node: NodeID(2))), "there is no node 2"),
    (.intervened(.prune(node: .root)), "the root cannot be pruned"),
    (.undone(intervention: 0), "intervention 0 is not the last one"),
    (.redone(intervention: 3), "intervention 3 was not the last one undone"),
  ]

  @Test(arguments: damaged)
  func aDamagedEventIsRefusedWhole(_ event: SearchEvent, _ problem: String) throws {
    var tree = try tree()
    let before = tree
    #expect(throws: ReplayError(event: 16, problem: problem)) { try tree.apply(event) }
    #expect(tree.differences(from: before).isEmpty)
    #expect(ReplayError(event: 16, problem: problem).description == "event 16: \(problem)")
  }

  @Test func rewardsOutsideTheRangeAreRefused() throws {
    var tree = SearchTree(header: try header())
    try tree.apply(
      .asked(request: Request(id: 0, node: .root, kind: .score(critics: ["value"]), seed: 0)))
    try tree.apply(.answered(request: 0, answer: Answer(.scores([]))))
    let before = tree
    #expect(throws: ReplayError(event: 2, problem: "reward 1.5 lies outside [0, 1]")) {
      try tree.apply(.evaluated(node: .root, reward: 1.5))
    }
    #expect(throws: ReplayError.self) { try tree.apply(.evaluated(node: .root, reward: .nan)) }
    #expect(tree.differences(from: before).isEmpty)
  }

  @Test func journalsWithOneEventLostOrDoubledNeverCrash() throws {
    for seed in 0..<60 as Range<UInt64> {
      var session = try RandomSession(seed: seed)
      for _ in 0..<40 { _ = session.step() }
      let journal = session.driver.journal
      for at in journal.indices {
        var lost = journal
        lost.remove(at: at)
        var doubled = journal
        doubled.insert(journal[at], at: at)
        for events in [lost, doubled] {
          var tree = SearchTree(header: session.tree.header)
          for event in events where (try? tree.apply(event)) == nil { break }
          let broken = Invariants.check(tree)
          try #require(broken.isEmpty, "seed \(seed), event \(at): \(broken)")
        }
      }
    }
  }
}
