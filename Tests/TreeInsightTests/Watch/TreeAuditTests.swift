import Testing
import TreeSearchTesting

@testable import TreeInsight
@testable import TreeSearch

/// What must hold of a tree holds after every event, under every backup rule.
struct TreeAuditTests {
  @Test(arguments: BackupRule.names)
  func nothingIsFoundInAWholeTree(_ rule: String) throws {
    for seed in 0..<25 as Range<UInt64> {
      var session = try RandomSession(seed: seed, rules: ["backup.rule": rule])
      for step in 0..<120 {
        _ = session.step()
        #expect(TreeAudit.findings(session.tree) == [], "seed \(seed), step \(step)")
      }
    }
  }

  /// Sums that were made under one rule are not those of another.
  @Test func sumsOfAnotherRuleAreFound() throws {
    var session = try RandomSession(seed: 3, interventions: false, rules: ["backup.rule": "discounted"])
    while session.tree.simulations < 12 { _ = session.step() }
    var tree = session.tree
    #expect(TreeAudit.findings(tree) == [])
    try tree.parameters.set(SearchParameters.backupRule, to: "mean")
    #expect(TreeAudit.findings(tree).contains { $0.hasPrefix("node 0: its value sum") })
  }
}
