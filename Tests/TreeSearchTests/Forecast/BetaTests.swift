import Testing

@testable import TreeSearch

/// The arithmetic of forecasts against numbers worked out by hand.
struct BetaTests {
  private func near(_ a: Double, _ b: Double, within tolerance: Double = 1e-9) -> Bool { abs(a - b) <= tolerance }

  @Test func gamma() {
    // Γ(1) = Γ(2) = 1, Γ(5) = 24, Γ(½) = √π.
    #expect(near(Beta.logGamma(1), 0) && near(Beta.logGamma(2), 0))
    #expect(near(Beta.logGamma(5), 3.178_053_830_347_946))
    #expect(near(Beta.logGamma(0.5), 0.572_364_942_924_700_1))
  }

  @Test func incompleteBeta() {
    // I_x(1, 1) = x; I_½(2, 1) = ¼; I_x(2, 2) = 3x² − 2x³; I_x(½, ½) = (2/π) asin √x, ⅓ at x = ¼.
    #expect(near(Beta.regularized(0.3, 1, 1), 0.3))
    #expect(near(Beta.regularized(0.5, 2, 1), 0.25))
    #expect(near(Beta.regularized(0.2, 2, 2), 0.104))
    #expect(near(Beta.regularized(0.25, 0.5, 0.5), 1.0 / 3))
    #expect(Beta.regularized(0, 3, 4) == 0 && Beta.regularized(1, 3, 4) == 1)
  }

  @Test func atLeastOneMore() {
    // 1 − B(a, b + m) / B(a, b): with a = b = 1 and m = 1, ½; with m = 3, ¾.
    #expect(near(Beta.anyOf(1, 1, 1), 0.5) && near(Beta.anyOf(3, 1, 1), 0.75))
    #expect(Beta.anyOf(0, 1, 1) == 0)
    // Prior ½, ½: none of 16, then 40 more; one of 16, then 40 more.
    #expect(near(Beta.anyOf(40, 0.5, 16.5), 0.46, within: 0.005))
    #expect(near(Beta.anyOf(40, 1.5, 15.5), 0.85, within: 0.005))
  }

  @Test func moreThanSoMany() {
    // Under Beta(1, 1) every count from 0 to 4 is as likely as another.
    #expect(near(Beta.chance(ofMoreThan: 2.5, of: 4, 1, 1), 0.4))
    #expect(near(Beta.chance(ofMoreThan: 2, of: 4, 1, 1), 0.4))
    #expect(Beta.chance(ofMoreThan: 4, of: 4, 1, 1) == 0 && Beta.chance(ofMoreThan: -1, of: 4, 1, 1) == 1)
    // Both forms meet where one takes over from the other.
    let (sum, limit) = (Beta.chance(ofMoreThan: 500, of: 1000, 3, 5), Beta.chance(ofMoreThan: 500.5, of: 1001, 3, 5))
    #expect(near(sum, limit, within: 0.002))
  }
}
