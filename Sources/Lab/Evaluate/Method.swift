import TreeInsight
import TreeSearch
import Vocabulary

/// A way to answer a problem, compared with others at equal token budgets. ``all`` lists those there are; nothing else names
/// one.
package struct Method: Sendable {
  /// Answers a contest's problem with so many generated tokens; nil: within the method's own limits.
  package typealias Run = @Sendable (_ contest: Contest, _ tokens: Int?) async throws -> Outcome

  /// The contract's word.
  package let name: String
  /// What it does, in a few words.
  package let help: String
  /// True for the one whose own limits set the budget where no other is given, and with which the others are compared.
  let isReference: Bool
  /// The method, ready for an evaluation whose search has these settings.
  let entrant: @Sendable (EngineSettings) throws -> Entrant

  /// A method that does not search.
  package init(_ name: String, help: String, run: @escaping Run) {
    (self.name, self.help, isReference) = (name, help, false)
    entrant = { _ in Entrant(name: name, isReference: false, engine: nil, run: run) }
  }

  /// A run of the engine with `settings`, which are made of the evaluation's own.
  package init(
    _ name: String, help: String, isReference: Bool = false,
    settings: @escaping @Sendable (EngineSettings) throws -> EngineSettings
  ) {
    (self.name, self.help, self.isReference) = (name, help, isReference)
    entrant = { Entrant(name: name, isReference: isReference, engine: try settings($0)) }
  }

  /// All methods in the order of the table.
  package static let all = [
    Method("greedy", help: "one solution at temperature 0") { contest, _ in contest.greedy },
    sampled("majority", help: "the most frequent answer of sampled solutions", .majority),
    sampled("bestOfN", help: "the answer of the sampled solution that the ORM likes best", .bestOfN),
    sampled("weightedVote", help: "the answer with the greatest sum of ORM scores", .weightedVote),
    sampled("worstStep", help: "the answer of the sampled solution whose worst step the PRM likes best", .worstStep),
    sampled(
      "merged", help: "the answer of the sampled solution that all critics and tools together like best", .merged),
    sampled("evidence", help: "the answer with the greatest sum of odds by the ORM", .evidence),
    Method("beam", help: "step-level beam search guided by the critics (TS-LLM's BFS-V), a traversal of the engine") {
      let preset = Preset.tsLLMBeam.rawValue
      return EngineSettings(preset: preset, parameters: try Preset.named(preset), critics: $0.critics)
    },
    Method("refine", help: "one solution, rewritten where tools and the ORM object to it (Self-Refine)") {
      try $0.refining()
    },
    Method("search", help: "the search that the settings say", isReference: true) { $0 },
  ]

  /// As many whole solutions as the budget holds, and one answer chosen among them.
  private static func sampled(_ name: String, help: String, _ choice: SolutionChoice) -> Method {
    Method(name, help: help) { contest, tokens in try await contest.sample(within: tokens ?? 0, choice) }
  }
}

/// A method with the settings of one evaluation, or a step of an ablation.
package struct Entrant: Sendable {
  /// The method's name, or the step's.
  package let name: String
  /// True for the one with which the others are compared.
  let isReference: Bool
  /// The settings of its run of the engine; nil for a method that is none.
  let engine: EngineSettings?
  let run: Method.Run

  init(name: String, isReference: Bool, engine: EngineSettings?, run: @escaping Method.Run) {
    (self.name, self.isReference, self.engine, self.run) = (name, isReference, engine, run)
  }

  /// A run of the engine.
  init(name: String, isReference: Bool = false, engine: EngineSettings) {
    self.init(name: name, isReference: isReference, engine: engine) { contest, tokens in
      try await contest.search(engine, within: tokens)
    }
  }

  /// Multiplies the budget: an ablation's larger runs.
  var budgetFactor: Double { engine?.budgetFactor ?? 1 }
}
