import Foundation

/// The beta distribution and what it says of trials to come: the arithmetic behind every forecast.
///
/// Written out here, so that the same numbers give the same forecast on every machine.
package enum Beta {
  /// ln Γ(x), x > 0 (Lanczos, 1964, with g = 7 and nine terms: about fifteen digits).
  package static func logGamma(_ x: Double) -> Double {
    if x < 0.5 { return log(.pi / abs(sin(.pi * x))) - logGamma(1 - x) }
    let z = x - 1
    var sum = coefficients[0]
    for index in 1..<coefficients.count { sum += coefficients[index] / (z + Double(index)) }
    let t = z + 7.5
    return 0.5 * log(2 * .pi) + (z + 0.5) * log(t) - t + log(sum)
  }

  private static let coefficients = [
    0.999_999_999_999_809_93, 676.520_368_121_885_1, -1259.139_216_722_402_8, 771.323_428_777_653_13,
    -176.615_029_162_140_59, 12.507_343_278_686_905, -0.138_571_095_265_720_12, 9.984_369_578_019_572e-6,
    1.505_632_735_149_311_6e-7,
  ]

  /// ln B(a, b), a and b > 0.
  package static func logBeta(_ a: Double, _ b: Double) -> Double { logGamma(a) + logGamma(b) - logGamma(a + b) }

  /// I_x(a, b): the chance that a beta variable is at most x, by its continued fraction (Lentz's method).
  package static func regularized(_ x: Double, _ a: Double, _ b: Double) -> Double {
    if x <= 0 { return 0 }
    if x >= 1 { return 1 }
    // The fraction converges fast on this side of the mean.
    if x > (a + 1) / (a + b + 2) { return 1 - regularized(1 - x, b, a) }
    let front = exp(a * log(x) + b * log1p(-x) - logBeta(a, b)) / a
    var (c, d) = (1.0, 1 / away(1 - (a + b) * x / (a + 1)))
    var value = d
    for step in 1...300 {
      let m = Double(step)
      let even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
      d = 1 / away(1 + even * d)
      c = away(1 + even / c)
      value *= d * c
      let odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
      d = 1 / away(1 + odd * d)
      c = away(1 + odd / c)
      value *= d * c
      if abs(d * c - 1) < 1e-14 { break }
    }
    return min(1, front * value)
  }

  private static func away(_ x: Double) -> Double { abs(x) < 1e-300 ? 1e-300 : x }

  /// The chance of at least one success in `more` trials, where the rate is Beta(a, b): 1 − B(a, b + m) / B(a, b).
  package static func anyOf(_ more: Int, _ a: Double, _ b: Double) -> Double {
    more <= 0 ? 0 : 1 - exp(logBeta(a, b + Double(more)) - logBeta(a, b))
  }

  /// The chance that more than `threshold` of `trials` succeed, where the rate is Beta(a, b).
  ///
  /// Beyond a thousand trials the share of successes is as good as the rate itself. Complexity: O(min(trials, 1000)).
  package static func chance(ofMoreThan threshold: Double, of trials: Int, _ a: Double, _ b: Double) -> Double {
    if threshold >= Double(trials) { return 0 }
    if threshold < 0 { return 1 }
    if trials > 1000 { return 1 - regularized(threshold / Double(trials), a, b) }
    let (all, n) = (logBeta(a, b), Double(trials))
    var sum = 0.0
    for count in (Int(threshold.rounded(.down)) + 1)...trials {
      let k = Double(count)
      let ways = logGamma(n + 1) - logGamma(k + 1) - logGamma(n - k + 1)
      sum += exp(ways + logBeta(a + k, b + n - k) - all)
    }
    return min(1, sum)
  }
}
