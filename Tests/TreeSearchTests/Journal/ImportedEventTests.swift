import Testing
import TreeSearchTesting
import Vocabulary

@testable import TreeSearch

/// Trees that another program's file says, event by event.
@Suite("Imported events")
struct ImportedEventTests {
  private static let critics = [CriticWeight(name: "value", weight: 1, scope: .everyNode)]

  private static func option(_ text: String) -> SearchOption {
    SearchOption(bytes: Array(text.utf8), termination: .newline)
  }

  private static let events: [SearchEvent] = [
    .imported(
      node: .root, parent: .none,
      facts: ImportedNode(option: nil, visits: 5, meanValue: 0.5, origin: ImportOrigin(format: "openr"))),
    .imported(
      node: NodeID(1), parent: .root,
      facts: ImportedNode(
        option: option("a\n"), visits: 7, meanValue: 0.1, reward: 0.25, prior: 0.5,
        scores: [CriticScore(critic: "value", score: 0.75)])),
    .imported(
      node: NodeID(2), parent: NodeID(1), facts: ImportedNode(option: option("b\n"), terminal: .answer, answer: "b")),
    .imported(node: NodeID(3), parent: .root, facts: ImportedNode(option: option("c\n"), visits: 0, marks: [.gone])),
    .stopped(reason: .imported),
  ]

  private func tree(forked: Bool = false) throws -> SearchTree {
    var header = RunHeader(problem: Problem(id: "p", question: "Q?"), seed: 1, critics: Self.critics)
    if forked { header.forkedFrom = ForkOrigin(run: "r", event: Self.events.count) }
    return try SearchTree(header: header, events: Self.events)
  }

  @Test func valuesAreThoseOfTheFile() throws {
    let tree = try tree()
    #expect(tree.isHistory && tree.stopReason == .imported && !tree.isBusy && tree.origin?.format == "openr")
    #expect(tree.nodes.map(\.knownVisits) == [5, 7, nil, 0])
    #expect(tree[NodeID(1)].meanValue == 0.1, "seven times W's share is the very mean")
    #expect(tree[NodeID(1)].reward == 0.25 && tree[NodeID(1)].value == 0.75 && tree[NodeID(1)].priorWeight == 0.5)
    #expect(tree.nodeCount == 3 && tree.hiddenNodes == 1 && tree.terminals == 1)
    #expect(tree.ownBackups(of: .root) == -2, "a file may say fewer visits than its children have")
    #expect(tree.criticCalls == ["value": 1])
    #expect(try tree.differences(from: self.tree()).isEmpty)
  }

  @Test(arguments: [
    (SearchEvent.imported(node: NodeID(4), parent: .root, facts: ImportedNode(option: nil)), "without an option"),
    (.imported(node: NodeID(6), parent: .root, facts: ImportedNode(option: option("d"))), "not the next free id"),
    (.imported(node: NodeID(4), parent: NodeID(9), facts: ImportedNode(option: option("d"))), "there is no node 9"),
    (
      .imported(node: NodeID(4), parent: .root, facts: ImportedNode(option: option("d"), meanValue: 0.5)),
      "needs visits"
    ),
    (
      .imported(node: NodeID(4), parent: .root, facts: ImportedNode(option: option("d"), reward: 1.5)), "outside [0, 1]"
    ),
    (
      .imported(node: NodeID(4), parent: .root, facts: ImportedNode(option: option("d"), prior: .nan)), "outside [0, 1]"
    ),
    (.imported(node: NodeID(4), parent: .root, facts: ImportedNode(option: option("d"), visits: -1)), "cannot be"),
    (.intervened(.prune(node: NodeID(1))), "was imported and stays as it was"),
  ]) func whatCannotBeIsRefusedWhole(event: SearchEvent, words: String) throws {
    var tree = try SearchTree(header: self.tree().header, events: Self.events.dropLast())
    let before = tree
    let error = #expect(throws: ReplayError.self) { try tree.apply(event) }
    #expect(error?.problem.contains(words) == true, "\(String(describing: error))")
    #expect(tree.differences(from: before).isEmpty)
  }

  /// Only a tree that is nothing but imported so far grows by it.
  @Test func aSearchedTreeTakesNoNodeOfAFile() throws {
    var tree = try tree()
    let next = SearchEvent.imported(node: NodeID(4), parent: .root, facts: ImportedNode(option: Self.option("d")))
    #expect(throws: ReplayError.self) { try tree.apply(next) }
    tree = SearchTree(header: tree.header)
    #expect(throws: ReplayError.self) { try tree.apply(next) }
  }

  @Test func historyBeginsNothing() throws {
    var search = Search(tree: try tree())
    #expect(search.ask(upTo: 100).isEmpty && search.takeEvents().isEmpty)
  }

  @Test func parametersOfAForkLeaveWhatTheFileSays() throws {
    var search = Search(tree: try tree(forked: true))
    #expect(!search.tree.isHistory && search.tree.stopReason == nil)
    let sums = search.tree.nodes.map(\.valueSum)
    for (id, value) in [("search.workers", ParameterValue.integer(4)), ("search.workers", .integer(1))] {
      try search.intervene(.set(parameter: id, value: value))
      #expect(search.tree.nodes.map(\.valueSum) == sums, "\(id) \(value)")
    }
  }

  @Test func anOverrideInAForkIsTakenBackWhole() throws {
    var search = Search(tree: try tree(forked: true))
    let before = search.tree.nodes.map(\.valueSum)
    try search.intervene(.override(node: NodeID(2), critic: "value", score: 1))
    #expect(search.tree.score("value", of: NodeID(2)) == 1)
    _ = search.undo()
    #expect(search.tree.nodes.map(\.valueSum) == before)
    #expect(search.tree[NodeID(2)].reward == nil, "nobody has judged it, and nobody's number is put in")
  }
}
