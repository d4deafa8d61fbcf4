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
package struct SelectionInput: Equatable, Sendable {
  /// Sum of the rewards backed up through the child, W.
  package var valueSum: Double
  /// Backups through the child, n, ≥ 0; simulations under way count too, as visits without reward.
  package var visits: Int
  /// Q before the first backup, by first-play urgency.
  package var firstPlay = 0.0
  /// The policy's prior over the siblings, in [0, 1].
  package var prior = 1.0
  /// The child's PRM score, where it has one.
  package var process: Double?

  /// Q of the child.
  @inline(__always) var exploitation: Double { visits > 0 ? valueSum / Double(visits) : firstPlay }
}

/// How children are compared on the way down.
package enum SelectionRule: Sendable {
  /// No prior (AlphaLLM).
  case uct(UCT)
  /// The policy's prior scales the bonus (TS-LLM, AlphaZero).
  case puct(PUCT)
  /// More than each child by itself is looked at; UCT where there is no contest.
  case contest(any ContestFormula, otherwise: UCT)

  /// Every rule of a ``Contest``, in the order shown.
  static let contests: [any ContestFormula.Type] = [
    SequentialHalving.self, BudgetGuided.self, ThompsonSampling.self,
  ]

  static let names = ["uct", "puct"] + contests.map { $0.name }
  /// What those rules read, in the order shown.
  static let parameters = contests.flatMap { $0.parameters }

  /// The rule that `parameters` ask for.
  package init(_ parameters: SearchParameters) {
    let name = parameters[SearchParameters.selectionRule]
    if let contest = Self.contests.first(where: { $0.name == name }) {
      self = .contest(contest.init(parameters), otherwise: UCT(parameters))
    } else {
      self = name == "puct" ? .puct(PUCT(parameters)) : .uct(UCT(parameters))
    }
  }

  /// The terms of a child below a parent with `parentVisits` backups, by itself. Complexity: O(1).
  package func terms(_ child: SelectionInput, parentVisits: Int) -> SelectionTerms {
    switch self {
    case .uct(let rule), .contest(_, let rule):
      rule.terms(child, scaledLogarithm: rule.scaledLogarithm(parentVisits: parentVisits))
    case .puct(let rule): rule.terms(child, scale: rule.scale(parentVisits: parentVisits))
    }
  }

  /// The word for the rule in `selection.rule`.
  public var name: String {
    switch self {
    case .uct: "uct"
    case .puct: "puct"
    case .contest(let formula, _): type(of: formula).name
    }
  }

  /// What a score's third term is called, as a column's head.
  package static func thirdTerm(of name: String) -> String {
    contests.first { $0.name == name }?.thirdTerm ?? "prm"
  }

  /// The constant that scales every exploration term: c of UCT, c_init of PUCT.
  package var explorationConstant: Double {
    switch self {
    case .uct(let rule): rule.explorationConstant
    case .puct(let rule): rule.initial
    case .contest: 0
    }
  }
}

/// First-play urgency: what stands in for Q before a child's first backup.
public enum FirstPlay: String, Sendable, CaseIterable {
  /// The child's own reward (TS-LLM).
  case value
  /// The parent's Q less a reduction (Leela Chess Zero).
  case parent
}

extension SearchParameters {
  /// `selection.rule`.
  public static let selectionRule = ParameterKey<String>(
    "selection.rule", words: SelectionRule.names, default: "uct",
    help:
      "Selection score of a child: UCT without prior, PUCT with the policy's prior, sequential halving at the root, by the budget "
      + "left, or by Thompson sampling.",
    citation:
      "AlphaLLM, eq. 1; TS-LLM's code for PUCT; Danihelka et al., 2022 (halving); BG-MCTS (budget); AB-MCTS (thompson)")
  /// `selection.firstPlay`.
  public static let firstPlay = ParameterKey<FirstPlay>(
    "selection.firstPlay", default: .value,
    help: "Q of a child before its first backup: its own reward, or its parent's Q less a reduction.",
    citation: "TS-LLM's code (value); KataGo and Leela Chess Zero (parent)")
  /// `selection.firstPlay.reduction`.
  public static let firstPlayReduction = ParameterKey<Double>(
    "selection.firstPlay.reduction", 0...1, default: 0.2,
    help: "What first-play urgency takes off the parent's Q.", citation: "Leela Chess Zero, FpuReduction")
}
