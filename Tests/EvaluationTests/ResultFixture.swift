import TreeInsight
import TreeSearch

@testable import Lab

/// An evaluation of two problems with two seeds, made by hand.
enum ResultFixture {
  /// Majority is right on problem 0 with seed 1; search on problem 0 with both seeds and on problem 1 with seed 2, for 40
  /// and, at the second budget, 80 tokens.
  static func result(_ budgets: [Budget] = [.multiple(1), .multiple(2)]) throws -> EvaluationResult {
    let settings = EngineSettings(preset: "alphallm", parameters: SearchParameters(), critics: [])
    let plan = try EvaluationPlan(
      methods: ["majority", "search"], search: settings, budgets: budgets, seeds: [1, 2])
    var trials: [Trial] = []
    for budget in budgets.indices {
      for problem in [1, 0] {
        for seed in [UInt64(2), 1] {
          trials.append(
            trial("majority", budget, problem, seed, isCorrect: problem == 0 && seed == 1, tokens: 30, run: nil))
          trials.append(
            trial(
              "search", budget, problem, seed, isCorrect: problem == 0 || seed == 2, tokens: 40 * (budget + 1), run: run
            ))
        }
      }
    }
    return EvaluationResult(trials, plan: plan, problemCount: 2)
  }

  private static let run = RunFigures(
    goldReached: true, correctFinals: [.rerank], draws: 6, criticCalls: 9, reliability: [:], computedPromptTokens: 25,
    reusedPromptTokens: 75, secondsInside: 0.4)

  private static func trial(
    _ method: String, _ budget: Int, _ problem: Int, _ seed: UInt64, isCorrect: Bool, tokens: Int, run: RunFigures?
  ) -> Trial {
    Trial(
      method: method, budget: budget, budgetTokens: 40 * (budget + 1), problem: problem, seed: seed,
      outcome: Outcome(answer: "1", tokens: tokens, nodes: 3, seconds: 0.5, run: run), isCorrect: isCorrect)
  }
}
