import TreeInsight
import TreeSearch
import Vocabulary
import Workspace

/// What one method gave on one problem with one seed and one budget.
struct Trial: Sendable {
  let method: String
  /// The budget's place in the plan.
  let budget: Int
  let budgetTokens: Int
  /// The problem's place in the file.
  let problem: Int
  let seed: UInt64
  let outcome: Outcome
  let isCorrect: Bool
}

/// An answer and what it took.
struct Outcome: Sendable {
  var answer: String?
  /// Tokens that policy and rollout model generated.
  var tokens: Int
  /// Nodes of the tree; of a method without one, solutions drawn.
  var nodes: Int
  var seconds: Double
  /// More of a run of the engine.
  var run: RunFigures?
}

/// What is read off a finished run of the engine.
struct RunFigures: Sendable {
  /// True where a finished trajectory states the reference answer: if the answer is wrong all the same, it was not the
  /// search that missed but the final selection.
  var goldReached: Bool
  /// The final selections that agree with the reference.
  var correctFinals: Set<FinalSelection>
  var draws: Int
  var criticCalls: Int
  /// How often critics' verdicts on finished trajectories came true.
  var reliability: [String: Reliability]
  /// Prompt tokens that policy, rollout model and critics computed.
  var computedPromptTokens: Int
  /// Prompt tokens that they found in a cache.
  var reusedPromptTokens: Int
  /// Seconds during which at least one of them was answering.
  var secondsInside: Double
}

extension Outcome {
  /// The outcome of a run of the engine whose policy and rollout model computed `promptTokens` prompt tokens.
  init(_ result: SearchResult, reference: String?, _ reading: MeteredResponder.Reading, promptTokens: Int) {
    answer = result.answer
    tokens = result.tokens.generated
    nodes = result.nodes
    seconds = result.seconds
    run = RunFigures(
      goldReached: result.goldReached ?? false,
      correctFinals: Set(
        FinalSelection.allCases.filter { selection in
          AnswerFormat.isCorrect(result.finals[selection.rawValue] ?? nil, by: reference) == true
        }),
      draws: result.draws, criticCalls: result.criticCalls.values.reduce(0, +),
      reliability: result.reliability,
      computedPromptTokens: promptTokens + reading.usage.critic, reusedPromptTokens: reading.usage.reused,
      secondsInside: reading.inside / .seconds(1))
  }
}
