import Foundation

/// PUCT as TS-LLM has it: Q + P·(√N/(1+n))·[ln((N + c_base + 1)/c_base) + c_init] + prm·PRM.
///
/// P is exp(mean token log-probability) of each option, normalised over the siblings.
package struct PUCT: Sendable, Equatable {
  /// c_base, ≥ 1.
  package let base: Double
  /// c_init, ≥ 0.
  package let initial: Double
  /// Weight of the PRM term, ≥ 0.
  package let processWeight: Double

  /// The rule that `parameters` ask for.
  package init(_ parameters: SearchParameters) {
    base = parameters[SearchParameters.puctBase]
    initial = parameters[SearchParameters.puctInitial]
    processWeight = parameters[SearchParameters.puctProcessWeight]
  }

  /// √N·[ln((N + c_base + 1)/c_base) + c_init]: the part that all children of one parent share.
  @inline(__always)
  package func scale(parentVisits: Int) -> Double {
    let n = Double(parentVisits)
    return n.squareRoot() * (log((n + base + 1) / base) + initial)
  }

  @inline(__always)
  func terms(_ child: SelectionInput, scale: Double) -> SelectionTerms {
    SelectionTerms(
      exploitation: child.exploitation, exploration: child.prior * scale / Double(1 + child.visits),
      process: processWeight * (child.process ?? 0), prior: child.prior)
  }
}

extension SearchParameters {
  /// `selection.puct.base`.
  public static let puctBase = ParameterKey<Double>(
    "selection.puct.base", 1...1e9, default: 19652,
    help: "c_base of PUCT: visits at which exploration begins to grow.", citation: "TS-LLM's code, after AlphaZero")
  /// `selection.puct.initial`.
  public static let puctInitial = ParameterKey<Double>(
    "selection.puct.initial", 0...100, default: 1.25,
    help: "c_init of PUCT: exploration at few visits.", citation: "TS-LLM's code, after AlphaZero")
  /// `selection.puct.prm`.
  public static let puctProcessWeight = ParameterKey<Double>(
    "selection.puct.prm", 0...10, default: 0,
    help: "Weight of a child's PRM score that PUCT adds to its Q.",
    citation: "TS-LLM's code uses 0.5 where it has a PRM")
}
