import Testing
import TreeSearch
import TreeSearchTesting

@testable import TreeInsight

/// Which node of one tree is which of another.
struct TreeAlignmentTests {
  private func roots(_ a: [String], _ b: [String], _ changes: [String: String] = [:]) throws -> TreeAlignment {
    let (left, right) = (
      try Small.tree(["": a], simulations: a.count, changes), try Small.tree(["": b], simulations: b.count)
    )
    return TreeAlignment(left, right)
  }

  @Test func textComesBeforeEquationAndEquationBeforeNearness() throws {
    let found = try roots(
      ["30 + 5 = 35\n", "She has 4 red apples in her bag.\n", "only here\n"],
      ["She has 4 red apples in her bags.\n", "5+30=35\n", "30 + 5 = 35  \n"])
    // 30 + 5 goes with its own text, though the other spelling is older; the sentence's one new letter is less than a tenth.
    #expect(
      found.pairs == [
        .init(a: .root, b: .root, by: .text), .init(a: NodeID(1), b: NodeID(3), by: .text),
        .init(a: NodeID(2), b: NodeID(1), by: .near),
      ])
    #expect(found.branchesOfA == [NodeID(3)] && found.branchesOfB == [NodeID(2)])
    #expect(found.inB(NodeID(2)) == NodeID(1) && found.inA(NodeID(1)) == NodeID(2))
    #expect(found.inB(NodeID(3)) == nil && found.inA(NodeID(2)) == nil)
    #expect(try roots(["30 + 5 = 35\n"], ["5+30=$35\n"]).pairs.last?.by == .line)
  }

  /// Nine tenths of the characters are the same, and the statement is another.
  @Test(arguments: [
    ("30 + 5 = 35\n", "30 + 5 = 36\n"), ("3000 + 5000 = 8000\n", "3000 - 5000 = 8000\n"),
    ("Together they have 1.5 litres of it\n", "Together they have 15 litres of it\n"),
    ("the pair is written as 12 3 by them\n", "the pair is written as 1 23 by them\n"),
    ("She has apples\n", "He has no pears\n"),
  ])
  func otherNumbersAreOtherSteps(_ a: String, _ b: String) throws {
    #expect(try roots([a], [b]).pairs.count == 1)
  }

  /// Other scripts, and a sentence's end, are words too.
  @Test(arguments: [
    ("Она купила 3 яблока и пошла домой.\n", "Она купила 3 яблока, и пошла домой\n"),
    ("Together they have 1.5 litres of it\n", "Together they had 1.5 litres of it.\n"),
  ])
  func nearWordsAreOneStep(_ a: String, _ b: String) throws {
    #expect(try roots([a], [b]).pairs.count == 2)
  }

  /// Below a step that the other tree has not, nothing has a partner, whatever it says.
  @Test func aNodeStandsForItsWholeWay() throws {
    let a = try Small.tree(["": ["one\n"], "one\n": ["#### 1\n"]], simulations: 2)
    let b = try Small.tree(["": ["another\n"], "another\n": ["#### 1\n"]], simulations: 2)
    let found = TreeAlignment(a, b)
    #expect(found.pairs.count == 1 && found.branchesOfA == [NodeID(1)] && found.branchesOfB == [NodeID(1)])
  }

  /// A draw that joined a group is one that the node stands for.
  @Test func aMemberOfAGroupIsFound() throws {
    let merging = ["merge.rule": "merge", "merge.distance": "4", "width.root.minimum": "1", "width.root.maximum": "1"]
    var driver = Driver(
      try header(["rollout.count": "0"].merging(merging) { $1 }),
      answer: Script(draws: ["": ["x is 1\n"]]).answer)
    driver.run(to: 1)
    var wide = Driver(
      try header([
        "rollout.count": "0", "merge.rule": "merge", "merge.distance": "5", "width.root.minimum": "2",
        "width.root.maximum": "2",
      ]), answer: Script(draws: ["": ["y is 1\n", "x is 1\n", "x is 1\n"]]).answer)
    wide.run(to: 2)
    #expect(wide.tree.details[1].members.first?.option.text == "x is 1\n")
    #expect(TreeAlignment(driver.tree, wide.tree).pairs.last == .init(a: NodeID(1), b: NodeID(1), by: .group))
  }

  /// Any trees: each node has one partner at most, its parent's partner is the partner's parent, and the order of the two
  /// trees says nothing.
  @Test(arguments: [UInt64](0..<40))
  func anyTwoTreesAreLaidOverEachOtherBothWays(_ seed: UInt64) throws {
    func tree(_ seed: UInt64) throws -> SearchTree {
      var session = try RandomSession(seed: seed)
      for _ in 0..<80 { _ = session.step() }
      return session.tree
    }
    let (a, b) = (try tree(seed), try tree(seed + 1_000))
    let (there, back) = (TreeAlignment(a, b), TreeAlignment(b, a))
    #expect(Set(there.pairs) == Set(back.pairs.map { .init(a: $0.b, b: $0.a, by: $0.by) }), "seed \(seed)")
    #expect(Set(there.branchesOfA) == Set(back.branchesOfB) && Set(there.branchesOfB) == Set(back.branchesOfA))
    for pair in there.pairs.dropFirst() { #expect(there.inB(a[pair.a].parent) == b[pair.b].parent, "seed \(seed)") }
    let itself = TreeAlignment(a, a)
    #expect(itself.pairs.allSatisfy { $0.a == $0.b && $0.by == .text } && itself.branchesOfA.isEmpty, "seed \(seed)")
  }
}
