import Models
import Testing

@testable import Lab

/// Budgets that count more than generated tokens.
struct TokenPricesTests {
  @Test func aCostIsASum() throws {
    let prices = try TokenPrices("prompt=0.5,cached=0.1,critic=0.25")
    #expect(prices.cost(generated: 10, prompt: 4, cached: 20, critic: 8) == 10 + 2 + 2 + 2)
    #expect(!prices.isPlain && prices.description == "prompt=0.5,cached=0.1,critic=0.25")
    #expect(TokenPrices().isPlain && TokenPrices().cost(generated: 3, prompt: 9, cached: 9, critic: 9) == 3)
    #expect(try TokenPrices("prompt=0").isPlain)
  }

  @Test(arguments: ["", "prompt", "prompt=-1", "prompt=x", "prompt=1,prompt=2", "rent=1", "prompt=0.1,", "prompt=nan"])
  func otherWordsAreRefused(_ text: String) {
    #expect(throws: LabError.self) { try TokenPrices(text) }
  }

  /// Solutions of 10 tokens after a prompt of 4. The first has it computed: 10 + 4/2. The others find it in a cache: 10 + 4/4.
  @Test func aSampleHasItsPromptInItsPrice() async throws {
    func pool() throws -> SamplePool {
      SamplePool(
        SamplePool.Source(
          model: ScriptedModel(lengths: [10]), prompt: [1, 1, 1, 1], temperature: 1, maximumTokens: 50, seed: 3,
          prices: try TokenPrices("prompt=0.5,cached=0.25,critic=0.5")))
    }
    var plain = try pool()
    for (budget, count, price) in [(1, 1, 12.0), (22, 1, 12), (23, 2, 23), (34, 3, 34)] {
      let bought = try await plain.solutions(within: budget)
      #expect(bought.count == count && bought.price == price && bought.tokens == 10 * count)
    }
    // A critic reads 4 + 10 of the first and 10 of each other, whose prompt it finds: 12 + 7, then 11 + 5 + 1.
    var judged = try pool()
    for (budget, count, price) in [(1, 1, 19.0), (35, 1, 19), (36, 2, 36), (53, 3, 53)] {
      let bought = try await judged.judged(within: budget) { $0.map { _ in 0.5 } }
      #expect(bought.count == count && bought.price == price)
    }
  }
}
