import Testing
import TreeSearchTesting

@testable import TreeSearch

/// PUCT of TS-LLM's code: Q + P·(√N/(1+n))·[ln((N + c_base + 1)/c_base) + c_init] + prm·PRM.
struct PUCTTests {
  private func terms(
    _ changes: [String: String], _ child: SelectionInput, parentVisits: Int
  ) throws -> SelectionTerms {
    var parameters = SearchParameters()
    try parameters.set("selection.rule", to: "puct")
    for (id, text) in changes { try parameters.set(id, to: text) }
    return SelectionRule(parameters).terms(child, parentVisits: parentVisits)
  }

  @Test func withTheConstantsOfItsClass() throws {
    // Q = 1.5/3; √16/(1+3) = 1; ln((16 + 19652 + 1)/19652) = 0.0008646779613538; + 1.25, times P = 1/4.
    let terms = try terms([:], SelectionInput(valueSum: 1.5, visits: 3, prior: 0.25), parentVisits: 16)
    #expect(terms.exploitation == 0.5)
    #expect(abs(terms.exploration - 0.3127161694903384) < 1e-12)
    #expect(terms.process == 0)
    #expect(terms.prior == 0.25)
  }

  @Test func theBaseActsOnceVisitsAreAsMany() throws {
    // √9/(1+2) = 1; ln((9 + 1 + 1)/1) = 2.3978952727983707; + 0.5, times P = 1/2.
    let terms = try terms(
      ["selection.puct.base": "1", "selection.puct.initial": "0.5"],
      SelectionInput(valueSum: 1, visits: 2, prior: 0.5), parentVisits: 9)
    #expect(abs(terms.exploration - 1.4489476363991853) < 1e-12)
  }

  @Test func theProcessScoreIsAddedWithItsWeight() throws {
    // TS-LLM's prm_factor 0.5 on a PRM of 0.8; a child without a PRM score gets nothing.
    let weighted = ["selection.puct.prm": "0.5"]
    let scored = SelectionInput(valueSum: 1, visits: 2, prior: 0.5, process: 0.8)
    #expect(try terms(weighted, scored, parentVisits: 4).process == 0.4)
    let silent = SelectionInput(valueSum: 1, visits: 2, prior: 0.5)
    #expect(try terms(weighted, silent, parentVisits: 4).process == 0)
    let all = try terms(weighted, scored, parentVisits: 4)
    #expect(all.total == all.exploitation + all.exploration + 0.4)
  }

  /// Children a and b of the root with mean log-probabilities −1 and −2.
  private func siblings() throws -> Driver {
    let script = Script(draws: ["": ["a\n", "b\n"]], scores: ["value": ["": 0.5, "a\n": 0.5, "b\n": 0.5]])
    script.logProbabilities = ["a\n": [-0.5, -1.5], "b\n": [-2]]
    let changes = [
      "selection.rule": "puct", "width.root.minimum": "2", "width.root.maximum": "2", "rollout.count": "0",
    ]
    var driver = Driver(try header(changes), answer: script.answer)
    driver.run(to: 2)
    return driver
  }

  @Test func thePriorIsNormalisedOverTheSiblings() throws {
    var driver = try siblings()
    // P(a) = e⁻¹/(e⁻¹ + e⁻²) = 1/(1 + e⁻¹), P(b) = 1 − P(a); weights are kept as 32-bit numbers.
    let (a, b) = (driver.search.terms(of: NodeID(1))?.prior, driver.search.terms(of: NodeID(2))?.prior)
    #expect(abs((a ?? 0) - 0.7310585786300049) < 1e-6)
    #expect(abs((b ?? 0) - 0.2689414213699951) < 1e-6)
    // Equal Q and n: the likelier option is entered, and widened.
    driver.run(to: 3)
    #expect(driver.tree.lastSelected == NodeID(1))
  }

  @Test func aPrunedSiblingLeavesItsShareToTheOthers() throws {
    var driver = try siblings()
    try driver.act(.prune(node: NodeID(1)))
    #expect(driver.search.terms(of: NodeID(1)) == nil)
    #expect(driver.search.terms(of: NodeID(2))?.prior == 1)
  }

  @Test func optionsWithoutLogProbabilitiesShareAlike() throws {
    let script = Script(draws: ["": ["a\n", "b\n"]], scores: ["value": ["": 0.5, "a\n": 0.5, "b\n": 0.5]])
    var driver = Driver(
      try header(["selection.rule": "puct", "width.root.minimum": "2", "rollout.count": "0"]), answer: script.answer)
    driver.run(to: 2)
    #expect(driver.search.terms(of: NodeID(2))?.prior == 0.5)
  }
}
