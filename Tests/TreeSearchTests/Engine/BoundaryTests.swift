import Testing
import TreeSearchTesting

@testable import TreeSearch

/// A person moves the end of an option: splits it, or joins it with the next.
@Suite("Ends of options, moved by a person")
struct BoundaryTests {
  private let scores = [
    "": 0.5, "a b\n": 0.8, "c\n": 0.6, "d\n": 0.2, "a": 0.4, " b\n": 0.9, "a b\nc\n": 0.7, "a b\nd\n": 0.3,
  ]

  /// Root, "a b" (node 1), and below it "c" (2) and "d" (3): N of the root 3, W .8 + .6 + .2.
  private func driver() throws -> Driver {
    let script = Script(scores: ["value": scores])
    var driver = Driver(try header(["rollout.count": "0"]), answer: script.answer)
    driver.run(to: 0)
    for (node, text) in [(0, "a b\n"), (1, "c\n"), (1, "d\n")] {
      var option = SearchOption(text, .person)
      if text == "a b\n" { (option.tokens, option.logProbabilities) = ([7, 8, 9], [-0.1, -2, -0.2]) }
      if text == "c\n" { (option.tokens, option.logProbabilities) = ([5], [-0.3]) }
      try driver.act(.insert(node: NodeID(node), option: option))
    }
    #expect(abs(driver.tree[.root].valueSum - 1.6) < 1e-12)
    return driver
  }

  private func cut(_ first: String, _ second: String, of node: Int) -> Intervention {
    .split(node: NodeID(node), first: SearchOption(first, .cut), second: SearchOption(second, .person))
  }

  private func asked(_ events: [SearchEvent]) -> [NodeID] {
    events.compactMap { if case .asked(let request) = $0 { request.node } else { nil } }
  }

