import Testing

@testable import Lab

struct StatisticsTests {
  /// 8 of 10 by hand: middle (0.8 + 3.8415 / 20) / 1.38415 = 0.716739, half width
  /// 1.959964 · √(0.016 + 3.8415 / 400) / 1.38415 = 0.226578.
  @Test func wilson() {
    let interval = Statistics.wilson(8, 10)
    #expect(abs(interval[0] - 0.490162) < 1e-5)
    #expect(abs(interval[1] - 0.943318) < 1e-5)
    #expect(Statistics.wilson(0, 0) == [0, 1])
  }

  /// However equal values are drawn, their mean stays the same.
  @Test func equalValuesHaveNoSpread() {
    #expect(Statistics.bootstrap([0.5, 0.5, 0.5]) == Statistics.Estimate(mean: 0.5, low: 0.5, high: 0.5))
    #expect(Statistics.bootstrap([]) == Statistics.Estimate(mean: 0, low: 0, high: 0))
  }

  /// Of two values 0 and 1 a quarter of the draws is 0, 0 and a quarter 1, 1: both lie within the middle 95 %.
  @Test func twoValues() {
    #expect(Statistics.bootstrap([0, 1]) == Statistics.Estimate(mean: 0.5, low: 0, high: 1))
  }

  /// Means of 100 values, half of them 1, are binomial: P(X ≤ 39) = 0.0176 and P(X ≤ 40) = 0.0284, so that the limits
  /// are 0.40 and 0.60 but for the noise of 4000 draws.
  @Test func theBootstrapIsBinomialForShares() {
    let values = (0..<100).map { Double($0 % 2) }
    let estimate = Statistics.bootstrap(values)
    #expect(estimate.mean == 0.5)
    #expect(abs(estimate.low - 0.40) < 0.011)
    #expect(abs(estimate.high - 0.60) < 0.011)
    #expect(Statistics.bootstrap(values) == estimate)
  }

  /// A method that is 0.25 better on every problem: pairing leaves no spread, however the problems differ.
  @Test func pairingTakesTheProblemsOut() {
    let estimate = Statistics.paired([1, 0.25, 0.75], minus: [0.75, 0, 0.5])
    #expect(estimate == Statistics.Estimate(mean: 0.25, low: 0.25, high: 0.25))
  }
}
