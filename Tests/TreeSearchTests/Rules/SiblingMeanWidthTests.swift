import Testing
import TreeSearchTesting

@testable import TreeSearch

/// The width of AlphaLLM's code: min(⌊α·I⌋, c_max) with I = max |Q_i − mean Q|, no + 1, and never less than before.
struct SiblingMeanWidthTests {
  @Test func flooredWithoutPlusOne() throws {
    // ε = 1/16: I = 1/4 → 4, just below it 3.
    var parameters = SearchParameters()
    try parameters.set("width.tolerance", to: "0.0625")
    let rule = SiblingMeanWidth(parameters)
    #expect(rule.allowance(importance: 0.25, depth: 1).children == 4)
    #expect(rule.allowance(importance: 0.249, depth: 1).children == 3)
    #expect(rule.allowance(importance: 0, depth: 1).wanted == 0)
    #expect(rule.allowance(importance: 0, depth: 1).children == 2)
    #expect(rule.allowance(importance: 0, depth: 0).children == 10)
    #expect(rule.allowance(importance: 1, depth: 1).decidedBy == "c_max")
  }

  @Test func theGreatestDeviationOfQAndItOnlyGrows() throws {
    let script = Script(
      draws: ["": ["a\n", "b\n", "c\n"], "a\n": ["d\n"]],
      scores: ["value": ["": 0.5, "a\n": 0.75, "b\n": 0.25, "c\n": 0.5, "d\n": 0.25]])
    let changes = [
      "width.rule": "siblingMeanQ", "width.root.minimum": "2", "width.root.maximum": "2", "width.minimum": "1",
      "width.tolerance": "0.0625", "rollout.count": "0",
    ]
    var driver = Driver(try header(changes), answer: script.answer)
    driver.run(to: 1)
    #expect(driver.tree[.root].importance == 0)  // one child is its own mean
    driver.run(to: 2)
    // Q(a) = .75, Q(b) = .25, their mean .5: I = .25.
    #expect(driver.tree[.root].importance == 0.25)
    #expect(driver.search.allowance(at: .root).wanted == 4)
    // d is backed up through a: Q(a) = (.75 + .25)/2 = .5, mean .375, I would be .125.
    driver.run(to: 3)
    #expect(driver.tree[NodeID(1)].meanValue == 0.5)
    #expect(driver.tree[.root].importance == 0.25)
    #expect(driver.search.allowance(at: .root).wanted == 4)
  }

  @Test func theMeansOfTheSiblingsNotTheirValues() throws {
    // v(a) = v(b) = .5, but a's only child brings Q(a) to .75: the mean is .625, I = .125.
    let script = Script(
      draws: ["": ["a\n", "b\n"], "a\n": ["c\n"]],
      scores: ["value": ["": 0.5, "a\n": 0.5, "b\n": 0.5, "c\n": 1]])
    let changes = [
      "width.rule": "siblingMeanQ", "width.root.minimum": "2", "width.root.maximum": "2", "width.minimum": "1",
      "rollout.count": "0",
    ]
    var driver = Driver(try header(changes), answer: script.answer)
    driver.run(to: 3)
    #expect(driver.tree[NodeID(1)].meanValue == 0.75)
    #expect(driver.tree[.root].importance == 0.125)
  }
}
