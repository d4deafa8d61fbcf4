import Foundation

/// The terms of one child's selection score, as shown to a person.
public struct SelectionTerms: Codable, Hashable, Sendable {
  /// Q: the mean backed-up reward, or what first-play urgency puts in its place.
  public var exploitation: Double
  /// The exploration bonus; proportional to the exploration constant.
  public var exploration: Double
  /// What the rule adds for the child's PRM score.
  public var process = 0.0
  /// The prior P that the bonus was scaled by; nil for rules without one.
  public var prior: Double?
  /// What the rule compares.
  public var total: Double { exploitation + exploration + process }
}

/// What a selection rule reads of one child.
public struct SelectionInput: Equatable, Sendable {
  /// Sum of the rewards backed up through the child, W.
  public var valueSum: Double
  /// Backups through the child, n, ≥ 0; simulations under way count too, as visits without reward.
  public var visits: Int
  /// Q before the first backup, by first-play urgency.
  public var firstPlay = 0.0
  /// The policy's prior over the siblings, in [0, 1].
  public var prior = 1.0
  /// The child's PRM score, where it has one.
  public var process: Double?

  /// Q of the child.
  @inline(__always) var exploitation: Double { visits > 0 ? valueSum / Double(visits) : firstPlay }
}

/// How children are compared on the way down.
public enum SelectionRule: Sendable, Equatable {
  /// No prior (AlphaLLM).
  case uct(UCT)
  /// The policy's prior scales the bonus (TS-LLM, AlphaZero).
  case puct(PUCT)

  static let names = ["uct", "puct"]

  /// The rule that `parameters` ask for.
  public init(_ parameters: SearchParameters) {
    self =
      parameters.word(SearchParameters.selectionRule) == "puct" ? .puct(PUCT(parameters)) : .uct(UCT(parameters))
  }

  /// The terms of a child below a parent with `parentVisits` backups. Complexity: O(1).
  public func terms(_ child: SelectionInput, parentVisits: Int) -> SelectionTerms {
    switch self {
    case .uct(let rule): rule.terms(child, scaledLogarithm: rule.scaledLogarithm(parentVisits: parentVisits))
    case .puct(let rule): rule.terms(child, scale: rule.scale(parentVisits: parentVisits))
    }
  }

  /// The constant that scales every exploration term: c of UCT, c_init of PUCT.
  public var explorationConstant: Double {
    switch self {
    case .uct(let rule): rule.explorationConstant
    case .puct(let rule): rule.initial
    }
  }
}
