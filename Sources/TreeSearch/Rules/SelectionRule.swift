import Foundation

/// The terms of one child's selection score, as shown to a person.
public struct SelectionTerms: Equatable, Sendable {
  /// Mean backed-up reward Q.
  public let exploitation: Double
  /// The exploration bonus.
  public let exploration: Double
  /// What the rule compares.
  public var total: Double { exploitation + exploration }
}

/// UCT: Q + c·√(ln N / n), optionally with UCB1's factor 2 under the root (AlphaLLM, eq. 1; its code has no factor 2).
public struct UCT: Sendable, Equatable {
  /// c, ≥ 0.
  public let explorationConstant: Double
  /// 2 with the factor, else 1.
  public let factor: Double

  /// The rule that `parameters` ask for.
  public init(_ parameters: SearchParameters) {
    explorationConstant = parameters.number(SearchParameters.explorationConstant)
    factor = parameters.flag(SearchParameters.explorationFactorTwo) ? 2 : 1
  }

  /// The terms of a child with `visits` > 0 backups whose sum is `valueSum`, below a parent with `parentVisits`.
  @inline(__always)
  public func terms(valueSum: Double, visits: Int, parentVisits: Int) -> SelectionTerms {
    terms(valueSum: valueSum, visits: visits, scaledLogarithm: scaledLogarithm(parentVisits: parentVisits))
  }

  /// ln N under the root, with its factor: the part that all children of one parent share.
  @inline(__always)
  func scaledLogarithm(parentVisits: Int) -> Double { factor * log(Double(max(parentVisits, 1))) }

  @inline(__always)
  func terms(valueSum: Double, visits: Int, scaledLogarithm: Double) -> SelectionTerms {
    let n = Double(visits)
    return SelectionTerms(
      exploitation: valueSum / n, exploration: explorationConstant * (scaledLogarithm / n).squareRoot())
  }
}
