import Testing

@testable import TreeSearch

struct ImportanceWidthTests {
  private func rule(_ changes: [String: String] = [:]) throws -> ImportanceWidth {
    var parameters = SearchParameters()
    for (id, text) in changes { try parameters.set(id, to: text) }
    return ImportanceWidth(parameters)
  }

  @Test func flooredScaledImportancePlusOne() throws {
    // ε = 1/8: I = 3/8 → ⌊3⌋ + 1 = 4, just below it ⌊2.99…⌋ + 1 = 3.
    let rule = try rule(["width.tolerance": "0.125"])
    #expect(rule.allowance(importance: 0.375, depth: 1).children == 4)
    #expect(rule.allowance(importance: 0.374, depth: 1).children == 3)
    #expect(rule.allowance(importance: 0.375, depth: 1).wanted == 4)
    #expect(rule.allowance(importance: 0.375, depth: 1).decidedBy == "importance")
  }

  @Test func alphaOneNeverActsOnScoresFromZeroToOne() throws {
    // The scale trap: with α = 1 even the greatest importance asks for 2 children, which c_min gives anyway.
    let rule = try rule(["width.tolerance": "1"])
    for importance in [0, 0.5, 0.99, 1.0] {
      #expect(rule.allowance(importance: importance, depth: 3).children == 2)
    }
    #expect(rule.allowance(importance: 0.99, depth: 3).decidedBy == "c_min")
    #expect(rule.allowance(importance: 1, depth: 3).decidedBy == "importance")
  }

  @Test func boundsByDepth() throws {
    let rule = try rule()
    #expect(rule.allowance(importance: 0, depth: 0).children == 10)
    #expect(rule.allowance(importance: 0, depth: 0).decidedBy == "c_min")
    #expect(rule.allowance(importance: 0, depth: 1).children == 2)
    #expect(rule.allowance(importance: 1, depth: 1).children == 10)
    #expect(rule.allowance(importance: 1, depth: 1).wanted == 11)
    #expect(rule.allowance(importance: 1, depth: 1).decidedBy == "c_max")
    #expect(rule.allowance(importance: 1, depth: 0).children == 11)
    #expect(rule.allowance(importance: 1, depth: 0).decidedBy == "importance")
    #expect(rule.allowance(importance: 0, depth: 0).bounds == 10...60)
    #expect(rule.allowance(importance: 0, depth: 9).bounds == 2...10)
  }

  @Test func aMaximumBelowItsMinimumCountsAsTheMinimum() throws {
    let rule = try rule(["width.minimum": "5", "width.maximum": "3"])
    #expect(rule.allowance(importance: 1, depth: 1).children == 5)
  }

  @Test func hugeImportanceDoesNotOverflow() throws {
    let rule = try rule(["width.tolerance": "0.001"])
    #expect(rule.allowance(importance: 1e300, depth: 1).children == 10)
  }

  /// On the edges of ⌊I/ε⌋, where a product in place of the quotient would err, and beside them.
  @Test func moreIsAllowedWhereTheAllowanceIsGreater() throws {
    for tolerance in ["0.1", "0.3", "0.07", "1e-3", "10"] {
      let rule = try rule(["width.tolerance": tolerance, "width.maximum": "40"])
      for count in 0...45 {
        let edge = Double(count) * rule.tolerance
        for importance in [edge, edge.nextUp, edge.nextDown, edge + 1e-10, edge - 1e-10, edge + 0.01, 0, 1]
        where importance >= 0 {
          for depth in 0...1 {
            #expect(
              rule.allowsMore(than: count, importance: importance, depth: depth)
                == (count < rule.allowance(importance: importance, depth: depth).children))
          }
        }
      }
    }
  }
}
