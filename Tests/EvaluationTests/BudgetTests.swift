import Testing
import TreeSearch

@testable import Lab

struct BudgetTests {
  @Test(arguments: [
    ("1,2,16", [1.0, 2, 16]), ("8, 0.5", [0.5, 8]), ("1,1", nil), ("", nil), ("1,,2", nil), ("0", nil), ("-1", nil),
    ("nan", nil), ("inf", nil), ("1001", nil), ("x", nil),
  ])
  func isReadFromAList(_ text: String, _ expected: [Double]?) {
    #expect(Budget.list(text) == expected?.map(Budget.multiple))
  }

  @Test func isAMultipleOfTheGreedyAnswer() {
    #expect(Budget.multiple(4).tokens(greedy: 39) == 156)
    #expect(Budget.multiple(0.5).tokens(greedy: 39) == 20)
    #expect(Budget.multiple(0.1).tokens(greedy: 1) == 1)
    #expect(Budget.own.tokens(greedy: 39) == nil)
    #expect(Budget.multiple(0.5).label == "0.5×")
  }

  @Test func limitsARun() throws {
    let settings = EngineSettings(preset: "alphallm", parameters: SearchParameters(), critics: [])
    let limited = try settings.parameters(within: 156)
    #expect(limited.value("limit.tokens") == .integer(156))
    #expect(limited.value("limit.simulations") == .integer(156))
    #expect(try settings.parameters(within: nil) == SearchParameters())
    // A model that writes nothing leaves nothing to spend, which is no reason to end an evaluation.
    #expect(try settings.parameters(within: 0) == settings.parameters(within: 1))
  }
}
