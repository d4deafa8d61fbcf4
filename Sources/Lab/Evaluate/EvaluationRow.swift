import TreeInsight
import TreeSearch

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
  package let forecasts: [String: ForecastRow]?
  /// Mean cost of a problem in generated tokens; nil where those alone cost.
  package let costPerProblem: Double?
  /// Of the runs whose tree holds the right answer, the share that chose it.
  package let chosenOfReached: Double?
  /// Which evidence misled the others.
  package let misled: MisledCount?
  /// The file of the problems where there are several; nil for all of them.
  package let tier: String?

  /// What a step of an ablation is called: a run of the engine.
  private static let engine = Method.all.first(where: \.isReference)?.name ?? ""

  /// A row of the trials with one seed.
  package init(_ result: EvaluationResult, _ method: Entrant, budget: Int, seed: UInt64, tier: String? = nil) {
    self.tier = tier
    let trials = result.trials(method, budget).filter { $0.seed == seed }
    let isStep = !result.plan.steps.isEmpty
    self.method = isStep ? Self.engine : method.name
    step = isStep ? method.name : nil
    preset = method.engine?.preset
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
    forecasts = ForecastRow.all(trials)
    costPerProblem = result.plan.prices.isPlain ? nil : trials.mean { $0.outcome.cost ?? 0 }
    chosenOfReached = runs?.chosenOfReached
    misled = MisledCount(trials)
  }
}

/// The figures of engine runs that share method and budget, summed up.
package struct RunSummary: Sendable {
  /// Share of runs in whose tree the reference answer was reached.
  package let goldReached: Double
  /// Of these, the share whose own final selection took it; nil where there are none.
  package let chosenOfReached: Double?
  /// Accuracy of each final selection.
  package let finals: [FinalSelection: Double]
  package let draws: Double
  package let criticCalls: Double
  /// How often each critic's verdicts on finished trajectories came true.
  package let reliability: [String: Reliability]
  /// Share of all prompt tokens that were found in a cache.
  package let reusedShare: Double
  /// Wall time divided by the part of it during which a model or critic was answering: what the tree costs beside them.
  package let overhead: Double

  /// Nil where no trial is a run of the engine.
  package init?(_ trials: [Trial]) {
    let runs = trials.compactMap(\.outcome.run)
    guard !runs.isEmpty else { return nil }
    func sum(_ value: (RunFigures) -> Double) -> Double { runs.reduce(0) { $0 + value($1) } }
    let count = Double(runs.count)
    let reached = runs.count(where: \.goldReached)
    goldReached = Double(reached) / count
    chosenOfReached =
      reached > 0 ? Double(trials.count { $0.outcome.run?.goldReached == true && $0.isCorrect }) / Double(reached) : nil
    finals = Dictionary(
      uniqueKeysWithValues: FinalSelection.allCases.map { selection in
        (selection, sum { $0.correctFinals.contains(selection) ? 1 : 0 } / count)
      })
    draws = sum { Double($0.draws) } / count
    criticCalls = sum { Double($0.criticCalls) } / count
    reliability = runs.reduce(into: [:]) { all, run in
      for (name, part) in run.reliability { all[name, default: Reliability()] += part }
    }
    let reused = sum { Double($0.reusedPromptTokens) }
    reusedShare = reused / max(1, reused + sum { Double($0.computedPromptTokens) })
    let inside = sum(\.secondsInside)
    overhead = inside > 0 ? trials.reduce(0) { $0 + $1.outcome.seconds } / inside : 1
  }
}
