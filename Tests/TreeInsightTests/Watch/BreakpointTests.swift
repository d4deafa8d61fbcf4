import Testing
import TreeSearchTesting

@testable import TreeInsight
@testable import TreeSearch

/// Where breakpoints fire, and how often.
struct BreakpointTests {
  /// Plays a journal to breakpoints: which fired, at which node, after how many events.
  private func hits(
    _ sources: [String], _ header: RunHeader, _ journal: [SearchEvent], from start: Int = 0
  ) throws -> [(source: String, node: Int, event: SearchEvent)] {
    var tree = try SearchTree(header: header, events: journal.prefix(start))
    var watch = SearchWatch(tree: tree, watchdogs: false)
    watch.set(try sources.map { try Breakpoint($0) }, in: tree)
    var hits: [(String, Int, SearchEvent)] = []
    for event in journal.dropFirst(start) {
      try tree.apply(event)
      for case .breakpoint(let hit) in watch.notices(after: [event], in: tree) {
        hits.append((hit.breakpoint.source, hit.node.offset, event))
      }
    }
    return hits
  }

  private func run() throws -> (header: RunHeader, journal: [SearchEvent], tree: SearchTree) {
    let (header, journal) = try HealthyPolicy(vocabulary: 6, answerDepth: 3).run(2, simulations: 40)
    return (header, journal, try SearchTree(header: header, events: journal))
  }

  @Test func aConditionFiresWhereItBecomesTrueAndNotAgain() throws {
    let (header, journal, tree) = try run()
    let found = try hits(["n>3"], header, journal)
    #expect(found.map(\.node).sorted() == tree.nodes.indices.filter { tree.nodes[$0].visits > 3 })
    for hit in found {
      guard case .backedUp(let node, _) = hit.event else {
        Issue.record("n grew by \(hit.event)")
        continue
      }
      #expect(tree.path(to: node).contains(NodeID(hit.node)))
    }
  }

  @Test func whatHeldBeforeDoesNotFire() throws {
    let (header, journal, tree) = try run()
    let half = journal.count / 2
    let before = try SearchTree(header: header, events: journal.prefix(half))
    let found = try hits(["n>3"], header, journal, from: half)
    #expect(
      found.map(\.node).sorted()
        == tree.nodes.indices.filter {
          tree.nodes[$0].visits > 3 && !($0 < before.nodes.count && before.nodes[$0].visits > 3)
        })
    #expect(!found.isEmpty)
  }

  @Test(arguments: ["terminal", "answer = 7", "correct", "depth=2 critics differ > 0.1", "\"word 3\""])
  func everyNodeForWhichItHoldsIsFoundOnce(_ source: String) throws {
    let (header, journal, tree) = try run()
    let filter = try NodeFilter(source)
    let expected = tree.nodes.indices.filter { filter.matches(NodeID($0), in: tree) }
    #expect(!expected.isEmpty)
    #expect(try hits([source], header, journal).map(\.node).sorted() == expected)
  }

  @Test func aMergeFiresForEveryDraw() throws {
    let (header, journal, _) = try run()
    let rejected = journal.filter { if case .rejected = $0 { true } else { false } }
    let found = try hits(["merge"], header, journal)
    #expect(found.map(\.event) == rejected && !rejected.isEmpty)
    let deep = try hits(["merge depth=0"], header, journal)
    #expect(!deep.isEmpty && deep.count < found.count)
  }

  @Test func theChosenAnswerIsFollowed() throws {
    let (header, journal, _) = try run()
    let found = try hits(["best changes"], header, journal)
    // By scanning after every event.
    var tree = SearchTree(header: header)
    var chosen: CandidatePlace?
    var expected: [Int] = []
    for event in journal {
      try tree.apply(event)
      let now = tree.chosen.map { CandidatePlace(node: $0.node, rollout: $0.rollout) }
      if let now, now != chosen { expected.append(now.node.offset) }
      chosen = now
    }
    #expect(found.map(\.node) == expected)
    #expect(expected.count > 1)
  }

  @Test func contradictionFrozenAndFailure() throws {
    let critics = ["value", "calculator"].map { CriticWeight(name: $0, weight: 1, scope: .everyNode) }
    let header = try header(
      ["rollout.count": "0", "width.root.minimum": "2", "width.root.maximum": "2", "merge.draws": "2"],
      critics: critics)
    let script = Script(draws: ["": ["1 + 1 = 3\n"]], scores: ["calculator": ["1 + 1 = 3\n": 0], "value": ["": 0.5]])
    var driver = Driver(header, answer: script.answer)
    driver.run(to: 2)
    driver.ask(upTo: 3)
    let last = try #require(driver.queue.first)
    driver.search.fail(last.id, "out of memory")
    driver.journal += driver.search.takeEvents()
    let found = try hits(["contradiction", "frozen", "failure"], header, driver.journal)
    #expect(found.map(\.source) == ["contradiction", "frozen", "failure"])
    #expect(found.map(\.node) == [1, 0, last.node.offset])
  }

  @Test func alternativesFireEachForItself() throws {
    let (header, journal, _) = try run()
    let both = try hits(["merge or n>3"], header, journal)
    let merges = try hits(["merge"], header, journal)
    let visits = try hits(["n>3"], header, journal)
    #expect(both.count == merges.count + visits.count)
  }

  @Test func severalBreakpointsKeepTheirOrder() throws {
    let (header, journal, _) = try run()
    let found = try hits(["depth=3", "terminal"], header, journal)
    #expect(found.prefix(2).map(\.source) == ["depth=3", "terminal"])
    #expect(found[0].node == found[1].node)
  }

  @Test(arguments: [
    ("mrge", 1, "did you mean 'merge'"), ("best chnges", 6, "expected 'best changes', found 'chnges'"),
    ("not merge", 1, "an event cannot be negated"), ("n>1 !(failure or n=2)", 5, "an event cannot be negated"),
    ("critics differ > x", 18, "critics differ: expected a number"),
    ("", 1, "expected terms such as n>10, terminal, merge"),
  ])
  func errorsSayWhere(_ source: String, _ column: Int, _ message: String) throws {
    let error = try #require(throws: FilterError.self) { try Breakpoint(source) }
    #expect(error.column == column)
    #expect(error.message.contains(message), "\(error)")
  }
}
