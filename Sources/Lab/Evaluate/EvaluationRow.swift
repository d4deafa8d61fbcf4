/// A row of `evaluate --json`.
package struct EvaluationRow: Encodable {
  package let method: String
  /// The step of an ablation.
  package let step: String?
  /// The preset that a run of the engine began as.
  package let preset: String?
  /// Mean budget of a problem in tokens.
  package let budgetTokens: Double
  /// The budget as a multiple of a greedy answer's tokens.
  package let budgetMultiple: Double?
  package let seed: UInt64
  package let problems: Int
  package let correct: Int
  package let accuracy: Double
  package let ci95: [Double]
  package let tokensPerProblem: Double
  package let nodesPerProblem: Double
  package let secondsPerProblem: Double
  package let goldReached: Double?
  package let finals: [String: Double]?
  package let drawsPerProblem: Double?
  package let criticCallsPerProblem: Double?
  package let reusedShare: Double?
  package let overhead: Double?
  package let calibration: [String: ReliabilityRow]?

  /// A row of the trials with one seed.
  package init(_ result: EvaluationResult, _ method: Method, budget: Int, seed: UInt64) {
    let trials = result.trials(method, budget).filter { $0.seed == seed }
    let isStep = !result.plan.steps.isEmpty
    self.method = isStep ? Method.search : method.name
    step = isStep ? method.name : nil
    if case .engine(let settings) = method.way { preset = settings.preset } else { preset = nil }
    budgetTokens = trials.mean { Double($0.budgetTokens) }
    budgetMultiple = result.plan.budgets[budget].factor.map { $0 * method.budgetFactor }
    self.seed = seed
    problems = trials.count
    correct = trials.count { $0.isCorrect }
    accuracy = trials.mean { $0.isCorrect ? 1 : 0 }
    ci95 = Statistics.wilson(correct, trials.count)
    tokensPerProblem = trials.mean { Double($0.outcome.tokens) }
    nodesPerProblem = trials.mean { Double($0.outcome.nodes) }
    secondsPerProblem = trials.mean(\.outcome.seconds)
    let runs = RunSummary(trials)
    goldReached = runs?.goldReached
    finals = runs.map { Dictionary(uniqueKeysWithValues: $0.finals.map { ($0.key.rawValue, $0.value) }) }
    drawsPerProblem = runs?.draws
    criticCallsPerProblem = runs?.criticCalls
    reusedShare = runs?.reusedShare
    overhead = runs?.overhead
    calibration = runs.map { $0.reliability.mapValues(ReliabilityRow.init) }
  }
}
