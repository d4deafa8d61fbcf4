import Foundation

/// How many tokens a method may generate on a problem.
package enum Budget: Sendable, Equatable {
  /// So many times what a greedy answer to the same problem takes.
  case multiple(Double)
  /// What search spends within its own limits.
  case own

  /// The budget in tokens where a greedy answer takes `greedy` tokens; nil where search has to say it.
  package func tokens(greedy: Int) -> Int? {
    switch self {
    case .multiple(let factor): max(1, Int((factor * Double(greedy)).rounded()))
    case .own: nil
    }
  }

  /// The multiple; nil for search's own limits.
  package var factor: Double? {
    if case .multiple(let factor) = self { factor } else { nil }
  }

  /// As in a table: `4×`.
  package var label: String { factor.map { String(format: "%g×", $0) } ?? "own" }

  /// Reads `1,2,4`. Nil where `text` is not a list of different numbers from 0.1 to 1000; sorted from small to large.
  package static func list(_ text: String) -> [Budget]? {
    let parts = text.split(separator: ",", omittingEmptySubsequences: false)
    let factors = parts.compactMap { Double($0.trimmingCharacters(in: .whitespaces)) }
    guard factors.count == parts.count, Set(factors).count == factors.count,
      factors.allSatisfy({ (0.1...1000).contains($0) })
    else { return nil }
    return factors.sorted().map(Budget.multiple)
  }
}
