import Testing
import TreeInsight

@Suite("How far a rule is from deciding otherwise")
struct TrajectoryMarginTests {
  private static let facts = TrajectoryFacts(
    score: 0.75, agree: 4, share: 0.5, steps: 7, weakest: 0.25, isContradicted: false)

  @Test(
    "By hand, for score 0.75, 4 of 5, share 0.5, 7 steps, weakest 0.25",
    arguments: [
      ("score>=0.5", 0.25), ("score>=1", 0.25), ("score<0.5", 0.25), ("score=0.75", 0), ("score!=0.5", 0.25),
      // Selections count a fifth each, steps a tenth.
      ("agree>=3", 0.2), ("steps<=12", 0.5),
      // Both hold: the nearer one turns it. One fails: only that one can turn it.
      ("score>=0.5 share>=0.4375", 0.0625), ("score>=1 share>=0.4375", 0.25),
      // Both fail: the farther one is what keeps it from holding.
      ("score>=1 share>=1", 0.5), ("score>=1 or share>=1", 0.25), ("not (score>=0.5)", 0.25),
      // A tool's word is no number, and holds here; what only a tree could say is left out of account.
      ("score>=0.5 not contradicted", 0.25), ("score>=0.5 prm>0.9", 0.25),
    ])
  func margins(rule: String, margin: Double) throws {
    #expect(try TrajectoryRule(rule).margin(of: Self.facts) == margin)
  }

  @Test("No number decides: there is none", arguments: ["not contradicted", "contradicted score>=0.5", "prm>0.9"])
  func none(rule: String) throws {
    #expect(try TrajectoryRule(rule).margin(of: Self.facts) == nil)
  }

  @Test("A number that is not known decides by not being there")
  func unknown() throws {
    let facts = TrajectoryFacts(score: 1, agree: 5, share: 1, steps: 1, weakest: nil, isContradicted: false)
    #expect(try TrajectoryRule("weakest>0.5 score>=0.5").margin(of: facts) == nil)
    #expect(try TrajectoryRule("weakest>0.5 or score>=0.5").margin(of: facts) == 0.5)
  }
}
