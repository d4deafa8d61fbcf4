/// A way to answer a problem, compared with others at equal token budgets.
package struct Method: Sendable {
  /// How an answer comes about.
  package enum Way: Sendable {
    /// One solution at temperature 0.
    case greedy
    /// As many whole solutions as the budget holds, and one answer chosen among them.
    case sampled(SolutionChoice)
    /// A run of the engine.
    case engine(EngineSettings)
  }

  /// The contract's word, or the step of an ablation.
  package let name: String
  package let way: Way

  /// Multiplies the budget: an ablation's larger runs.
  package var budgetFactor: Double {
    if case .engine(let settings) = way { settings.budgetFactor } else { 1 }
  }

  /// The method whose own limits set the budget where no other is given, and with which the others are compared.
  package static let search = "search"
  /// Names of all methods in the order of the table.
  package static let names = ["greedy"] + SolutionChoice.allCases.map(\.rawValue) + ["beam", search]
}
