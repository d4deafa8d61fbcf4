/// What a width rule reads of a node.
public struct WidthInput: Equatable, Sendable {
  /// I(s) as the rule in force defines it, ≥ 0.
  public var importance: Double
  /// Edges from the root.
  public var depth: Int
  /// v(s) in [0, 1]; nil before evaluation.
  public var value: Double?
  /// Backups through the node.
  public var visits: Int
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

/// How many children a node may have.
public enum WidthRule: Sendable, Equatable {
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

  static let names = ["importance", "siblingMeanQ", "fixed", "allAtOnce", "valueDepth"]

  /// The rule that `parameters` ask for.
  public init(_ parameters: SearchParameters) {
    self =
      switch parameters.word(SearchParameters.widthRule) {
      case "siblingMeanQ": .siblingMeanQ(SiblingMeanWidth(parameters))
      case "fixed": .fixed(FixedWidth(parameters))
      case "allAtOnce": .allAtOnce(AllAtOnceWidth(parameters))
      case "valueDepth": .valueDepth(ValueDepthWidth(parameters))
      default: .importance(ImportanceWidth(parameters))
      }
  }

  /// What the rule allows at a node. Complexity: O(1).
  @inline(__always)
  public func allowance(_ node: WidthInput) -> Allowance {
    switch self {
    case .importance(let rule): rule.allowance(importance: node.importance, depth: node.depth)
    case .siblingMeanQ(let rule): rule.allowance(importance: node.importance, depth: node.depth)
    case .fixed(let rule): rule.allowance
    case .allAtOnce(let rule): rule.allowance(visits: node.visits, depth: node.depth)
    case .valueDepth(let rule): rule.allowance(value: node.value ?? 0, depth: node.depth)
    }
  }

  /// True where a widening makes all allowed children at once.
  public var isAllAtOnce: Bool { if case .allAtOnce = self { true } else { false } }
}
