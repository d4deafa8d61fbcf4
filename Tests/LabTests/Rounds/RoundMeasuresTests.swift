import Testing

@testable import Lab

/// What trials say of policies, by hand.
struct RoundMeasuresTests {
  private func trial(_ problem: Int, _ arm: String, right: Bool, samples: Int = 0, rightSamples: Int = 0) -> RoundTrial
  {
    var trial = RoundTrial(problem: "p\(problem)", arm: arm, greedy: right ? "1" : "2", isRight: right, tokens: 10)
    (trial.samples, trial.right) = (samples, rightSamples)
    return trial
  }

  private struct Case: Sendable {
    let samples, right, k: Int
    let over, below: Double
  }

  /// The last one: all 4 right ones are missed by 4 draws in C(12, 4) = 495 of C(16, 4) = 1,820 ways.
  private static let cases = [
    Case(samples: 4, right: 1, k: 1, over: 1, below: 4), Case(samples: 4, right: 1, k: 4, over: 1, below: 1),
    Case(samples: 4, right: 0, k: 4, over: 0, below: 1), Case(samples: 4, right: 2, k: 2, over: 5, below: 6),
    Case(samples: 16, right: 4, k: 4, over: 1325, below: 1820),
  ]

  @Test(arguments: cases) private func passAtKIsUnbiased(_ test: Case) throws {
    let found = try #require(
      trial(1, "before", right: true, samples: test.samples, rightSamples: test.right).pass(at: test.k))
    #expect(abs(found - test.over / test.below) < 1e-12)
    #expect(trial(1, "before", right: true, samples: 4).pass(at: 5) == nil)
  }

  @Test func gainsArePairedByProblem() throws {
    // Of ten problems four are right before, seven after: four turned right, one wrong.
    let before = (0..<10).map { trial($0, "before", right: $0 < 4) }
    let after = (0..<10).map { trial($0, "after", right: $0 > 0 && $0 < 8) }
    let figures = RoundMeasures(before + after, searches: []).figures
    func figure(_ name: String) throws -> RoundStageReport.Figure { try #require(figures.first { $0.name == name }) }
    #expect(try figure("greedy before").value == 0.4)
    #expect(try figure("greedy after").value == 0.7)
    let gain = try figure("greedy gain")
    #expect(abs(gain.value - 0.3) < 1e-12)
    // Two-sided exact McNemar of 1 against 4: 2 · (1 + 5) / 32 = .375.
    #expect(gain.note == "4 turned right, 1 wrong; exact McNemar p 0.3750")
    let interval = try #require(gain.interval)
    #expect(interval[0] < 0.3 && interval[1] > 0.3)
    #expect(!figures.contains { $0.name.hasPrefix("pass@") }, "what was not sampled is not shown")
  }

  /// The critic says right of the first three of four, of which two are: three of four verdicts hold, then, where it says right of
  /// all, two; where it abstains nothing is counted.
  @Test func whetherTheCriticAgreesIsMeasured() throws {
    func trials(_ arm: String, _ scores: [Double?]) -> [RoundTrial] {
      scores.enumerated().map { index, score in
        var trial = trial(index, arm, right: index < 2)
        trial.score = score
        return trial
      }
    }
    let figures = RoundMeasures(
      trials("before", [0.9, 0.5, 0.7, 0.1]) + trials("after", [0.9, 0.8, 0.7, 0.6]), searches: []
    ).figures
    func value(_ name: String) -> Double? { figures.first { $0.name == name }?.value }
    #expect(value("ORM agrees before") == 0.75 && value("ORM agrees after") == 0.5 && value("ORM agrees gain") == -0.25)
    let none = RoundMeasures(trials("before", [nil, nil, nil, nil]), searches: []).figures
    #expect(!none.contains { $0.name.hasPrefix("ORM") })
  }

  @Test func changesPutRegressionsFirst() {
    let before = (0..<10).map { trial($0, "before", right: $0 < 4) }
    let after = (0..<10).map { trial($0, "after", right: $0 > 0 && $0 < 8) }
    let changes = RoundChanges(before, named: "a", after, named: "b")
    #expect(changes.bothRight == 3 && changes.bothWrong == 2)
    #expect(changes.regressions.map(\.problem) == ["p0"] && changes.repairs.map(\.problem) == ["p4", "p5", "p6", "p7"])
    #expect(abs(changes.table.p - 0.375) < 1e-12)
    #expect(changes.lines.suffix(5).first == "turned wrong\tp0\t1 → 2")
    let none = RoundChanges(before, named: "a", before, named: "a")
    #expect(none.regressions.isEmpty && none.repairs.isEmpty && none.table.p == 1)
  }
}
