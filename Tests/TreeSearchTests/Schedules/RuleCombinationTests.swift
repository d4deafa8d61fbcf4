import Testing
import TreeSearchTesting

@testable import TreeSearch

/// A random schedule under every combination of rules. A failure names the combination, which is its seed, too.
struct RuleCombinationTests {
  /// So many groups, so that the combinations share the processors.
  private static let groups = 48

  @Test(arguments: 0..<groups)
  func invariantsHoldUnderEveryCombinationOfRules(_ group: Int) throws {
    var simulations: [Int] = []
    for number in stride(from: group, to: RuleCombinations.count, by: Self.groups) {
      let rules = RuleCombinations.settings(number)
      // Beam and depth-first search read no selection scores, and none depends on when two options are alike: there two of the rules
      // stand for all.
      let isSpecial = rules["search.traversal"] == "tree" && rules["merge.predicate"] == "edit"
      if !isSpecial, !["uct", "puct"].contains(rules["selection.rule"]) { continue }
      var session = try RandomSession(seed: UInt64(number), rules: rules)
      for _ in 0..<4 {
        session.advance(2)
        for _ in 0..<4 { _ = session.step() }
        let broken = Invariants.check(session.tree)
        try #require(broken.isEmpty, "combination \(number), \(rules): \(broken)")
      }
      let isDone = session.finish()
      try #require(isDone, "combination \(number), \(rules) does not come to an end")
      let broken = Invariants.check(session.tree)
      try #require(broken.isEmpty, "combination \(number), \(rules), at the end: \(broken)")
      let replayed = try SearchTree(header: session.tree.header, events: session.driver.journal)
      let differences = replayed.differences(from: session.tree)
      try #require(differences.isEmpty, "combination \(number), \(rules): the journal makes another tree")
      simulations.append(session.tree.simulations)
    }
    // Schedules in which little happens would prove little.
    #expect(simulations.reduce(0, +) > 5 * simulations.count)
  }

  @Test func theCombinationsAreAllOfThem() {
    // 3 traversals · 5 selections · 2 first plays · 5 widths · 3 merges · 5 predicates · 3 backups · 2 · 2 · 2
    #expect(RuleCombinations.count == 54_000)
    #expect(Set((0..<RuleCombinations.count).map { RuleCombinations.settings($0) }).count == RuleCombinations.count)
  }
}
