import Foundation

/// PUCT as TS-LLM has it: Q + P·(√N/(1+n))·[ln((N + c_base + 1)/c_base) + c_init] + prm·PRM.
///
/// P is exp(mean token log-probability) of each option, normalised over the siblings.
public struct PUCT: Sendable, Equatable {
  /// c_base, ≥ 1.
  public let base: Double
  /// c_init, ≥ 0.
  public let initial: Double
  /// Weight of the PRM term, ≥ 0.
  public let processWeight: Double

  /// The rule that `parameters` ask for.
  public init(_ parameters: SearchParameters) {
    base = parameters.number(SearchParameters.puctBase)
    initial = parameters.number(SearchParameters.puctInitial)
    processWeight = parameters.number(SearchParameters.puctProcessWeight)
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
