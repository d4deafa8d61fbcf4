import Foundation

/// UCT: Q + c·√(ln N / n), optionally with UCB1's factor 2 under the root (AlphaLLM, eq. 1; its code has no factor 2).
///
/// A child without a backup counts as visited once, with first-play urgency in place of Q.
public struct UCT: Sendable, Equatable {
  /// c, ≥ 0.
  public let explorationConstant: Double
  /// 2 with the factor, else 1.
  public let factor: Double
  /// c·√factor: what stands before √(ln N / n).
  let explorationScale: Double

  /// The rule that `parameters` ask for.
  public init(_ parameters: SearchParameters) {
    explorationConstant = parameters.number(SearchParameters.explorationConstant)
    factor = parameters.flag(SearchParameters.explorationFactorTwo) ? 2 : 1
    explorationScale = explorationConstant * factor.squareRoot()
  }

  /// ln N under the root, with its factor: the part that all children of one parent share.
  @inline(__always)
  package func scaledLogarithm(parentVisits: Int) -> Double { factor * log(Double(max(parentVisits, 1))) }

  @inline(__always)
  func terms(_ child: SelectionInput, scaledLogarithm: Double) -> SelectionTerms {
    SelectionTerms(
      exploitation: child.exploitation,
      exploration: explorationConstant * (scaledLogarithm / Double(max(child.visits, 1))).squareRoot())
  }
}
