import Vocabulary

/// What a token costs in units of a generated one: what budgets count.
package struct TokenPrices: Sendable, Equatable {
  /// The kinds of tokens that have a price of their own.
  package enum Kind: String, CaseIterable, Sendable {
    /// Tokens of prompts and prefixes that policy and rollout model computed.
    case prompt
    /// Prefix tokens that they or a critic found in a cache.
    case cached
    /// Tokens that critics read.
    case critic
  }

  private var prices: [Kind: Double] = [:]

  /// Generated tokens alone cost.
  package init() {}

  /// Reads `prompt=0.1,cached=0.01,critic=0.05`; what is not named costs nothing.
  ///
  /// - Throws: `LabError` for anything else, and for a price that is not in [0, 1000].
  package init(_ text: String) throws {
    for item in text.split(separator: ",", omittingEmptySubsequences: false) {
      let parts = item.split(separator: "=", omittingEmptySubsequences: false)
      guard parts.count == 2, let kind = Kind(rawValue: String(parts[0])), let price = Double(parts[1]),
        (0...1000).contains(price), prices[kind] == nil
      else {
        let kinds = Kind.allCases.map(\.rawValue).joined(separator: ", ")
        throw LabError.settings(
          "--price: expected prices from 0 to 1000 of some of \(kinds), as in prompt=0.1,critic=0.05, found "
            + SafeText.quotation(text, limit: 80))
      }
      prices[kind] = price
    }
  }

  /// The price of a token.
  package subscript(kind: Kind) -> Double { prices[kind] ?? 0 }

  /// True where generated tokens alone cost.
  package var isPlain: Bool { prices.values.allSatisfy { $0 == 0 } }

  /// What so many tokens cost.
  package func cost(generated: Int, prompt: Int = 0, cached: Int = 0, critic: Int = 0) -> Double {
    Double(generated) + Double(prompt) * self[.prompt] + Double(cached) * self[.cached] + Double(critic) * self[.critic]
  }

  /// As it was typed, in a fixed order.
  package var description: String {
    Kind.allCases.compactMap { kind in prices[kind].map { "\(kind.rawValue)=\($0)" } }.joined(separator: ",")
  }
}
