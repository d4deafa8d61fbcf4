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
    /// What they cost in all.
    package var price = 0.0
    package let seconds: Double
  }

  /// What every solution is drawn with; ``solutions`` depend on nothing else.
  package struct Source {
    package let model: any LanguageModel
    package let prompt: [Int32]
    package let temperature: Double
    package let maximumTokens: Int
    package let seed: UInt64
    /// What tokens cost.
    package var prices = TokenPrices()
    /// Draws under the eyes of tools; nil where none takes part.
    package var checked: (@Sendable ([SampleRequest]) async throws -> [SampleResult])?
  }

  /// Solutions drawn so far.
  package private(set) var solutions: [Solution] = []
  /// What each judge says of the first of them.
  package private(set) var scores: [SolutionJudge: [Double]] = [:]

  private let source: Source
  private var rounds = 0
  private var decoding = Duration.zero
  private var judging: [SolutionJudge: Duration] = [:]

  /// Solutions a request, and requests a call at most: together one full batch of the model.
  private static let roundSize = 8
  private static let roundsAtOnce = 4

  package init(_ source: Source) { self.source = source }

  /// Whole solutions until the next one would cost more than `tokens` leaves; at least one. Those that somebody judges cost what critics
  /// read of them, too.
  package mutating func solutions(within tokens: Int, isJudged: Bool = false) async throws -> Purchase {
    while true {
      if let (count, price) = affordable(tokens, isJudged) {
        let spent = solutions.prefix(count).reduce(0) { $0 + $1.cost }
        return Purchase(count: count, tokens: spent, price: price, seconds: share(decoding, of: spent))
      }
      try await draw(toward: tokens)
    }
  }

  /// The same with their scores, which `judge` gives to those not judged yet.
  package mutating func judged(
    within tokens: Int, for name: SolutionJudge = .outcome, by judge: ([Solution]) async throws -> [Double]
  ) async throws -> Purchase {
    let bought = try await solutions(within: tokens, isJudged: true)
    let known = scores[name, default: []].count
    if known < bought.count {
      let clock = ContinuousClock()
      let start = clock.now
      scores[name, default: []] += try await judge(Array(solutions[known..<bought.count]))
      judging[name, default: .zero] += clock.now - start
    }
    let judged = Double(max(1, scores[name, default: []].count))
    let seconds = judging[name, default: .zero] / .seconds(1) * Double(bought.count) / judged
    return Purchase(
      count: bought.count, tokens: bought.tokens, price: bought.price, seconds: bought.seconds + seconds)
  }

  /// How many solutions `tokens` pay for, and their cost; nil while too few are drawn to tell.
  private func affordable(_ tokens: Int, _ isJudged: Bool) -> (count: Int, price: Double)? {
    var spent = 0.0
    for index in solutions.indices {
      let price = price(of: index, isJudged)
      if index > 0, spent + price > Double(tokens) { return (index, spent) }
      spent += price
      // No solution is free, so that the next one would go beyond.
      if spent >= Double(tokens) { return (index + 1, spent) }
    }
    return nil
  }

  /// What a solution costs: its tokens, the prompt, which the first one has computed and the others find in a cache, what is read again
  /// for lines that are drawn again, and what critics read. The same whatever caches really held.
  private func price(of index: Int, _ isJudged: Bool) -> Double {
    let (solution, prompt) = (solutions[index], source.prompt.count)
    let (computed, cached) = index == 0 ? (prompt, 0) : (0, prompt)
    return source.prices.cost(
      generated: solution.cost, prompt: computed, cached: cached + solution.reread + (isJudged ? cached : 0),
      critic: isJudged ? solution.tokens.count + computed : 0)
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
    if let checked = source.checked {
      // One by one: what was drawn again for a solution is part of its price.
      for result in try await checked(requests.flatMap(Self.singly)) {
        let reread = max(0, result.usage.prompted + result.usage.reused - source.prompt.count)
        solutions += result.samples.map {
          Solution($0, of: source.model, spent: result.usage.generated, reread: reread)
        }
      }
    } else {
      for result in try await source.model.sample(requests) {
        solutions += result.samples.map { Solution($0, of: source.model) }
      }
    }
    decoding += clock.now - start
  }

  private static func singly(_ request: SampleRequest) -> [SampleRequest] {
    (0..<request.count).map { number in
      var one = request
      (one.count, one.seed) = (1, SplitMix.seed(request.seed, number))
      return one
    }
  }
}

/// A whole solution, drawn at once.
package struct Solution: Sendable {
  package let tokens: [Int32]
  package let text: String

  /// Tokens of prefixes that were read again for lines that were drawn again.
  let reread: Int

  private let markers: [String]
  private let spent: Int

  /// - Parameters:
  ///   - model: whose prompt says where answers stand.
  ///   - spent: tokens drawn for it, also those that were thrown away; nil for its own alone.
  package init(_ sample: Sample, of model: any LanguageModel, spent: Int? = nil, reread: Int = 0) {
    self.reread = reread
    self.spent = spent ?? sample.tokens.count
    tokens = sample.tokens
    text = sample.text
    markers = model.answerMarkers
  }

  /// The answer it states.
  package var answer: String? { AnswerFormat.answer(in: text, markers: markers) }

  /// What it takes of a budget. An ending is drawn as well: a solution costs one token at least.
  package var cost: Int { max(1, spent) }

  /// Its lines, each with its line break.
  package var lines: [String] {
    text.split(separator: "\n", omittingEmptySubsequences: true).map { "\($0)\n" }
  }
}

/// How one answer is chosen among sampled solutions.
package enum SolutionChoice: String, CaseIterable, Sendable {
  /// The most frequent answer (self-consistency).
  case majority
  /// The answer of the solution that the ORM likes best (ORM re-ranking).
  case bestOfN
  /// The answer with the greatest sum of ORM scores.
  case weightedVote
  /// The answer of the solution whose worst step the PRM likes best.
  case worstStep
  /// The answer of the solution that all critics together like best.
  case merged
  /// The answer with the greatest sum of odds by the ORM, as the final selection of this name weighs them.
  case evidence

  /// Who has to judge every solution; nil where nobody has.
  package var judge: SolutionJudge? {
    switch self {
    case .majority: nil
    case .bestOfN, .weightedVote, .evidence: .outcome
    case .worstStep: .worstStep
    case .merged: .merged
    }
  }

  /// The chosen answer, the first seen of equals; nil where no solution states one.
  ///
  /// - Parameters:
  ///   - answers: what each solution states.
  ///   - scores: the score of each by ``judge``, as many as `answers`; read only where there is one.
  ///   - choices: the options that the question offers.
  package func answer(_ answers: [String?], scores: [Double], among choices: [String]? = nil) -> String? {
    var votes = AnswerVote(among: choices)
    for (index, answer) in answers.enumerated() {
      guard let answer else { continue }
      votes.add(answer) { weight in
        switch self {
        case .majority: weight + 1
        case .bestOfN, .worstStep, .merged: max(weight, scores[index])
        case .weightedVote: weight + scores[index]
        case .evidence: weight + EvidenceWeights(SearchParameters()).weight(outcome: scores[index])
        }
      }
    }
    return votes.winner.map { votes.spelling(of: $0) }
  }
}
