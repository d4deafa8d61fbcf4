import Models
import TreeInsight
import TreeSearch
import Vocabulary

/// Solutions of one problem under one seed, drawn as they are needed: a small budget buys the first of those that a large
/// one buys, so that nothing is sampled twice.
package struct SamplePool {
  /// What `solutions(within:)` found: how many of ``solutions`` the budget pays for, what they cost, and the time that
  /// decoding and judging them took.
  package struct Purchase {
    package let count: Int
    package let tokens: Int
    package let seconds: Double
  }

  /// What every solution is drawn with; ``solutions`` depend on nothing else.
  package struct Source {
    package let model: any LanguageModel
    package let prompt: [Int32]
    package let temperature: Double
    package let maximumTokens: Int
    package let seed: UInt64
  }

  /// Solutions drawn so far.
  package private(set) var solutions: [Solution] = []
  /// The ORM's scores of the first of them.
  package private(set) var scores: [Double] = []

  private let source: Source
  private var rounds = 0
  private var decoding = Duration.zero
  private var judging = Duration.zero

  /// Solutions a request, and requests a call at most: together one full batch of the model.
  private static let roundSize = 8
  private static let roundsAtOnce = 4

  package init(_ source: Source) { self.source = source }

  /// Whole solutions until the next one would go beyond `tokens`; at least one.
  package mutating func solutions(within tokens: Int) async throws -> Purchase {
    while true {
      if let (count, spent) = affordable(tokens) {
        return Purchase(count: count, tokens: spent, seconds: share(decoding, of: spent))
      }
      try await draw(toward: tokens)
    }
  }

  /// The same with their scores, which `judge` gives to those not judged yet.
  package mutating func judged(
    within tokens: Int, by judge: ([Solution]) async throws -> [Double]
  ) async throws -> Purchase {
    let bought = try await solutions(within: tokens)
    if scores.count < bought.count {
      let clock = ContinuousClock()
      let start = clock.now
      scores += try await judge(Array(solutions[scores.count..<bought.count]))
      judging += clock.now - start
    }
    let seconds = judging / .seconds(1) * Double(bought.count) / Double(max(1, scores.count))
    return Purchase(count: bought.count, tokens: bought.tokens, seconds: bought.seconds + seconds)
  }

  /// How many solutions `tokens` pay for, and their cost; nil while too few are drawn to tell.
  private func affordable(_ tokens: Int) -> (count: Int, spent: Int)? {
    var spent = 0
    for (index, solution) in solutions.enumerated() {
      if index > 0, spent + solution.cost > tokens { return (index, spent) }
      spent += solution.cost
      // No solution is free, so that the next one would go beyond.
      if spent >= tokens { return (index + 1, spent) }
    }
    return nil
  }

  private var drawn: Int { solutions.reduce(0) { $0 + $1.cost } }

  private func share(_ time: Duration, of spent: Int) -> Double {
    time / .seconds(1) * Double(spent) / Double(max(1, drawn))
  }

  /// Draws about what is missing, judged by the mean cost so far.
  private mutating func draw(toward tokens: Int) async throws {
    let missing = Double(tokens - drawn) * Double(solutions.count) / Double(max(1, drawn))
    let wanted = min(Self.roundsAtOnce, max(1, Int((missing / Double(Self.roundSize)).rounded(.up))))
    let requests = (rounds..<rounds + wanted).map { round in
      SampleRequest(
        prefix: source.prompt, count: Self.roundSize, temperature: source.temperature, topP: 1,
        maximumTokens: source.maximumTokens, end: .answer, seed: SplitMix.seed(source.seed, round))
    }
    rounds += wanted
    let clock = ContinuousClock()
    let start = clock.now
    for result in try await source.model.sample(requests) {
      solutions += result.samples.map { Solution($0, of: source.model) }
    }
    decoding += clock.now - start
  }
}

/// A whole solution, drawn at once.
package struct Solution: Sendable {
  package let tokens: [Int32]
  package let text: String

  private let markers: [String]

  /// - Parameter model: whose prompt says where answers stand.
  package init(_ sample: Sample, of model: any LanguageModel) {
    tokens = sample.tokens
    text = sample.text
    markers = model.answerMarkers
  }

  /// The answer it states.
  package var answer: String? { AnswerFormat.answer(in: text, markers: markers) }

  /// What it takes of a budget. An ending is drawn as well: a solution costs one token at least.
  package var cost: Int { max(1, tokens.count) }
}

/// How one answer is chosen among sampled solutions.
package enum SolutionChoice: String, CaseIterable, Sendable {
  /// The most frequent answer (self-consistency).
  case majority
  /// The answer of the solution that the ORM likes best (ORM re-ranking).
  case bestOfN
  /// The answer with the greatest sum of ORM scores.
  case weightedVote

  /// True where the ORM has to judge every solution.
  package var needsScores: Bool { self != .majority }

  /// The chosen answer, the first seen of equals; nil where no solution states one.
  ///
  /// - Parameters:
  ///   - answers: what each solution states.
  ///   - scores: the ORM's score of each, as many as `answers`; read only where ``needsScores``.
  ///   - choices: the options that the question offers.
  package func answer(_ answers: [String?], scores: [Double], among choices: [String]? = nil) -> String? {
    var votes = AnswerVote(among: choices)
    for (index, answer) in answers.enumerated() {
      guard let answer else { continue }
      votes.add(answer) { weight in
        switch self {
        case .majority: weight + 1
        case .bestOfN: max(weight, scores[index])
        case .weightedVote: weight + scores[index]
        }
      }
    }
    return votes.winner.map { votes.spelling(of: $0) }
  }
}
