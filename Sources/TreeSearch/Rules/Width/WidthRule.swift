import Vocabulary

/// How many children a node may have: one case for each way to say so, which is a ``WidthFormula`` in a file of its own.
package enum WidthRule: Sendable, Equatable {
  /// Importance with bounds by depth (AlphaLLM).
  case importance(ImportanceWidth)
  /// Deviation of the children's Q from their mean (AlphaLLM's code).
  case siblingMeanQ(SiblingMeanWidth)
  /// The same everywhere.
  case fixed(FixedWidth)
  /// None on the first visit, all on the second (TS-LLM).
  case allAtOnce(AllAtOnceWidth)
  /// More where the value is low and the node is near the root (LiteSearch).
  case valueDepth(ValueDepthWidth)

  /// Every rule, in the order shown; the first is what an unknown name means.
  private static let all: [any WidthFormula.Type] = [
    ImportanceWidth.self, SiblingMeanWidth.self, FixedWidth.self, AllAtOnceWidth.self, ValueDepthWidth.self,
  ]

  static let names = all.map { $0.name }
  /// What the rules read, in the order shown.
  static let parameters = all.flatMap { $0.parameters }

  /// The rule that `parameters` ask for.
  package init(_ parameters: SearchParameters) {
    let name = parameters[SearchParameters.widthRule]
    self = (Self.all.first { $0.name == name } ?? ImportanceWidth.self).init(parameters).rule
  }

  /// The formula behind the case.
  package var formula: any WidthFormula {
    switch self {
    case .importance(let formula): formula
    case .siblingMeanQ(let formula): formula
    case .fixed(let formula): formula
    case .allAtOnce(let formula): formula
    case .valueDepth(let formula): formula
    }
  }

  /// What the rule allows at a node. Complexity: O(1).
  @inline(__always)
  package func allowance(_ node: WidthInput) -> Allowance {
    switch self {  // not a call through `formula`: every simulation comes by
    case .importance(let formula): formula.allowance(node)
    case .siblingMeanQ(let formula): formula.allowance(node)
    case .fixed(let formula): formula.allowance(node)
    case .allAtOnce(let formula): formula.allowance(node)
    case .valueDepth(let formula): formula.allowance(node)
    }
  }

  /// The same where the selection rule may have a say in it: in a contest, children may be drawn up to c_max, by its own words.
  package func allowance(_ node: WidthInput, under selection: SelectionRule) -> Allowance {
    let own = allowance(node)
    guard case .contest = selection, !isAllAtOnce else { return own }
    return Allowance(wanted: own.bounds.upperBound, bounds: 0...own.bounds.upperBound, term: selection.name)
  }

  /// True where a widening makes all allowed children at once.
  package var isAllAtOnce: Bool { if case .allAtOnce = self { true } else { false } }
}

/// One way to say how many children a node may have: its name, its parameters, its formula and the words for it.
///
/// A new one is a file with a type of this protocol, its type in the list of ``WidthRule``, and a case there, for which the
/// compiler asks in two switches.
package protocol WidthFormula: Sendable, Equatable {
  /// As `width.rule` calls it.
  static var name: String { get }
  /// What it reads and no rule before it in the list does.
  static var parameters: [Parameter] { get }
  /// True where importance is the deviation of the children's Q from their mean, not of their v from the parent's.
  static var usesSiblingMean: Bool { get }
  /// The formula with the numbers that `parameters` give it.
  init(_ parameters: SearchParameters)
  /// The case that holds it.
  var rule: WidthRule { get }
  /// Children allowed at a node. Complexity: O(1).
  func allowance(_ node: WidthInput) -> Allowance
  /// What it reads at `node` and gives: `wanted` children before its bounds.
  func words(at node: NodeID, wanted: Int, in tree: SearchTree) -> WidthWords
}

extension WidthFormula {
  package static var parameters: [Parameter] { [] }
  package static var usesSiblingMean: Bool { false }
}

/// A width formula at one node, for people: what it reads, and what it gives in words.
package struct WidthWords {
  /// The sentence's part.
  package var words: String
  /// I(s), for the rules that read it.
  package var importance: Double?
  /// The child that makes it.
  package var child: NodeID?
  /// Branching tolerance ε, for the same rules.
  package var tolerance: Double?
  /// v(s), for the rules that read it.
  package var value: Double?

  static func number(_ value: Double?) -> String { FixedNumber.text(value, decimals: 3, none: "none") }
}

/// What a width rule reads of a node.
package struct WidthInput: Equatable, Sendable {
  /// I(s) as the rule in force defines it, ≥ 0.
  package var importance: Double
  /// Edges from the root.
  package var depth: Int
  /// v(s) in [0, 1]; nil before evaluation.
  package var value: Double?
  /// Backups through the node.
  package var visits: Int
}

extension WidthInput {
  /// What a width rule reads of `node`.
  @inline(__always)
  package init(_ node: Node) {
    self.init(importance: node.importance, depth: Int(node.depth), value: node.value, visits: node.visits)
  }
}

/// Children that a rule allows at one node, and which term decided it.
public struct Allowance: Equatable, Sendable {
  /// Children allowed.
  public var children: Int
  /// What the formula gives before its bounds.
  public var wanted: Int
  /// The least and the most that may come of it.
  public var bounds: ClosedRange<Int>
  /// What the formula between the bounds is called.
  var term: String

  /// The term that bit: `c_min`, `c_max`, or the formula's own name.
  public var decidedBy: String {
    wanted < bounds.lowerBound ? "c_min" : wanted > bounds.upperBound ? "c_max" : term
  }

  /// `wanted` within `bounds`.
  @inline(__always)
  init(wanted: Int, bounds: ClosedRange<Int>, term: String) {
    children = min(max(wanted, bounds.lowerBound), bounds.upperBound)
    self.wanted = wanted
    self.bounds = bounds
    self.term = term
  }
}

extension SearchParameters {
  /// `width.rule`.
  public static let widthRule = ParameterKey<String>(
    "width.rule", words: WidthRule.names, default: "importance",
    help: "How many children a node may have.",
    citation:
      "AlphaLLM, section 4.3.2 (importance) and its code (siblingMeanQ); TS-LLM (allAtOnce); LiteSearch (valueDepth)")
  /// `width.spare`.
  public static let spareDraws = ParameterKey<Int>(
    "width.spare", 0...1_000_000, default: 0,
    help:
      "After so many simulations in a row that found nothing to widen, one more child of the root is drawn, whatever its width and though "
      + "it be a copy; 0 means never.",
    citation: "this program")
}
