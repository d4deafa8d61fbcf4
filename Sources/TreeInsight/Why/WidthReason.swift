import TreeSearch

/// Why a node may have as many children as it may, and no more.
public struct WidthReason: Codable, Hashable, Sendable {
  /// The node.
  public let node: NodeID
  /// The width rule in force, as `width.rule` calls it.
  public let rule: String
  /// What the formula reads and gives, in words.
  public let formula: String
  /// I(s), for the rules that read it: `importance` (AlphaLLM, section 4.3.2) and `siblingMeanQ` (its code), ≥ 0.
  public let importance: Double?
  /// The child that makes it; nil without children, and where a deviation that no longer stands was greater.
  public let child: NodeID?
  /// Branching tolerance ε, for the same rules.
  public let tolerance: Double?
  /// v(s), for the rule `valueDepth` (LiteSearch, section 3).
  public let value: Double?
  /// Children that the formula wants before its bounds.
  public let wanted: Int
  /// The least that is allowed, c_min.
  public let least: Int
  /// The most that is allowed, c_max.
  public let most: Int
  /// The term that bit: `c_min`, `c_max`, or the formula's own name.
  public let decidedBy: String
  /// Children allowed.
  public let allowed: Int
  /// Children present, the pruned ones left out.
  public let present: Int
  /// Children that are being drawn; counted only where several simulations may be under way.
  public let underWay: Int
  /// True where no different option was found, so that the node is widened no more.
  public let isFrozen: Bool

  /// The width of `node` as `search` stands. Complexity: O(width).
  init(of node: NodeID, in search: Search) {
    let at = search.tree[node]
    let allowance = search.allowance(at: node)
    let formula = search.rules.width.formula
    let words = formula.words(at: node, wanted: allowance.wanted, in: search.tree)
    self.node = node
    rule = type(of: formula).name
    self.formula = words.words
    importance = words.importance
    child = words.child
    tolerance = words.tolerance
    value = words.value
    wanted = allowance.wanted
    least = allowance.bounds.lowerBound
    most = allowance.bounds.upperBound
    decidedBy = allowance.decidedBy
    allowed = allowance.children
    present = Int(at.openChildren)
    underWay = search.rules.workers > 1 ? search.tree.childrenUnderWay(at: node) : 0
    isFrozen = at.marks.contains(.widthFrozen)
  }

  /// True where a simulation that comes here adds children.
  public var isOpen: Bool { !isFrozen && present + underWay < allowed }

  /// The reason in words.
  public var sentence: String {
    "Node \(node) may have \(Words.things(allowed, "child", "children")), by \(decidedBy): \(formula), within \(least) to "
      + "\(most). It has \(present)" + (underWay > 0 ? " and \(underWay) under way" : "")
      + (isFrozen ? "; no draw brought anything new, it is widened no more." : ".")
  }
}

extension Search {
  /// How many children `node` may have as of now, and why. Complexity: O(width).
  public func widthReason(of node: NodeID) -> WidthReason { WidthReason(of: node, in: self) }
}
