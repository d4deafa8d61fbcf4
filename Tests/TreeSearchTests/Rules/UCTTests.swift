import Testing

@testable import TreeSearch

struct UCTTests {
  @Test func termsOfOneChild() throws {
    // Q = 3/4; √(ln 10 / 4) = 0.7587135646925732
    let terms = SelectionRule.uct(UCT(SearchParameters())).terms(
      SelectionInput(valueSum: 3, visits: 4), parentVisits: 10)
    #expect(terms.exploitation == 0.75)
    #expect(abs(terms.exploration - 0.7587135646925732) < 1e-12)
    #expect(abs(terms.total - (0.75 + 0.7587135646925732)) < 1e-12)
  }

  @Test func theFactorTwoStandsUnderTheRoot() throws {
    var parameters = SearchParameters()
    try parameters.set("selection.factorTwo", to: "true")
    let terms = SelectionRule.uct(UCT(parameters)).terms(SelectionInput(valueSum: 3, visits: 4), parentVisits: 10)
    #expect(abs(terms.exploration - 1.0729830131446736) < 1e-12)
  }

  @Test func theConstantScalesTheBonusOnly() throws {
    var parameters = SearchParameters()
    try parameters.set("selection.exploration", to: "1.5")
    let terms = SelectionRule.uct(UCT(parameters)).terms(SelectionInput(valueSum: 1.75, visits: 7), parentVisits: 100)
    #expect(terms.exploitation == 0.25)
    #expect(abs(terms.exploration - 1.216648377333238) < 1e-12)
  }

  @Test func aParentWithOneVisitGivesNoBonus() {
    #expect(
      SelectionRule.uct(UCT(SearchParameters())).terms(SelectionInput(valueSum: 0.5, visits: 1), parentVisits: 1)
        .exploration == 0)
    #expect(
      SelectionRule.uct(UCT(SearchParameters())).terms(SelectionInput(valueSum: 0.5, visits: 1), parentVisits: 0)
        .exploration == 0)
  }
}
