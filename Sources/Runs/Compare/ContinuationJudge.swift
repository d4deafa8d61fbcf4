import Foundation
import Models
import TreeInsight
import TreeSearch
import Vocabulary

/// A language model as judge of whether two options say the same: the predicate p_vM of state merge (AlphaLLM, section
/// 4.3.2), for a model that follows no instructions and cannot be asked yes or no.
///
/// Two options that say the same leave the model in states from which it goes on alike. So each state's greedy
/// continuation c is read in the other state as well, and what it loses there is the evidence. From state a to state b:
///
///     ℓ(a → b) = mean over the tokens of c(a) of min(0, log p(token | b, c before it) − log p(token | a, c before it))
///
/// and the belief is exp((ℓ(a → b) + ℓ(b → a)) / 2), the geometric mean of both directions, in [0, 1] and 1 for equal
/// options. Where an option ends its text there is nothing to continue: it says the same as another that does so too
/// with the same final answer, or without one in the same words.
struct ContinuationJudge {
  /// An option and the siblings it is compared with.
  struct Comparison {
    /// Tokens of the prompt and of the options that lead to their parent.
    var prefix: [Int32]
    var option: SearchOption
    var siblings: [SearchOption]
    /// The options that the question offers.
    var choices: [String]?
  }

  /// One belief a sibling, and what they cost.
  struct Judgement {
    var beliefs: [Double] = []
    /// Continuations are `generated`; what was read to score them in the other state is `prompted`.
    var usage = ModelUsage()
  }

  /// Most tokens of a continuation; a line break ends it earlier.
  static let continuationTokens = 24

  let policy: any LanguageModel

  /// Judges all comparisons with one call for continuations and one to read them; what each says depends on it alone.
  ///
  /// - Throws: what the model throws.
  func judge(_ comparisons: [Comparison]) async throws -> [Judgement] {
    var judgements = comparisons.map { _ in Judgement() }
    let groups = comparisons.map { each in ([each.option] + each.siblings).map { State($0, after: each.prefix, policy) }
    }
    let continued = try await continuations(groups, &judgements)
    let pairs = continued.enumerated().flatMap { group, states in
      states.dropFirst().map { Pair(group: group, first: states[0], second: $0, choices: comparisons[group].choices) }
    }
    let read = try await policy.logProbabilities(pairs.flatMap { $0.questions(policy.contextLength) })
    for (index, pair) in pairs.enumerated() {
      let answers = read[(2 * index)...(2 * index + 1)]
      judgements[pair.group].beliefs.append(pair.belief(answers.map(\.logProbabilities)))
      for answer in answers { judgements[pair.group].usage += answer.usage }
    }
    return judgements
  }

  /// Gives every state that goes on its greedy continuation.
  private func continuations(_ groups: [[State]], _ judgements: inout [Judgement]) async throws -> [[State]] {
    var groups = groups
    let places = groups.indices.flatMap { group in
      groups[group].indices.filter { !groups[group][$0].endsText }.map { (group, $0) }
    }
    let results = try await policy.sample(
      places.map { group, index in
        SampleRequest(
          prefix: groups[group][index].tokens, temperature: 0, maximumTokens: Self.continuationTokens, end: .line)
      })
    for ((group, index), result) in zip(places, results) {
      groups[group][index].continuation = result.samples.first
      judgements[group].usage += ModelUsage(reused: result.usage.reused, generated: result.usage.generated)
    }
    return groups
  }
}

/// The state after an option.
private struct State {
  let tokens: [Int32]
  let text: String
  let answer: String?
  let endsText: Bool
  /// How the model goes on; nil where the text has ended.
  var continuation: Sample?

  init(_ option: SearchOption, after prefix: [Int32], _ policy: any LanguageModel) {
    tokens = prefix + (option.tokens.isEmpty ? policy.tokenize(option.text) : option.tokens)
    text = option.text.trimmingCharacters(in: .whitespacesAndNewlines)
    answer = AnswerFormat.answer(in: option.text, markers: policy.answerMarkers)
    endsText = answer != nil || option.termination == .endOfText
  }

  /// True where nothing follows: the text has ended, or the model ends it here.
  var isFinal: Bool { continuation?.tokens.isEmpty ?? true }
}

private struct Pair {
  let group: Int
  let first: State
  let second: State
  let choices: [String]?

  /// Each state's continuation, to be read in the other state as far as the context goes.
  func questions(_ context: Int) -> [LikelihoodRequest] {
    [(first, second), (second, first)].map { own, other in
      let tokens = first.isFinal || second.isFinal ? [] : own.continuation?.tokens ?? []
      return LikelihoodRequest(
        prefix: other.tokens, continuation: Array(tokens.prefix(max(0, context - other.tokens.count))))
    }
  }

  /// The belief, from the log-probabilities that answer both questions.
  func belief(_ read: [[Double]]) -> Double {
    guard !first.isFinal, !second.isFinal else {
      guard first.isFinal, second.isFinal else { return 0 }
      guard let own = first.answer, let other = second.answer else {
        return first.answer == second.answer && first.text == second.text ? 1 : 0
      }
      return AnswerFormat.agree(own, other, among: choices) ? 1 : 0
    }
    let losses = zip([first, second], read).compactMap { state, elsewhere -> Double? in
      guard !elsewhere.isEmpty else { return nil }  // the context is full: this direction says nothing
      let terms = zip(elsewhere, state.continuation?.logProbabilities ?? []).map { min(0, $0 - $1) }
      if terms.isEmpty { return nil }  // a server that tells nothing of what it draws
      return terms.reduce(0, +) / Double(terms.count)
    }
    return losses.isEmpty ? 0 : min(1, exp(losses.reduce(0, +) / Double(losses.count)))
  }
}
