import TreeInsight
import TreeSearch
import Vocabulary

/// What is compared: methods × budgets × seeds, on every problem.
package struct EvaluationPlan: Sendable {
  /// What is compared, in the order of the table.
  package let methods: [Entrant]
  /// Budgets from small to large.
  package let budgets: [Budget]
  /// Seeds of sampling and search.
  package let seeds: [UInt64]
  /// The steps of an ablation; empty for a comparison of methods.
  package let steps: [AblationStep]

  /// A comparison of the methods `names`; nil: of all there are.
  ///
  /// - Parameter all: the methods there are, in the order of the table.
  /// - Throws: `LabError` for an unknown name, `ParameterError` for a method that this engine does not have.
  package init(
    methods names: [String]?, of all: [Method] = Method.all, search: EngineSettings, budgets: [Budget], seeds: [UInt64]
  ) throws {
    let wanted = names ?? all.map(\.name)
    if let unknown = wanted.first(where: { name in !all.contains { $0.name == name } }) {
      throw LabError.settings(
        "--methods: unknown method '\(unknown)'; expected some of \(all.map(\.name).joined(separator: ", "))")
    }
    let chosen = all.filter { wanted.contains($0.name) }
    if budgets == [.own], let reference = all.first(where: \.isReference), !chosen.contains(where: \.isReference) {
      throw LabError.settings(
        "--methods: expected \(reference.name) among them, whose limits set the budget without --budgets")
    }
    methods = try chosen.map { try $0.entrant(search) }
    self.budgets = budgets
    self.seeds = seeds
    steps = []
  }

  /// An ablation: each step changes `base` and whatever the steps before it changed.
  ///
  /// - Throws: `ParameterError` for a change that this engine does not know.
  package init(steps: [AblationStep], base: EngineSettings, budget: Budget, seeds: [UInt64]) throws {
    var settings = base
    methods = try steps.map { step in
      settings = try settings.changed(by: step)
      return Entrant(name: step.name, engine: settings)
    }
    budgets = [budget]
    self.seeds = seeds
    self.steps = steps
  }

  /// What the others are compared with; nil where it takes no part.
  var reference: Entrant? { methods.first(where: \.isReference) }

  /// The methods with the reference first: without a given budget, what it spends is what the others may spend.
  var referenceFirst: [Entrant] { methods.filter(\.isReference) + methods.filter { !$0.isReference } }
}

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
