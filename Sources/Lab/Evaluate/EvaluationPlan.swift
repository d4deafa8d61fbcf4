import TreeInsight
import TreeSearch

/// What is compared: methods × budgets × seeds, on every problem.
package struct EvaluationPlan: Sendable {
  /// The methods in the order of the table.
  package let methods: [Method]
  /// Budgets from small to large.
  package let budgets: [Budget]
  /// Seeds of sampling and search.
  package let seeds: [UInt64]
  /// The steps of an ablation; empty for a comparison of methods.
  package let steps: [AblationStep]

  /// A comparison of the methods `names`; nil: of all that this engine has.
  ///
  /// - Throws: ``LabError`` for an unknown name, `ParameterError` for a method that this engine does not have.
  package init(methods names: [String]?, search: EngineSettings, budgets: [Budget], seeds: [UInt64]) throws {
    let wanted = names ?? Method.names.filter { $0 != "beam" || Preset.names.contains(Self.beamPreset) }
    if let unknown = wanted.first(where: { !Method.names.contains($0) }) {
      throw LabError.settings(
        "--methods: unknown method '\(unknown)'; expected some of \(Method.names.joined(separator: ", "))")
    }
    if budgets == [.own], !wanted.contains(Method.search) {
      throw LabError.settings("--methods: expected search among them, whose limits set the budget without --budgets")
    }
    methods = try Method.names.filter(wanted.contains).map { name in
      switch name {
      case Method.search: Method(name: name, way: .engine(search))
      case "beam":
        Method(
          name: name,
          way: .engine(
            EngineSettings(
              preset: Self.beamPreset, parameters: try Preset.named(Self.beamPreset), critics: search.critics)))
      default: Method(name: name, way: SolutionChoice(rawValue: name).map { .sampled($0) } ?? .greedy)
      }
    }
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
      return Method(name: step.name, way: .engine(settings))
    }
    budgets = [budget]
    self.seeds = seeds
    self.steps = steps
  }

  /// The methods with search first: without a given budget, what it spends is what the others may spend.
  package var searchFirst: [Method] {
    methods.filter { $0.name == Method.search } + methods.filter { $0.name != Method.search }
  }

  /// Step-level beam search guided by the critics (TS-LLM's BFS-V) is a traversal of the engine.
  private static let beamPreset = "ts-llm-beam"
}
