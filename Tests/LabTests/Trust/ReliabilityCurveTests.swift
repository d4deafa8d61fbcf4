import Testing
import Vocabulary

@testable import Lab

/// Calibration, its value by chance, and the order of scores.
struct ReliabilityCurveTests {
  private typealias Point = ReliabilityCurve.Point

  /// Two bins of 20: mean score .25 with 5 of 20 true, and .75 with 10 of 20.
  @Test func binsAreWorkedOutByHand() throws {
    let points =
      (0..<20).map { Point(score: $0 % 2 == 0 ? 0.2 : 0.3, isTrue: $0 < 5) }
      + (0..<20).map { Point(score: $0 % 2 == 0 ? 0.7 : 0.8, isTrue: $0 < 10) }
    let curve = try #require(ReliabilityCurve(points, bins: 2))
    #expect(curve.bins.map(\.count) == [20, 20])
    #expect(curve.bins.map(\.hits) == [5, 10])
    #expect(curve.bins.map { ($0.score * 1000).rounded() } == [250, 750])
    #expect(abs(curve.error - 0.125) < 1e-12)
    #expect(curve.share == 15.0 / 40)
    // Score .2: 3 true of 10, and so on, squared by hand.
    let brier = (3 * 0.64 + 7 * 0.04 + 2 * 0.49 + 8 * 0.09 + 5 * 0.09 + 5 * 0.49 + 5 * 0.04 + 5 * 0.64) / 40
    #expect(abs(curve.brier - brier) < 1e-12)
    // 5 of 20 by Wilson: .1119 to .4687.
    #expect(abs(curve.bins[0].wilson[0] - 0.1119) < 5e-5 && abs(curve.bins[0].wilson[1] - 0.4687) < 5e-5)
    #expect(ReliabilityCurve([]) == nil)
  }

  /// What a perfectly calibrated critic with uniform scores shows in ten bins, by the number of its verdicts.
  @Test(arguments: [(50, 0.139), (100, 0.100), (300, 0.058), (1000, 0.031)])
  func chanceAloneMakesAnError(_ count: Int, _ expected: Double) throws {
    var generator = SplitMix(seed: 4711)
    let means = try (0..<20).map { seed in
      let points = (0..<count).map { _ in Point(score: generator.unit(), isTrue: false) }
      return try #require(ReliabilityCurve(points, least: 1, draws: 200, seed: UInt64(seed))).chance.mean
    }
    let mean = means.reduce(0, +) / 20
    #expect(abs(mean - expected) < 0.004, "\(count) verdicts: \(mean)")
  }

  /// A perfect critic's error lies below the 95th percentile in about 95 of 100 cases; one that is off by a fifth does not.
  @Test func anErrorIsHeldAgainstChance() throws {
    var generator = SplitMix(seed: 99)
    func below(_ shift: Double) throws -> Int {
      try (0..<100).count { _ in
        let points = (0..<400).map { _ in
          let score = generator.unit() * 0.8
          return Point(score: score, isTrue: generator.unit() < score + shift)
        }
        let curve = try #require(ReliabilityCurve(points, draws: 200))
        return curve.error <= curve.chance.high
      }
    }
    #expect(try (88...100).contains(below(0)))
    #expect(try below(0.2) == 0)
  }

  @Test func pairsAreOfOneProblem() {
    func point(_ problem: String, _ score: Double, _ isTrue: Bool) -> (problem: String, point: Point) {
      (problem, Point(score: score, isTrue: isTrue))
    }
    // Within p: .6 beats .5 and .6 is tied with .6; within q: .1 loses against .2; r has no pair.
    let figure = RankingFigure([
      point("p", 0.6, true), point("p", 0.5, false), point("p", 0.6, false), point("q", 0.1, true),
      point("q", 0.2, false),
      point("r", 0.9, true),
    ])
    #expect(figure.auc == 0.5)
    #expect(figure.pairs == 3 && figure.problems == 2)
    #expect(RankingFigure([point("r", 0.9, true)]).auc == nil)
  }

  @Test(arguments: 1...30) func theOrderIsThatOfEveryPair(_ seed: UInt64) throws {
    var generator = SplitMix(seed: seed)
    let points = (0..<60).map { _ in
      ("\(generator.below(4))", Point(score: Double(generator.below(8)) / 8, isTrue: generator.below(2) == 0))
    }
    var (won, pairs) = (0.0, 0)
    for (problem, good) in points where good.isTrue {
      for (other, bad) in points where !bad.isTrue && other == problem {
        won += good.score > bad.score ? 1 : good.score == bad.score ? 0.5 : 0
        pairs += 1
      }
    }
    let figure = RankingFigure(points.map { (problem: $0.0, point: $0.1) })
    #expect(figure.pairs == pairs, "seed \(seed)")
    #expect(try abs(#require(figure.auc) - won / Double(pairs)) < 1e-12, "seed \(seed)")
  }

  /// As ProcessBench counts: the first wrong step must be named exactly, and a right solution must pass whole.
  @Test func firstErrorsAreCounted() {
    var errors = FirstErrors()
    errors.add([(.good, 0.9), (.bad, 0.2), (nil, nil)], threshold: 0.5)  // found
    errors.add([(.good, 0.4), (.bad, 0.2)], threshold: 0.5)  // a step too early
    errors.add([(.neutral, 0.9), (.bad, 0.7), (.bad, 0.1)], threshold: 0.5)  // too late
    errors.add([(.good, 0.9), (.good, 0.5)], threshold: 0.5)  // passes: 0.5 is not below
    errors.add([(.good, 0.9), (.good, 0.4)], threshold: 0.5)  // does not
    errors.add([(.good, 0.9), (nil, 0.9)], threshold: 0.5)  // nobody knows
    errors.add([(nil, 0.9), (.bad, 0.1)], threshold: 0.5)  // nor whether it is the first
    errors.add([(.good, nil), (.bad, 0.1)], threshold: 0.5)  // the critic said nothing
    errors.add([], threshold: 0.5)
    #expect(errors.erroneous == 3 && errors.found == 1)
    #expect(errors.correct == 2 && errors.passed == 1)
    // 2 · ⅓ · ½ / (⅓ + ½)
    #expect(abs((errors.f1 ?? 0) - 0.4) < 1e-12)
    #expect(FirstErrors().f1 == nil)
  }

  @Test func stepsAreOfKinds() {
    #expect(StepKind("#### 42") == .answer)
    #expect(StepKind("So we get \\boxed{7}") == .answer)
    #expect(StepKind("2 + 3 = 5\n") == .arithmetic)
    #expect(StepKind("Total = $3 × $4") == .arithmetic)
    #expect(StepKind("She has (2+3)*4 = 20 apples") == .arithmetic)
    #expect(StepKind("Let x = the number of apples") == .words)
    #expect(StepKind("First count the apples.") == .words)
    #expect(StepKind("") == .words)
  }
}
