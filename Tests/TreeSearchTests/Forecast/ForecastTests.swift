import Testing
import TreeSearchTesting
import Vocabulary

@testable import TreeSearch

/// What more simulations would buy, worked out by hand from counts.
struct ForecastTests {
  private func near(_ a: Double?, _ b: Double) -> Bool { a.map { abs($0 - b) < 1e-9 } ?? false }

  @Test func aNewAnswer() {
    // One answer seen once: Beta(1½, ½), so the next is new with chance 1½ / 2.
    #expect(near(AnswerTally(votes: [1], simulations: 1).newAnswer(in: 1), 0.75))
    // Ten that agree: Beta(½, 10½), ½ / 11.
    #expect(near(AnswerTally(votes: [10], simulations: 10).newAnswer(in: 1), 0.5 / 11))
    #expect(AnswerTally(votes: [10], simulations: 10).newAnswer(in: 0) == 0)
  }

  @Test func aVoteThatTurns() {
    // One vote leads. Of one more, a rival cannot have more than one. Of two, both must be its: BB(2; 1, 2) gives 1/6.
    let one = AnswerTally(votes: [1], simulations: 1)
    #expect(one.leaderChanges(in: 1) == 0)
    #expect(near(one.leaderChanges(in: 2), 1.0 / 6))
    // The greater the lead the less likely, and the more there is to come the likelier.
    let chances = [[5, 4], [6, 3], [8, 1]].map { AnswerTally(votes: $0, simulations: 9).leaderChanges(in: 9) ?? -1 }
    #expect(chances == chances.sorted(by: >) && chances.allSatisfy { 0...1 ~= $0 })
    let tally = AnswerTally(votes: [5, 4], simulations: 9)
    #expect((tally.leaderChanges(in: 100) ?? 0) > (tally.leaderChanges(in: 4) ?? 1))
  }

  @Test func aBestScoreThatIsBeaten() {
    // Three trajectories, two of them share the best .9: six of 6 + 6 in random order, ½; and of a weight of 2.2 the leader
    // has 1.8: (1 − 2.3 / 3.2) · ½.
    let tally = AnswerTally(votes: [2, 1], scores: [0.9, 0.4], selection: .rerank, simulations: 3)
    #expect(near(tally.leaderChanges(in: 6), 0.140625))
    let perfect = AnswerTally(votes: [1, 1], scores: [1, 0.4], selection: .rerank, simulations: 2)
    #expect(perfect.leaderChanges(in: 100) == 0)
  }

  @Test func aSelectionByTheTreesShapeForecastsNoLeader() {
    let tally = AnswerTally(votes: [2, 1], selection: .greedyPath, simulations: 3)
    #expect(Forecast(tally, more: 10).leaderChanges == nil)
  }

  @Test func theRightOne() {
    // Now by the critic's word, .6. None of two was right: 1 − B(½, 2½ + 2) / B(½, 2½) = 1 − (2.5 · 3.5) / (3 · 4), which is less
    // than that a new one comes.
    let tally = AnswerTally(votes: [1, 1], scores: [0.6, 0.2], simulations: 2, tokens: 100)
    let forecast = Forecast(tally, more: 2)
    #expect(near(forecast.found, 0.6))
    #expect(near(forecast.foundThen, 0.6 + 0.4 * (1 - 8.75 / 12)))
    #expect(forecast.tokens == 100)
    #expect(near(forecast.gainPerThousandTokens, 4 * (1 - 8.75 / 12)))
    #expect(near(Forecast(tally, more: 0).foundThen, 0.6))
  }

  @Test func chancesAreRecalibrated() throws {
    let map = try #require(CriticCalibrations("answer:isotonic:0:0.25:1:0.25,found:platt:0:0"))
    let forecast = Forecast(AnswerTally(votes: [1], simulations: 1), more: 4, calibrations: map)
    #expect(forecast.newAnswer == 0.25 && forecast.found == 0.5 && forecast.foundThen == 0.5)
  }

  /// Whatever the counts, chances are chances, and none falls where more is to come.
  @Test func chancesAreChances() throws {
    for seed in UInt64(1)...200 {
      var random = SplitMix(seed: seed)
      let votes = (0..<1 + random.below(6)).map { _ in 1 + random.below(12) }
      let scores = votes.map { _ in Double(random.below(101)) / 100 }
      for selection in FinalSelection.allCases {
        let tally = AnswerTally(
          votes: votes, scores: scores, leader: random.below(votes.count), selection: selection,
          simulations: 1 + random.below(40), tokens: random.below(5000))
        let all = [0, 1, 5, 40, 3000].map { Forecast(tally, more: $0) }
        try #require(all.allSatisfy { $0.isPlausible }, "seed \(seed)")
        let (new, found) = (all.map(\.newAnswer), all.map(\.foundThen))
        try #require(new == new.sorted() && found == found.sorted(), "seed \(seed)")
      }
    }
  }
}
