import Testing

@testable import Lab

/// Calibration, worked out by hand.
struct ReliabilityTests {
  @Test func theErrorIsTheWeightedDistanceOfScoresFromOutcomes() {
    var reliability = Reliability()
    // Tenth 0.9–1: scores 0.9 and 1, one right: |1.9 − 1|. Tenth 0.2–0.3: 0.25 twice, none right: |0.5 − 0|.
    reliability.add(0.9, isRight: true)
    reliability.add(1, isRight: false)
    reliability.add(0.25, isRight: false)
    reliability.add(0.25, isRight: false)
    #expect(reliability.count == 4)
    #expect(abs(reliability.error - (0.9 + 0.5) / 4) < 1e-12)
    #expect(reliability.bins[9] == Reliability.Bin(count: 2, scores: 1.9, right: 1))
    #expect(reliability.bins[2] == Reliability.Bin(count: 2, scores: 0.5, right: 0))
  }

  @Test func noVerdictsMeanNoError() {
    #expect(Reliability().error == 0)
    #expect(ReliabilityRow(Reliability()).bins.allSatisfy { $0.score == nil && $0.right == nil })
  }

  @Test func sumsDoNotDependOnTheirParts() {
    var (whole, a, b) = (Reliability(), Reliability(), Reliability())
    for (score, isRight) in [(0.125, true), (0.5, false), (0.75, true), (0, false)] {
      whole.add(score, isRight: isRight)
      if score < 0.4 { a.add(score, isRight: isRight) } else { b.add(score, isRight: isRight) }
    }
    a += b
    #expect(a == whole)
  }

  /// Right answers at .8 and .6, wrong ones at .4 and .2: the means are .4 apart; the squares within sum to .04 over two degrees of
  /// freedom, so that the noise is √.02.
  @Test func theSignalIsTheGapInUnitsOfTheNoise() {
    var reliability = Reliability()
    for (score, isRight) in [(0.8, true), (0.6, true), (0.4, false)] { reliability.add(score, isRight: isRight) }
    #expect(reliability.signal == nil, "one wrong answer has no spread")
    reliability.add(0.2, isRight: false)
    #expect(abs((reliability.signal ?? 0) - 0.4 / 0.02.squareRoot()) < 1e-9)
  }
}
