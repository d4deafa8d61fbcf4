import Foundation

/// UCT: Q + c·√(ln N / n), optionally with UCB1's factor 2 under the root (AlphaLLM, eq. 1; its code has no factor 2).
///
/// A child without a backup counts as visited once, with first-play urgency in place of Q.
package struct UCT: Sendable, Equatable {
  /// c, ≥ 0.
  package let explorationConstant: Double
  /// 2 with the factor, else 1.
  package let factor: Double
  /// c·√factor: what stands before √(ln N / n).
  let explorationScale: Double

  /// The rule that `parameters` ask for.
  package init(_ parameters: SearchParameters) {
    explorationConstant = parameters[SearchParameters.explorationConstant]
    factor = parameters[SearchParameters.explorationFactorTwo] ? 2 : 1
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

extension SearchParameters {
  /// `selection.exploration`.
  public static let explorationConstant = ParameterKey<Double>(
    "selection.exploration", 0...100, default: 1,
    help: "Exploration constant c of UCT.", citation: "AlphaLLM, table 5")
  /// `selection.factorTwo`.
  public static let explorationFactorTwo = ParameterKey<Bool>(
    "selection.factorTwo", default: false,
    help: "Put the factor 2 of UCB1 under the root.", citation: "AlphaLLM, eq. 1; its code leaves it out")
}
