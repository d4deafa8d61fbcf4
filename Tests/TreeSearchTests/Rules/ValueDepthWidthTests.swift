import Testing
import TreeSearchTesting

@testable import TreeSearch

/// LiteSearch: min(⌈ln(1−ε) / (d·ln(1−v))⌉, B), where d counts from 1 at the root.
struct ValueDepthWidthTests {
  private func rule(_ changes: [String: String] = [:]) throws -> ValueDepthWidth {
    var parameters = SearchParameters()
    for (id, text) in changes { try parameters.set(id, to: text) }
    return ValueDepthWidth(parameters)
  }

  @Test func moreWhereTheValueIsLowAndTheDepthSmall() throws {
    // ε = .9: ln .1 = −2.302585. v = .5: ln .5 = −.693147.
    // d = 1: 3.32 → 4; d = 2: 1.66 → 2; d = 3: 1.11 → 2; d = 4: .83 → 1.
    let rule = try rule()
    #expect((0...3).map { rule.allowance(value: 0.5, depth: $0).children } == [4, 2, 2, 1])
    // v = .75: ln .25 = −1.386294; d = 1: 1.66 → 2.
    #expect(rule.allowance(value: 0.75, depth: 0).children == 2)
    #expect(rule.allowance(value: 0.75, depth: 0).decidedBy == "value and depth")
  }

  @Test func noMoreThanB() throws {
    // v = .2: ln .8 = −.223144; d = 1: 10.32 → 11.
    let allowance = try rule().allowance(value: 0.2, depth: 0)
    #expect(allowance.wanted == 11)
    #expect(allowance.children == 6)
    #expect(allowance.decidedBy == "c_max")
    #expect(try rule(["width.fixed": "10"]).allowance(value: 0.2, depth: 0).children == 10)
    #expect(try rule(["width.fixed": "20"]).allowance(value: 0.2, depth: 0).children == 11)
  }

  @Test func atTheEndsOfTheRange() throws {
    let rule = try rule()
    #expect(rule.allowance(value: 0, depth: 0).children == 6)
    #expect(rule.allowance(value: 0, depth: 9).children == 6)
    #expect(rule.allowance(value: 1, depth: 0).children == 1)
    #expect(rule.allowance(value: 1, depth: 0).decidedBy == "c_min")
    // v = ε at the root: one child reaches the confidence asked for.
    #expect(rule.allowance(value: 0.9, depth: 0).children == 1)
  }

  @Test func theConfidenceScales() throws {
    // ε = .99: ln .01 = −4.605170; v = .5, d = 1: 6.64 → 7.
    #expect(try rule(["width.confidence": "0.99", "width.fixed": "10"]).allowance(value: 0.5, depth: 0).children == 7)
  }

  @Test func theSearchReadsTheValueCritic() throws {
    // v(root) = .75 allows 2 children; a with v = .5 at d = 2 allows 2, b with v = .9 at d = 2: ⌈.5⌉ = 1.
    let script = Script(
      draws: ["": ["a\n", "b\n", "c\n"]], scores: ["value": ["": 0.75, "a\n": 0.5, "b\n": 0.9]])
    var driver = Driver(
      try header(["width.rule": "valueDepth", "rollout.count": "0"]), answer: script.answer)
    driver.run(to: 2)
    #expect((0...2).map { driver.search.allowance(at: NodeID($0)).children } == [2, 2, 1])
    driver.run(to: 5)
    #expect(driver.tree.kids(.root) == [1, 2])
  }
}
