import TreeInsight
import TreeSearch
import Vocabulary
import Workspace

/// The trials of an evaluation, by method and budget.
package struct EvaluationResult: Sendable {
  package let plan: EvaluationPlan
  package let problemCount: Int
  /// The files that the problems are of, in their order; one of them alone is the whole.
  package let sets: [ProblemSet]
  private let groups: [Group: [Trial]]

  private struct Group: Hashable {
    let method: String
    let budget: Int
  }

  /// Trials in any order; they are sorted, so that sums of numbers come out the same.
  package init(_ trials: [Trial], plan: EvaluationPlan, problemCount: Int, sets: [ProblemSet] = []) {
    self.plan = plan
    self.problemCount = problemCount
    self.sets = sets
    groups = Dictionary(grouping: trials) { Group(method: $0.method, budget: $0.budget) }.mapValues {
      $0.sorted { ($0.seed, $0.problem) < ($1.seed, $1.problem) }
    }
  }

  /// The trials of one method and budget, by seed and problem.
  package func trials(_ method: Entrant, _ budget: Int) -> [Trial] {
    groups[Group(method: method.name, budget: budget)] ?? []
  }

  /// The result on each file by itself, with its name, and then on all of them, which has none; that alone where there is one file.
  package var parts: [(name: String?, result: EvaluationResult)] {
    guard sets.count > 1 else { return [(nil, self)] }
    let all = groups.values.flatMap { $0 }
    return sets.map { set in
      let own = all.filter { set.places.contains($0.problem) }
      return (set.name, EvaluationResult(own, plan: plan, problemCount: set.places.count))
    } + [(nil, EvaluationResult(all, plan: plan, problemCount: problemCount))]
  }

  /// Weights of the final selection `evidence` fitted to all runs of the engine; nil where there are too few.
  package var evidenceFit: EvidenceFit? {
    let trials = plan.budgets.indices.flatMap { budget in plan.methods.flatMap { self.trials($0, budget) } }
    return EvidenceFit(
      Dictionary(grouping: trials, by: \.problem).sorted { $0.key < $1.key }.map { _, trials in
        trials.compactMap(\.outcome.run?.evidence)
      })
  }

  /// Share of right answers of each problem over the seeds with which the method came to an end there.
  package func correctness(_ method: Entrant, _ budget: Int) -> [Double] {
    shares(method, budget).sorted { $0.key < $1.key }.map(\.value)
  }

  /// The same of two methods, for the problems on which both came to an end: only those can be compared in pairs.
  func pairs(_ one: Entrant, _ other: Entrant, _ budget: Int) -> (one: [Double], other: [Double]) {
    let (mine, theirs) = (shares(one, budget), shares(other, budget))
    let common = mine.keys.filter { theirs[$0] != nil }.sorted()
    return (common.compactMap { mine[$0] }, common.compactMap { theirs[$0] })
  }

  private func shares(_ method: Entrant, _ budget: Int) -> [Int: Double] {
    Dictionary(grouping: trials(method, budget), by: \.problem).mapValues { trials in
      Double(trials.count(where: \.isCorrect)) / Double(trials.count)
    }
  }
}

/// The problems of one file among those of an evaluation.
package struct ProblemSet: Sendable, Equatable {
  /// The file's name without folder and extension.
  package let name: String
  /// Where its problems stand.
  package let places: Range<Int>

  package init(name: String, places: Range<Int>) { (self.name, self.places) = (name, places) }
}

extension Collection<Trial> {
  /// Mean of a number over the trials; 0 without any.
  package func mean(_ value: (Trial) -> Double) -> Double { reduce(0) { $0 + value($1) } / Double(Swift.max(1, count)) }
}

/// What one method gave on one problem with one seed and one budget.
package struct Trial: Sendable, Codable {
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
package struct Outcome: Sendable, Codable {
  package var answer: String?
  /// Tokens that policy and rollout model generated.
  package var tokens: Int
  /// What all its tokens cost; nil where generated ones alone do.
  package var cost: Double?
  /// Nodes of the tree; of a method without one, solutions drawn.
  package var nodes: Int
  package var seconds: Double
  /// More of a run of the engine.
  package var run: RunFigures?

  /// What it takes of a budget.
  var charged: Int { cost.map { Int($0.rounded()) } ?? tokens }
}

/// What is read off a finished run of the engine.
package struct RunFigures: Sendable, Codable {
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
  /// What the run forecast of itself, and what came of it.
  package var forecasts: [ForecastOutcome] = []
  /// Where the right answer stands in the tree and was not chosen, what misled.
  package var misled: Misled?
  /// The evidence for the tree's answers, where it is asked for.
  package var evidence: EvidenceCase?
}

extension Outcome {
  /// The outcome of a run of the engine whose policy and rollout model computed `promptTokens` prompt tokens.
  package init(
    _ result: SearchResult, _ tree: SearchTree, _ reading: MeteredResponder.Reading, promptTokens: Int,
    keepsEvidence: Bool
  ) {
    let problem = tree.header.problem
    answer = result.answer
    tokens = result.tokens.generated
    nodes = result.nodes
    seconds = result.seconds
    run = RunFigures(
      goldReached: result.goldReached ?? false,
      correctFinals: Set(
        FinalSelection.allCases.filter { selection in
          problem.accepts(result.finals[selection.rawValue] ?? nil) == true
        }),
      draws: result.draws, criticCalls: result.criticCalls.values.reduce(0, +),
      reliability: result.reliability,
      computedPromptTokens: promptTokens + reading.usage.critic, reusedPromptTokens: reading.usage.reused,
      secondsInside: reading.inside / .seconds(1), forecasts: result.forecasts, misled: tree.misled(tree.chosen),
      evidence: keepsEvidence ? EvidenceCase(tree) : nil)
  }
}
