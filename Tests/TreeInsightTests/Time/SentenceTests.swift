import Testing
import TreeSearchTesting

@testable import TreeInsight
@testable import TreeSearch

/// Events in words.
struct SentenceTests {
  /// The sentences of a journal, each in the tree right after its event.
  private func sentences(_ driver: Driver) throws -> [String] {
    var tree = SearchTree(header: driver.tree.header)
    return try driver.journal.map { event in
      try tree.apply(event)
      return event.sentence(in: tree)
    }
  }

  @Test func aSimulationInWords() throws {
    var driver = Driver(
      try header(["rollout.count": "1", "option.greedyFirst": "true"]),
      answer: Script(draws: ["": ["a\n"], "a\n": ["#### 5\n"]], scores: ["value": ["": 0.25, "a\n": 0.5]]).answer)
    driver.run(to: 1)
    try driver.act(.prune(node: NodeID(1)))
    try driver.undo()
    driver.run(to: 1)
    driver.search.stop(.simulations)
    driver.run(to: 1)
    #expect(
      try sentences(driver) == [
        "request 0: scores by value at node 0", "request 0 is answered: value 0.250", "node 0 has the reward 0.250",
        "node 0 is selected: 1 option to be drawn below it", "request 1: 1 draw of an option, greedy at node 0",
        "request 1 is answered: \"a\"", "node 1 joins below node 0: \"a\"", "request 2: 1 fast rollout at node 1",
        "request 3: scores by value at node 1", "request 2 is answered: 0 rollouts",
        "request 3 is answered: value 0.500", "node 1 has the reward 0.500",
        "0.500 is backed up from node 1: the root has N 1, Q 0.500", "a person: prune node 1",
        "taken back: prune node 1", "the search stops: simulations",
      ])
  }

  /// Every event of random sessions has one line of bounded length, however long the texts are.
  @Test(arguments: 1...10)
  func everyEventIsOneShortLine(_ seed: UInt64) throws {
    var session = try RandomSession(seed: seed)
    for _ in 0..<200 { _ = session.step() }
    for sentence in try sentences(session.driver) { #expect(!sentence.isEmpty && sentence.count < 400, "\(sentence)") }
  }

  @Test func longTextsAreCut() throws {
    let header = try header()
    var search = Search(header: header)
    let long = String(repeating: "ä", count: 5000)
    try search.intervene(.insert(node: .root, option: SearchOption(long + "\n", .person)))
    let event = try #require(search.takeEvents().last)
    #expect(event.sentence(in: search.tree) == "a person: insert below node 0: \"\(long.prefix(77))...\"")
  }
}
