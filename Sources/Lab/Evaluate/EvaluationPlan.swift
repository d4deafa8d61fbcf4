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
  /// The critics and tools that every method has; nil for those of the settings.
  package private(set) var critics: [CriticWeight]?
  /// What tokens cost.
  package private(set) var prices = TokenPrices()
  /// Whether runs of the engine come with the evidence for their answers, for `--fit-choice`.
  package private(set) var keepsEvidence = false
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

/// What somebody wants of an evaluation, in the words of a command line.
package struct EvaluationWishes: Sendable {
  /// Names, separated by commas; nil for all methods.
  var methods: String?
  /// Multiples of a greedy answer's tokens, separated by commas; nil for what the reference spends.
  var budgets: String?
  /// Seeds, separated by commas.
  var seeds: String
  /// The steps of the paper's ablation instead of methods.
  var isAblation: Bool
  /// `off` or `on` for every method without or with tools; `off,on` to compare search without and with them.
  var tools: String?
  /// Whether a plot is to be drawn, which only a comparison of methods has.
  var hasPlot: Bool
  /// What tokens cost, as in `prompt=0.1`; nil for generated ones alone.
  var price: String?
  /// Whether weights of the final selection `evidence` are to be fitted.
  var fitsChoice: Bool

  package init(
    methods: String? = nil, budgets: String? = nil, seeds: String = "1", isAblation: Bool = false,
    tools: String? = nil, hasPlot: Bool = false, price: String? = nil, fitsChoice: Bool = false
  ) {
    (self.methods, self.budgets, self.seeds) = (methods, budgets, seeds)
    (self.isAblation, self.tools, self.hasPlot) = (isAblation, tools, hasPlot)
    (self.price, self.fitsChoice) = (price, fitsChoice)
  }

  /// The steps that switch tools off and on.
  fileprivate func toolSteps(_ text: String) throws -> [AblationStep] {
    let names = text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    let steps = names.compactMap { AblationStep.toolSteps[$0] }
    guard steps.count == names.count, Set(names).count == names.count, methods == nil, !hasPlot, !isAblation else {
      throw LabError.settings(
        "--tools: expected off or on without --ablation, or off,on with neither --methods, --ablation nor --plot, found '\(text)'"
      )
    }
    return steps
  }
}

extension EvaluationPlan {
  /// What `wishes` say, with the search of `settings`.
  ///
  /// - Throws: `LabError` for what cannot be compared.
  package init(_ wishes: EvaluationWishes, settings: Settings) throws {
    let texts = wishes.seeds.split(separator: ",", omittingEmptySubsequences: false)
    let seeds = texts.compactMap { UInt64($0) }
    guard seeds.count == texts.count, Set(seeds).count == seeds.count else {
      throw LabError.settings("--seeds: expected different whole numbers, found '\(wishes.seeds)'")
    }
    let given = try wishes.budgets.map { text in
      guard let list = Budget.list(text) else {
        throw LabError.settings("--budgets: expected different numbers from 0.1 to 1000, found '\(text)'")
      }
      return list
    }
    let search = EngineSettings(preset: settings.preset, parameters: settings.parameters, critics: settings.critics)
    do {
      if let tools = wishes.tools, let step = AblationStep.toolSteps[tools], !wishes.isAblation {
        let search = try search.changed(by: step)
        try self.init(
          methods: wishes.methods?.split(separator: ",").map(String.init), search: search, budgets: given ?? [.own],
          seeds: seeds)
        critics = search.critics
      } else if let tools = wishes.tools {
        try self.init(
          steps: wishes.toolSteps(tools), base: search, budget: given?.first ?? .own, seeds: seeds)
      } else if wishes.isAblation {
        guard let given, given.count == 1, wishes.methods == nil, !wishes.hasPlot else {
          throw LabError.settings(
            "--ablation: expected one budget, as in --budgets 8, and neither --methods nor --plot")
        }
        try self.init(steps: AblationStep.paper, base: search, budget: given[0], seeds: seeds)
      } else {
        try self.init(
          methods: wishes.methods?.split(separator: ",").map(String.init), search: search, budgets: given ?? [.own],
          seeds: seeds)
      }
    } catch let error as ParameterError {
      throw LabError.settings(error.description)
    }
    if let price = wishes.price { prices = try TokenPrices(price) }
    keepsEvidence = wishes.fitsChoice
  }
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

  /// What came of each problem, in the order of the file; `progress` is called with how many problems are done. What is `kept` is not
  /// done again, and what is done is kept there.
  package func trials(
    keeping kept: inout KeptTrials?, progress: (Int) -> Void = { _ in }
  ) async throws -> [ProblemTrials] {
    try await withThrowingTaskGroup(of: ProblemTrials.self) { group in
      var found = kept?.parts ?? [:]
      for index in problems.indices.prefix(setups.count) { add(index, besides: found, to: &group) }
      progress(found.count)
      while let part = try await group.next() {
        found[part.index] = part
        try kept?.keep(part)
        progress(found.count)
        add(part.index + setups.count, besides: found, to: &group)
      }
      return found.values.sorted { $0.index < $1.index }
    }
  }

  /// The same where nothing is kept.
  package func trials(progress: (Int) -> Void = { _ in }) async throws -> [ProblemTrials] {
    var nothing: KeptTrials?
    return try await trials(keeping: &nothing, progress: progress)
  }

  /// Starts the job's next problem from `index` on that has not been done. Which job it belongs to depends on its number alone, and so does
  /// what a job's caches hold.
  private func add(
    _ first: Int, besides done: [Int: ProblemTrials], to group: inout ThrowingTaskGroup<ProblemTrials, any Error>
  ) {
    var index = first
    while done[index] != nil { index += setups.count }
    guard index < problems.count else { return }
    let (setup, problem, plan) = (setups[index % setups.count], problems[index], plan)
    group.addTask(executorPreference: setup.models.thread) {
      try await setup.evaluate(problem, index: index, plan: plan)
    }
  }
}
