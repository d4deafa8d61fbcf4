import TreeInsight
import TreeSearch
import Vocabulary
import Workspace

/// What one method gave on one problem with one seed and one budget.
package struct Trial: Sendable {
  package let method: String
  /// The budget's place in the plan.
  package let budget: Int
  package let budgetTokens: Int
  /// The problem's place in the file.
  package let problem: Int
  package let seed: UInt64
  package let outcome: Outcome
  package let isCorrect: Bool
}

/// An answer and what it took.
package struct Outcome: Sendable {
  package var answer: String?
  /// Tokens that policy and rollout model generated.
  package var tokens: Int
  /// Nodes of the tree; of a method without one, solutions drawn.
  package var nodes: Int
  package var seconds: Double
  /// More of a run of the engine.
  package var run: RunFigures?
}

/// What is read off a finished run of the engine.
package struct RunFigures: Sendable {
  /// True where a finished trajectory states the reference answer: if the answer is wrong all the same, it was not the
  /// search that missed but the final selection.
  package var goldReached: Bool
  /// The final selections that agree with the reference.
  package var correctFinals: Set<FinalSelection>
  package var draws: Int
  package var criticCalls: Int
  /// How often critics' verdicts on finished trajectories came true.
  package var reliability: [String: Reliability]
  /// Prompt tokens that policy, rollout model and critics computed.
  package var computedPromptTokens: Int
  /// Prompt tokens that they found in a cache.
  package var reusedPromptTokens: Int
  /// Seconds during which at least one of them was answering.
  package var secondsInside: Double
}

extension Outcome {
  /// The outcome of a run of the engine whose policy and rollout model computed `promptTokens` prompt tokens.
  package init(_ result: SearchResult, reference: String?, _ reading: MeteredResponder.Reading, promptTokens: Int) {
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
