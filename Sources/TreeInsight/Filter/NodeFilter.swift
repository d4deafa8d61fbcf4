import TreeSearch

/// A filter over nodes, such as `n>10 q<0.4 (pruned or answer=25) not "text"`.
///
/// Terms beside each other must all hold; `or` (`|`), `not` (`!`) and parentheses do what they say. A term on a number
/// that a node does not have (the score of a critic that abstained, Q before the first visit) does not hold.
public struct NodeFilter: Hashable, Sendable {
  /// The text it was made from.
  public let source: String
  private let condition: Condition

  /// Reads a filter. Throws ``FilterError`` where it cannot be read. Complexity: O(length).
  public init(_ source: String) throws(FilterError) {
    self.source = source
    condition = try FilterParser.condition(source, .filter)
  }

  /// True where the filter holds for `id`. Complexity: O(terms × (width + depth + option's text)).
  public func matches(_ id: NodeID, in tree: SearchTree) -> Bool { condition.holds(for: id, in: tree) }
}
