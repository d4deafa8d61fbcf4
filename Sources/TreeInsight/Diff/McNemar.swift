import Foundation
import Vocabulary

/// McNemar's exact test for two ways of answering the same problems: whether those that changed went one way more often than a
/// fair coin would send them (McNemar 1947; the exact form).
public enum McNemar {
  /// The two-sided p in (0, 1]: the chance that a fair coin thrown once for each problem that changed is at least as uneven;
  /// 1 where none changed.
  ///
  /// - Parameters:
  ///   - losses: problems that were right and turned wrong, ≥ 0.
  ///   - gains: problems that were wrong and turned right, ≥ 0.
  /// - Complexity: O(losses + gains).
  public static func p(losses: Int, gains: Int) -> Double {
    let (n, least) = (losses + gains, min(losses, gains))
    guard n > 0 else { return 1 }
    // Terms of the binomial in logarithms: 2⁻ⁿ itself is too small a number beyond a thousand problems.
    let half = Double(n) * log(2)
    var logTerm = -half
    var tail = 0.0
    for k in 0...least {
      tail += exp(logTerm)
      logTerm += log(Double(n - k) / Double(k + 1))
    }
    return min(1, 2 * tail)
  }

  /// ``p(losses:gains:)`` in words: `p 0.0386`, and `p < 0.0001` for what would round to none.
  public static func words(losses: Int, gains: Int) -> String {
    let p = p(losses: losses, gains: gains)
    return p < 0.0001 ? "p < 0.0001" : "p \(FixedNumber.text(p, decimals: 4, none: "–"))"
  }
}
