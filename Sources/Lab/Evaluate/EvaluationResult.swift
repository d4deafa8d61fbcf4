import TreeInsight
import TreeSearch

/// The trials of an evaluation, by method and budget.
package struct EvaluationResult: Sendable {
  package let plan: EvaluationPlan
  package let problemCount: Int
  private let groups: [Group: [Trial]]

  private struct Group: Hashable {
    let method: String
    let budget: Int
  }

  /// Trials in any order; they are sorted, so that sums of numbers come out the same.
  package init(_ trials: [Trial], plan: EvaluationPlan, problemCount: Int) {
    self.plan = plan
    self.problemCount = problemCount
    groups = Dictionary(grouping: trials) { Group(method: $0.method, budget: $0.budget) }.mapValues {
      $0.sorted { ($0.seed, $0.problem) < ($1.seed, $1.problem) }
    }
  }

  /// The trials of one method and budget, by seed and problem.
  package func trials(_ method: Method, _ budget: Int) -> [Trial] {
    groups[Group(method: method.name, budget: budget)] ?? []
  }

  /// Share of right answers of each problem over the seeds.
  package func correctness(_ method: Method, _ budget: Int) -> [Double] {
    let share = 1 / Double(max(1, plan.seeds.count))
    return trials(method, budget).reduce(into: [Double](repeating: 0, count: problemCount)) { sums, trial in
      if trial.isCorrect { sums[trial.problem] += share }
    }
  }
}

extension Collection<Trial> {
  /// Mean of a number over the trials; 0 without any.
  package func mean(_ value: (Trial) -> Double) -> Double { reduce(0) { $0 + value($1) } / Double(Swift.max(1, count)) }
}
