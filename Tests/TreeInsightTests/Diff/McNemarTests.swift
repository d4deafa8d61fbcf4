import Testing
import TreeInsight

/// Worked out by hand from binomials.
struct McNemarTests {
  private struct Case: Sendable {
    let losses, gains: Int
    /// The exact p as a fraction.
    let over, below: Double
  }

  private static let cases = [
    Case(losses: 0, gains: 0, over: 1, below: 1), Case(losses: 0, gains: 1, over: 1, below: 1),
    Case(losses: 1, gains: 1, over: 1, below: 1), Case(losses: 3, gains: 3, over: 1, below: 1),
    Case(losses: 0, gains: 5, over: 2, below: 32), Case(losses: 5, gains: 0, over: 2, below: 32),
    Case(losses: 1, gains: 5, over: 2 * (1 + 6), below: 64),
    Case(losses: 2, gains: 8, over: 2 * (1 + 10 + 45), below: 1024),
  ]

  @Test(arguments: cases) private func smallOnesAreExact(_ test: Case) {
    #expect(abs(McNemar.p(losses: test.losses, gains: test.gains) - test.over / test.below) < 1e-12)
  }

  @Test func manyProblemsAreNoTrouble() {
    // 5,000 against 5,000 is no difference at all; 4,000 against 6,000 is beyond any doubt and still a number.
    #expect(McNemar.p(losses: 5_000, gains: 5_000) == 1)
    let p = McNemar.p(losses: 4_000, gains: 6_000)
    #expect(p < 1e-80 && p > 0)
  }

  @Test func aSmallOneDoesNotLookLikeNone() {
    #expect(McNemar.words(losses: 1, gains: 4) == "p 0.3750")
    #expect(McNemar.words(losses: 60, gains: 240) == "p < 0.0001")
  }

  @Test func bothWaysAreAlike() {
    for (a, b) in [(3, 9), (12, 40), (100, 101)] {
      #expect(McNemar.p(losses: a, gains: b) == McNemar.p(losses: b, gains: a))
    }
  }
}