  @Test("A split makes two steps of one; only they are judged again, and what follows keeps its numbers")
  func split() throws {
    var driver = try driver()
    let before = driver.journal.count
    try driver.act(cut("a", " b\n", of: 1))
    let tree = driver.tree
    // Nodes 4 "a", 5 " b", 6 "c", 7 "d" stand for 1 to 3.
    #expect((4...7).map { tree.text(NodeID($0)) } == ["a", " b\n", "c\n", "d\n"])
    #expect((4...7).map { tree[NodeID($0)].parent } == [.root, NodeID(4), NodeID(5), NodeID(5)])
    #expect(asked(Array(driver.journal[before...])) == [NodeID(4), NodeID(5)])
    #expect((4...7).map { tree[NodeID($0)].reward } == [0.4, 0.9, 0.6, 0.2])
    #expect((4...7).map { tree[NodeID($0)].visits } == [3, 3, 1, 1])
    // The second part is backed up with its new .9; nothing is from the cut itself.
    for (node, sum) in [(0, 1.7), (4, 1.7), (5, 1.7), (6, 0.6), (7, 0.2)] {
      #expect(abs(tree[NodeID(node)].valueSum - sum) < 1e-12, "node \(node)")
    }
    #expect(tree.simulations == 3 && tree.hiddenNodes == 3)
    #expect(
      tree.interventions.last?.copies == [1: 5, 2: 6, 3: 7].reduce(into: [:]) { $0[NodeID($1.0)] = NodeID($1.1) })
    #expect(Invariants.check(tree).isEmpty)
    #expect(try SearchTree(header: tree.header, events: driver.journal) == tree)
  }

  @Test("A join makes one step of two; another step after the first stays where it was")
  func join() throws {
    var driver = try driver()
    try driver.act(.join(node: NodeID(2)))
    #expect(driver.tree.text(NodeID(4)) == "a b\nc\n" && driver.tree[NodeID(4)].parent == .root)
    #expect(driver.tree.details[4].option?.tokens == [7, 8, 9, 5])
    #expect(driver.tree.details[4].option?.logProbabilities == [-0.1, -2, -0.2, -0.3])
    // W: .7 at the joined step, .8 + .2 at the one that stays.
    #expect([0, 1, 4].map { driver.tree[NodeID($0)].visits } == [3, 2, 1])
    #expect(abs(driver.tree[.root].valueSum - 1.7) < 1e-12)
    #expect(Invariants.check(driver.tree).isEmpty)
    // Nothing follows "a b" any more: it goes, and its own backup with it.
    try driver.act(.join(node: NodeID(3)))
    #expect(Array(driver.tree.children(of: .root)) == [NodeID(4), NodeID(5)])
    #expect(driver.tree.details[5].option?.tokens == [], "the tokens of d are not known")
    #expect(driver.tree[.root].visits == 2 && abs(driver.tree[.root].valueSum - 1) < 1e-12)
    #expect(Invariants.check(driver.tree).isEmpty)
    #expect(try SearchTree(header: driver.tree.header, events: driver.journal) == driver.tree)
  }

  @Test("Both are taken back and done again, with what grew meanwhile")
  func undo() throws {
    var driver = try driver()
    for act in [cut("a", " b\n", of: 1), .join(node: NodeID(2)), .join(node: NodeID(3))] {
      let before = driver.tree.picture
      try driver.act(act)
      let after = driver.tree.picture
      try driver.undo()
      #expect(driver.tree.picture == before, "\(act)")
      try driver.redo()
      driver.run(to: 0)
      #expect(driver.tree.picture == after, "\(act)")
      try driver.undo()
      #expect(Invariants.check(driver.tree).isEmpty)
    }
    try driver.act(cut("a", " b\n", of: 1))
    let head = try #require(Array(driver.tree.children(of: .root)).last)
    try driver.act(.insert(node: head, option: SearchOption("z\n", .person)))
    try driver.undo()
    try driver.undo()
    #expect(Array(driver.tree.children(of: .root)) == [NodeID(1)])
  }

  @Test("Parts that were split join to what they were, with their tokens")
  func roundTrip() throws {
    var driver = try driver()
    let whole = try #require(driver.tree.details[1].option)
    var (first, second) = (SearchOption("a", .cut), SearchOption(" b\n", .person))
    (first.tokens, first.logProbabilities) = ([7, 8], [-0.1, -2])
    (second.tokens, second.logProbabilities) = ([9], [-0.2])
    try driver.act(.split(node: NodeID(1), first: first, second: second))
    try driver.act(.join(node: NodeID(5)))
    #expect(driver.tree.details[8].option == whole)
    #expect(abs(driver.tree[.root].valueSum - 1.6) < 1e-12 && driver.tree[.root].visits == 3)
  }

  @Test(
    "What makes no sense is refused in words",
    arguments: [
      (0, "the ", "question", "the question is no step: it cannot be split"),
      (1, "", "a b\n", "expected some text on both sides of the cut"),
      (1, "a", "b\n", "the two parts are not the text of node 1"),
      (9, "a", " b\n", "there is no node 9"),
    ])
  func refusals(_ node: Int, _ first: String, _ second: String, _ words: String) throws {
    var driver = try driver()
    #expect(throws: InterventionError(description: words)) {
      try driver.search.intervene(cut(first, second, of: node))
    }
  }

  @Test("Nothing is joined with the question, nor in a branch that is closed")
  func refusedJoins() throws {
    var driver = try driver()
    #expect(throws: InterventionError(description: "node 1 has no step before it to be joined with")) {
      try driver.search.intervene(.join(node: NodeID(1)))
    }
    try driver.act(.prune(node: NodeID(1)))
    #expect(throws: InterventionError(description: "node 2 lies in a pruned branch")) {
      try driver.search.intervene(.join(node: NodeID(2)))
    }
    var foreign = SearchOption("a", .cut)
    foreign.tokens = [1]
    try driver.act(.restore(node: NodeID(1)))
    #expect(throws: InterventionError(description: "the two parts are not the tokens of node 1")) {
      try driver.search.intervene(
        .split(node: NodeID(1), first: foreign, second: SearchOption(" b\n", .person)))
    }
  }

  @Test("A cut whose critics fail stays, with the numbers there were")
  func failing() throws {
    var driver = try driver()
    try driver.search.intervene(cut("a", " b\n", of: 1))
    for request in driver.search.ask(upTo: 3) { driver.search.fail(request.id, "out of memory") }
    while case let requests = driver.search.ask(upTo: 3), !requests.isEmpty {
      for request in requests { driver.search.fail(request.id, "out of memory") }
    }
    #expect(driver.tree.isVisible(NodeID(4)) && driver.tree[NodeID(5)].reward == 0.8)
    #expect(Invariants.check(driver.tree).isEmpty)
  }
}
