import Vocabulary

/// When a search ends before its limits because more of it would hardly change its answer: one case for each way to say so, which is a
/// ``StopFormula`` in a file of its own.
package enum StopRule {
  /// Every rule but `off`, in the order shown.
  private static let all: [any StopFormula.Type] = [ForecastStop.self, AheadStop.self, WindowStop.self]

  static let names = ["off"] + all.map { $0.name }
  /// What the rules read, in the order shown.
  static let parameters =
    [SearchParameters.stopRule.parameter, SearchParameters.stopLeast.parameter]
    + all.flatMap { $0.parameters }

  /// The rule that `parameters` ask for; nil where none is.
  package static func formula(_ parameters: SearchParameters) -> (any StopFormula)? {
    all.first { $0.name == parameters[SearchParameters.stopRule] }?.init(parameters)
  }
}

/// One way to say that a search has settled: its name, its parameters and its formula.
///
/// A new one is a file with a type of this protocol, and its type in the list of ``StopRule``.
package protocol StopFormula: Sendable {
  /// As `stop.rule` calls it.
  static var name: String { get }
  /// What it reads and no rule before it in the list does.
  static var parameters: [Parameter] { get }
  /// The formula with the numbers that `parameters` give it.
  init(_ parameters: SearchParameters)
  /// True where the answer has settled. Complexity: O(nodes).
  func hasSettled(_ tree: borrowing SearchTree, _ tally: AnswerTally) -> Bool
}

/// Ends a search by a rule. Looked at each time the tree has grown by a sixteenth, so that it costs O(1) amortised.
struct StopLimit: Limit {
  private let formula: any StopFormula
  private let least: Int

  /// Nil where `parameters` ask for no rule.
  init?(_ parameters: SearchParameters) {
    guard let formula = StopRule.formula(parameters) else { return nil }
    self.formula = formula
    least = parameters[SearchParameters.stopLeast]
  }

  func reason(_ tree: borrowing SearchTree) -> StopReason? {
    let done = tree.simulations
    guard done > 0, done % max(1, done / 16) == 0 else { return nil }
    let tally = AnswerTally(copy tree)
    guard tally.trajectories >= least, tally.leader != nil else { return nil }
    return formula.hasSettled(tree, tally) ? .settled : nil
  }
}

extension SearchParameters {
  /// `stop.rule`.
  public static let stopRule = ParameterKey<String>(
    "stop.rule", words: StopRule.names, default: "off",
    help:
      "End a search whose answer has settled: by the forecast for what is left, by how surely the leader is ahead, or by a window of "
      + "answers that agree.",
    citation: "this program (forecast); Aggarwal et al., 2023 (ahead); Li et al., 2024 (window)")
  /// `stop.least`.
  public static let stopLeast = ParameterKey<Int>(
    "stop.least", 1...10_000, default: 4,
    help: "No stop rule speaks before so many trajectories have stated an answer.", citation: "–")
  /// `stop.confidence`.
  public static let stopConfidence = ParameterKey<Double>(
    "stop.confidence", 0.5...0.9999, default: 0.95,
    help: "How sure a stop rule must be that the answer stays.", citation: "Aggarwal et al., 2023, use 0.95")
}
