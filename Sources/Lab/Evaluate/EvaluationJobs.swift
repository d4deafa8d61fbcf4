import TreeSearch
import Vocabulary

/// Works through the problems of an evaluation, several at once.
package struct EvaluationJobs {
  let plan: EvaluationPlan
  let problems: [Problem]
  /// One a job, each with models of its own: they compute on threads of their own.
  let setups: [RunSetup]

  /// Jobs for every setup of `setups`.
  package init(plan: EvaluationPlan, problems: [Problem], setups: [RunSetup]) {
    (self.plan, self.problems, self.setups) = (plan, problems, setups)
  }

  /// All trials, in no particular order; `progress` is called with how many problems are done.
  package func trials(progress: (Int) -> Void = { _ in }) async throws -> [Trial] {
    try await withThrowingTaskGroup(of: (index: Int, trials: [Trial]).self) { group in
      for index in problems.indices.prefix(setups.count) { add(index, to: &group) }
      var found: [Trial] = []
      var done = 0
      while let part = try await group.next() {
        found += part.trials
        done += 1
        progress(done)
        add(part.index + setups.count, to: &group)
      }
      return found
    }
  }

  /// Starts a problem. Which job it belongs to depends on its number alone, and so does what a job's caches hold.
  private func add(
    _ index: Int, to group: inout ThrowingTaskGroup<(index: Int, trials: [Trial]), any Error>
  ) {
    guard index < problems.count else { return }
    let (setup, problem, plan) = (setups[index % setups.count], problems[index], plan)
    group.addTask { (index, try await setup.evaluate(problem, index: index, plan: plan)) }
  }
}
