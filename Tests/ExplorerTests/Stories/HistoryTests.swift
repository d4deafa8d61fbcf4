import Canvas
import Testing
import TreeInsight
import TreeSearch
import Vocabulary

@testable import Explorer

/// An imported tree on the screen: read like any other, changed by nothing.
@Suite("Imported trees")
struct HistoryTests {
  private func tree() throws -> SearchTree {
    let header = RunHeader(
      problem: Problem(id: "p", question: "What is 2 + 3?"), seed: 0,
      critics: [CriticWeight(name: "value", weight: 1, scope: .everyNode)])
    func option(_ text: String) -> SearchOption { SearchOption(bytes: Array(text.utf8), termination: .newline) }
    let facts = [
      ImportedNode(option: option("2 + 3 = 5\n"), visits: 3, meanValue: 0.75, reward: 0.5),
      ImportedNode(
        option: option("2 + 3 = 6\n"), scores: [CriticScore(critic: "value", score: 0.25)], terminal: .answer,
        answer: "6"),
    ]
    var tree = SearchTree(header: header)
    let root = ImportedNode(option: nil, visits: 3, meanValue: 0.5, origin: ImportOrigin(format: "openr"))
    try tree.apply(.imported(node: .root, parent: .none, facts: root))
    for (index, facts) in facts.enumerated() {
      try tree.apply(.imported(node: NodeID(index + 1), parent: .root, facts: facts))
    }
    try tree.apply(.stopped(reason: .imported))
    return tree
  }

  private func opened() throws -> FakeDriver {
    var person = FakeDriver()
    person.act(.opened(OpenRun(id: "r", tree: try tree(), status: .done(.imported))))
    return person
  }

  @Test("Nothing that would change it is done, and the reason is told")
  func nothingChangesIt() throws {
    var person = try opened()
    person.press("j")
    let words = StopReason.imported.words
    #expect(words == "an imported tree is history; F forks it")
    let state = person.state
    for reason in [
      state.reasonNotToStep, state.reasonNotToRun, state.reasonNotToGrow, state.reasonNotToSplit, state.reasonNotToJoin,
      state.reasonNotToOverride, state.reasonNotToRollOut,
    ] { #expect(reason == words) }
    let before = person.search.tree.eventCount
    for key in ["s", "S", "r", "e", "i", "x", "v", "f"] { person.press(key) }
    #expect(person.search.tree.eventCount == before, "nothing was asked of the search")
  }

  @Test("N that the file does not say is no 0")
  func unknownVisits() throws {
    let run = OpenRun(id: "r", tree: try tree(), status: .done(.imported))
    #expect(run.tree[NodeID(1)].knownVisits == 3 && run.tree[NodeID(2)].knownVisits == nil)
    var person = try opened()
    person.press("j j")
    #expect(person.state.plainPlace.joined().contains("visits not known"), "\(person.state.plainPlace)")
  }
}
