import Foundation
import Vocabulary

/// Shares and their intervals.
package enum Statistics {
  /// A mean and its 95 % interval.
  package struct Estimate: Sendable, Equatable {
    package let mean: Double
    package let low: Double
    package let high: Double
  }

  /// 95 % Wilson interval of `hits` out of `n`.
  package static func wilson(_ hits: Int, _ n: Int) -> [Double] {
    guard n > 0 else { return [0, 1] }
    let (z, p, n) = (1.959964, Double(hits) / Double(n), Double(n))
    let middle = (p + z * z / (2 * n)) / (1 + z * z / n)
    let half = z * (p * (1 - p) / n + z * z / (4 * n * n)).squareRoot() / (1 + z * z / n)
    return [middle - half, middle + half]
  }

  /// Mean of `values` and the 95 % interval of a bootstrap over them, seeded: the same values give the same interval.
  ///
  /// One value a problem (averaged over seeds), since the seeds of one problem are not independent.
  /// Complexity: O(draws × values).
  package static func bootstrap(_ values: [Double], draws: Int = 4000) -> Estimate {
    guard !values.isEmpty else { return Estimate(mean: 0, low: 0, high: 0) }
    var generator = SplitMix(seed: 20_240_918)
    let means = (0..<draws).map { _ in
      (0..<values.count).reduce(0.0) { sum, _ in sum + values[generator.below(values.count)] }
        / Double(values.count)
    }.sorted()
    let mean = values.reduce(0, +) / Double(values.count)
    return Estimate(mean: mean, low: means[Int(Double(draws) * 0.025)], high: means[Int(Double(draws) * 0.975)])
  }

  /// A figure of `parts` together and its 95 % interval by a seeded bootstrap over them. Complexity: O(draws × parts).
  package static func bootstrap<Part>(
    _ parts: [Part], draws: Int, _ figure: ([Part]) -> Double
  ) -> Estimate {
    var generator = SplitMix(seed: 20_240_918)
    let figures = (0..<max(1, draws)).map { _ in figure(parts.map { _ in parts[generator.below(parts.count)] }) }
      .sorted()
    let last = Double(figures.count - 1)
    return Estimate(
      mean: figure(parts), low: figures[Int(last * 0.025)], high: figures[Int((last * 0.975).rounded(.up))])
  }

  /// Mean of `a` minus `b`, problem by problem, and its bootstrap interval.
  package static func paired(_ a: [Double], minus b: [Double]) -> Estimate { bootstrap(zip(a, b).map { $0 - $1 }) }
}
