import Foundation
import Testing
import TreeInsight
import TreeSearch
import TreeSearchTesting
import Vocabulary

@testable import Lab

/// Weights are found again by which trees were drawn, and what misled is said.
struct EvidenceFitTests {
  /// Trees of four answers, one trajectory each, of which the right one, or none, is drawn by these weights of the first two kinds.
  private func drawn(_ count: Int, _ outcome: Double, _ steps: Double, none: Double) -> [[EvidenceCase]] {
    var random = SplitMix(seed: 8)
    return (0..<count).map { _ in
      let readings = (0..<4).map { _ in [random.unit() * 6 - 3, random.unit() * 6 - 3, 0, 0, 0] }
      let weights = readings.map { exp($0[0] * outcome + $0[1] * steps) } + [exp(none)]
      var left = random.unit() * weights.reduce(0, +)
      let right = weights.firstIndex { weight in
        left -= weight
        return left < 0
      }
      return [
        EvidenceCase(
          answers: readings.enumerated().map { .init(readings: [$1], isRight: $0 == right, isReranked: $0 == 0) })
      ]
    }
  }

  @Test func findsTheWeightsByWhichTreesWereDrawn() throws {
    let fit = try #require(EvidenceFit(drawn(500, 0.8, 0.5, none: 1)))
    #expect(abs(fit.weights[0] - 0.8) < 0.2 && abs(fit.weights[1] - 0.5) < 0.2 && abs(fit.weights[5] - 1) < 0.5)
    #expect(fit.weights[2...4].allSatisfy { $0 == 0 }, "what says nothing is left out")
    #expect(fit.lines.count == 6 && fit.lines[0].hasPrefix("evidence.outcome=0."))
  }

  /// What speaks against the right answers is left out, and does not count against them.
  @Test func noWeightIsBelowZero() throws {
    let fit = try #require(EvidenceFit(drawn(500, 0.8, -0.5, none: 0)))
    #expect(fit.weights[1] == 0 && fit.weights[0] > 0.4)
  }

  @Test func tooFewTreesAreNotFitted() {
    #expect(EvidenceFit(drawn(30, 0.8, 0.4, none: -20)) == nil, "hardly any tree without a right answer")
    #expect(EvidenceFit([]) == nil)
  }

  /// A tree whose ORM likes 4 best, with two trajectories for 5.
  private func tree(_ answer: String, _ rules: [String: String] = [:]) throws -> SearchTree {
    let scores = ["#### 4\n": 0.9, "x\n#### 5\n": 0.8, "y\n#### 5\n": 0.7]
    let script = Script(scores: ["orm": scores])
    let only = [
      "evidence.outcome": "1", "evidence.steps": "0", "evidence.value": "0", "evidence.doubts": "0",
      "evidence.visits": "0",
      "rollout.count": "0",
    ]
    var driver = Driver(
      try header(
        only.merging(rules) { $1 }, problem: Problem(id: "p", question: "q", answer: answer),
        critics: [CriticWeight(name: "orm", weight: 1, scope: .outcome)]), answer: script.answer)
    driver.run(to: 0)
    for text in ["#### 4\n", "x\n#### 5\n", "y\n#### 5\n"] {
      try driver.act(.insert(node: .root, option: SearchOption(text, .person)))
    }
    return driver.tree
  }

  @Test func whatMisledIsSaid() throws {
    // 9 to 6 1/3: the ORM is for 4 by more than agreement is for 5.
    let five = try tree("5")
    #expect(five.misled(five.chosen) == Misled(most: "outcome", kinds: ["outcome"]))
    // By votes 5 is chosen; where 4 is right, agreement alone misled.
    let four = try tree("4", ["final.selection": "majority"])
    #expect(four.misled(four.chosen) == Misled(most: "agreement", kinds: ["agreement"]))
    #expect(five.misled(five.finalAnswers()[.majority]) == nil, "it is right")
    let six = try tree("6")
    #expect(six.misled(six.chosen) == nil, "the right one is not there")
  }

  @Test func aCaseHoldsTheEvidenceByAnswer() throws {
    let one = try #require(EvidenceCase(try tree("5")))
    #expect(one.answers.map(\.isRight) == [false, true] && one.answers.map(\.isReranked) == [true, false])
    #expect(one.answers.map(\.readings.count) == [1, 2])
    #expect(one.answers[0].readings[0].count == Evidence.allCases.count)
  }
}
