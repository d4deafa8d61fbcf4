import Canvas
import Testing
import TreeInsight
import TreeSearch

@testable import Explorer

@Suite("A person lays another tree over the one on the screen")
struct LayingOverTests {
  /// The person's run, and the tree of another with fewer first steps, in which the chosen one is pruned.
  private func searched(_ size: Size = Size(columns: 100, rows: 30)) throws -> (person: FakeDriver, trees: LaidTrees) {
    let person = FakeDriver.searched(size: size)
    var other = FakeDriver.searched(12, branches: 2)
    let chosen = try #require(other.tree.finalAnswers()[.rerank])
    try other.search.intervene(.prune(node: other.tree.path(to: chosen.node)[1]))
    return (person, LaidTrees(person.tree, named: "run-1", other.search.tree, named: "run-2"))
  }

  @Test("& asks for the other runs: none, one and several")
  func choosing() throws {
    var (person, _) = try searched()
    person.press("&")
    #expect(person.takeEffects() == [.run(.findRunsToLayOver)])
    person.act(.runsToLayOver([]))
    #expect(person.state.message?.text.contains("has no other run") == true)
    person.act(.runsToLayOver([RunChoice(id: "r1", words: "3 sims")]))
    #expect(person.takeEffects() == [.run(.layOver("r1"))])
    person.act(.runsToLayOver([RunChoice(id: "r1", words: "3 sims"), RunChoice(id: "r2", words: "9 sims")]))
    person.press("b")
    #expect(person.takeEffects() == [.run(.layOver("r2"))] && person.state.overlay == nil)
  }

  @Test("Every node of both trees is in one row, or in the branch that a row begins")
  func rows() throws {
    let (person, trees) = try searched()
    let alignment = trees.rows.filter { $0.likeness != nil }
    #expect(alignment.count == trees.difference.aligned.values.reduce(1, +))
    #expect(trees.rows.first?.a == .root && trees.rows.first?.b == .root)
    let ours = trees.rows.compactMap(\.a)
    #expect(Set(ours).count == ours.count && ours.allSatisfy { person.tree.holds($0) })
    // Parents stand before their children.
    for (index, node) in ours.enumerated().dropFirst() {
      #expect(ours[..<index].contains(person.tree[node].parent))
    }
    let part = try #require(trees.difference.divergence)
    let parting = try #require(trees.parting)
    #expect(trees.rows[parting].a == part.a && trees.rows[parting].events.first == "here they part")
  }

  @Test("It opens where the trajectories part, typing narrows it, Enter goes to the step")
  func looking() throws {
    var (person, trees) = try searched()
    person.act(.laidOver(trees))
    let overlay = try #require(person.state.overlay as? TreesOverlay)
    #expect(overlay.list.cursor == trees.parting)
    try Golden.check(person.screen(), "popup-trees-100x30", #_sourceLocation)
    try Golden.check(person.screen(Size(columns: 60, rows: 16)), "popup-trees-60x16", #_sourceLocation)
    person.press("text:only_a")
    let only = trees.rows.filter { $0.place == "only a" }
    #expect(!only.isEmpty && person.state.overlay is TreesOverlay)
    person.press("Enter")
    #expect(person.state.overlay == nil && person.cursor == only.first?.a)
  }

  @Test("A step that only the other tree has cannot be gone to, and says so")
  func elsewhere() throws {
    var person = FakeDriver(header: FakeDriver.header(changing: ["width.root.minimum": "2"]))
    person.press("s", times: 3)
    var other = FakeDriver(header: FakeDriver.header(changing: ["width.root.minimum": "3"]))
    other.press("s", times: 30)
    let trees = LaidTrees(person.tree, named: "run-1", other.tree, named: "run-2")
    #expect(trees.rows.contains { $0.place == "only b" })
    person.act(.laidOver(trees))
    person.press("text:only_b Enter")
    #expect(person.state.message?.text == "the run on the screen has no such step; run-2 has")
  }

  @Test("A tree laid over itself parts nowhere, and every row says in both")
  func itself() throws {
    let (person, _) = try searched()
    let trees = LaidTrees(person.tree, named: "run-1", person.tree, named: "run-1")
    #expect(trees.parting == nil && trees.rows.allSatisfy { $0.place == "in both" && $0.events.isEmpty })
    #expect(trees.sentences(matching: "").first == "Two trees: run-1, run-1.")
    #expect(trees.sentences(matching: "no such words").count == 3, "the names and what holds for the whole")
  }
}
