import Testing

@testable import TreeSearch

struct FixedWidthTests {
  @Test func theSameEverywhere() throws {
    var parameters = SearchParameters()
    try parameters.set("width.rule", to: "fixed")
    try parameters.set("width.fixed", to: "4")
    let rule = WidthRule(parameters)
    for depth in [0, 1, 9] {
      let allowance = rule.allowance(WidthInput(importance: 1, depth: depth, value: 0, visits: 0))
      #expect(allowance.children == 4)
      #expect(allowance.decidedBy == "fixed")
    }
  }
}
