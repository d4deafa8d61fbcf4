import Testing
import TreeSearch
import Vocabulary

@testable import TreeInsight

/// Rules over finished trajectories: the filter's words for the end, and those of the trajectory as a whole.
struct TrajectoryRuleTests {
  /// The two finished trajectories of the filter's tree: 0 ─ 1 (contradicted) ─ 2 "#### 25", and ─ 4 "#### 7".
  private func facts(at node: Int) throws -> (facts: TrajectoryFacts, tree: SearchTree) {
    let tree = try NodeFilterTests.tree()
    let all = tree.candidates()
    let own = try #require(all.first { $0.node == NodeID(node) })
    return (TrajectoryFacts(of: own, in: tree, among: all, finals: tree.finalAnswers()), tree)
  }

  @Test func factsAreThoseOfTheTree() throws {
    let (facts, _) = try facts(at: 2)
    #expect(facts.steps == 2)
    #expect(facts.share == 0.5, "one of two finished trajectories states 25")
    #expect(facts.weakest == 0.5, "PRM .75 at the first step, .5 at the second")
    #expect(facts.isContradicted, "the calculator objects to the first step")
    #expect(facts.agree + (try self.facts(at: 4).facts.agree) == FinalSelection.paper.count)
  }

  @Test(arguments: [
    ("share=0.5", true), ("share>0.5", false), ("steps=2", true), ("steps>=3 or weakest>=0.5", true),
    ("weakest>0.5", false), ("contradicted", true), ("not contradicted", false), ("correct share>=0.5", true),
    ("wrong", false), ("answer=25", true), ("depth=2 (score>=0 steps<3)", true), ("q>=0.75", true),
  ])
  func rulesAreAskedOfBoth(_ source: String, _ holds: Bool) throws {
    let (facts, tree) = try facts(at: 2)
    #expect(try TrajectoryRule(source).matches(facts, endingAt: NodeID(2), in: tree) == holds)
  }

  @Test func scoreAndAgreementAreCompared() throws {
    var (facts, tree) = try facts(at: 2)
    (facts.score, facts.agree, facts.weakest) = (0.85, 4, nil)
    func holds(_ source: String) throws -> Bool {
      try TrajectoryRule(source).matches(facts, endingAt: NodeID(2), in: tree)
    }
    #expect(try holds("score>=0.8 agree>=4"))
    #expect(try !holds("score>=0.9 agree>=4"))
    #expect(try !holds("agree>=5"))
    #expect(try !holds("weakest>=0"), "what no PRM judged is not above anything")
    facts.isContradicted = false
    #expect(try holds("not contradicted"), "a trajectory's facts say what was found on its whole path")
  }

  @Test(arguments: [
    ("scor>=0.8", "column 1: unknown field 'scor': did you mean 'score'?"),
    ("score", "score: expected"), ("score>=x", "score: expected a number, found"),
    ("", "expected terms such as score>=0.8, agree>=4 or not contradicted"),
  ])
  func errorsNameTheirPlace(_ source: String, _ expected: String) {
    let error = #expect(throws: FilterError.self) { try TrajectoryRule(source) }
    #expect(error.map { "\($0)".contains(expected) } == true, "\(error.map { "\($0)" } ?? "")")
  }

  @Test func aFiltersWordsAreNotARules() throws {
    #expect(throws: FilterError.self) { try NodeFilter("agree>=4") }
    #expect(throws: FilterError.self) { try Breakpoint("score>=0.5") }
  }
}
