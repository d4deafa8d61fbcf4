import Testing
import TreeSearch
import Vocabulary

@testable import Lab

/// A total of tokens that moves from settled to promising problems.
struct TokenSharesTests {
  private func standing(_ votes: [Int], _ scores: [Double]) -> TokenShares.Standing {
    let made = votes.reduce(0, +)
    return TokenShares.Standing(
      tally: AnswerTally(votes: votes, scores: scores, simulations: made, tokens: 10 * made))
  }

  @Test func halfIsCertain() {
    let shares = TokenShares(total: 1600, problems: 4)
    #expect(shares.least == 200 && shares.slice == 50)
    #expect(TokenShares(total: 1, problems: 3).least == 1)
  }

  @Test func theRestGoesWhereItIsLikeliestToHelp() {
    let shares = TokenShares(total: 1600, problems: 4)
    // One that the critics are sure of, one that is open, one that takes no more, and one that has not begun.
    let given = shares.next(
      400,
      [
        standing([20], [0.99]), standing([1, 1], [0.3, 0.2]), TokenShares.Standing(tally: nil),
        TokenShares.Standing(tally: AnswerTally(votes: [], simulations: 0)),
      ])
    #expect(given.reduce(0, +) == 400 && given[2] == 0 && given[3] == 50)
    #expect(given[1] > 5 * given[0])
    #expect(shares.next(400, [TokenShares.Standing(tally: nil)]) == [0])
  }

  /// By the forecasts' own word no equal shares do better.
  @Test func neverWorseThanEqualSharesInExpectation() throws {
    for seed in UInt64(1)...60 {
      var random = SplitMix(seed: seed)
      let standings = (0..<8).map { _ in
        let votes = (0..<1 + random.below(5)).map { _ in 1 + random.below(6) }
        return standing(votes, votes.map { _ in Double(random.below(100)) / 100 })
      }
      let shares = TokenShares(total: 8 * 160, problems: 8)
      func expected(_ given: [Int]) -> Double {
        zip(standings, given).reduce(0) { sum, pair in
          let tally = pair.0.tally
          return sum + (tally.map { Forecast($0, more: pair.1 / 10).foundThen } ?? 0)
        }
      }
      let equal = Array(repeating: 80, count: 8)
      let own = shares.next(640, standings)
      try #require(own.reduce(0, +) == 640, "seed \(seed)")
      try #require(expected(own) >= expected(equal) - 1e-9, "seed \(seed): \(own)")
    }
  }

  /// A world of problems: some easy, some hard, some hopeless. A trajectory is right so often; its score says so with some noise.
  private struct World {
    var random: SplitMix
    let chances: [Double]
    var drawn: [[(answer: Int, score: Double)]]

    init(seed: UInt64, problems: Int) {
      random = SplitMix(seed: seed)
      let kinds = [0.9, 0.9, 0.9, 0.7, 0.7, 0.25, 0.12, 0.05, 0, 0]
      var random = random
      chances = (0..<problems).map { _ in kinds[random.below(kinds.count)] }
      self.random = random
      drawn = Array(repeating: [], count: problems)
    }

    /// Ten tokens buy a trajectory.
    mutating func spend(_ tokens: Int, on problem: Int) {
      for _ in 0..<tokens / 10 {
        let isRight = random.unit() < chances[problem]
        let score = min(0.99, max(0.01, (isRight ? 0.8 : 0.3) + 0.3 * (random.unit() - 0.5)))
        drawn[problem].append((isRight ? 0 : 1 + random.below(12), score))
      }
    }

    func standing(_ problem: Int) -> TokenShares.Standing {
      let answers = Dictionary(grouping: drawn[problem], by: \.answer).sorted { $0.key < $1.key }
      return TokenShares.Standing(
        tally: AnswerTally(
          votes: answers.map(\.value.count), scores: answers.map { $0.value.map(\.score).max() ?? 0 },
          simulations: drawn[problem].count, tokens: 10 * drawn[problem].count))
    }

    /// Problems whose best score stands at the right answer.
    var right: Int { drawn.count { all in all.max { $0.score < $1.score }?.answer == 0 } }
  }

  /// The same accuracy takes fewer tokens: what equal shares reach with 320 a problem, forecasts reach with less.
  @Test func fewerTokensForTheSameAccuracy() {
    let (problems, seeds) = (60, UInt64(1)...12)
    func equal(_ share: Int) -> Int {
      seeds.reduce(0) { sum, seed in
        var world = World(seed: seed, problems: problems)
        for problem in 0..<problems { world.spend(share, on: problem) }
        return sum + world.right
      }
    }
    func shared(_ share: Int) -> Int {
      seeds.reduce(0) { sum, seed in
        var world = World(seed: seed, problems: problems)
        let shares = TokenShares(total: share * problems, problems: problems)
        for problem in 0..<problems { world.spend(shares.least, on: problem) }
        var left = share * problems - problems * (shares.least / 10 * 10)
        for round in 1...4 {
          let part = round < 4 ? left / 2 : left
          for (problem, tokens) in shares.next(part, (0..<problems).map { world.standing($0) }).enumerated() {
            world.spend(tokens, on: problem)
            left -= tokens
          }
        }
        return sum + world.right
      }
    }
    let (reference, same, less) = (equal(320), shared(320), shared(224))
    #expect(same >= reference, "\(same) of \(60 * 12) right against \(reference) with equal shares")
    #expect(less >= reference - 4, "\(less) right with 70 % of the tokens, \(reference) with equal shares")
  }
}
