import TreeSearch

/// Where a search is to pause: a condition on the node that an event concerns, and events.
///
/// The words are those of ``NodeFilter`` and the events `merge`, `best changes` and `failure`: `depth=2 q>0.9`, `merge`,
/// `critics differ > 0.4`, `terminal`, `answer = 25`, `best changes not correct`.
public struct Breakpoint: Hashable, Sendable {
  /// The text it was made from.
  public let source: String
  let condition: Condition

  /// Reads a breakpoint. Throws ``FilterError`` where it cannot be read. Complexity: O(length).
  public init(_ source: String) throws(FilterError) {
    self.source = source
    condition = try FilterParser.condition(source, .breakpoint)
  }
}

/// A breakpoint that fired, and where.
public struct BreakpointHit: Hashable, Sendable {
  /// The breakpoint.
  public let breakpoint: Breakpoint
  /// The node at which it fired.
  public let node: NodeID

  /// A hit with its fields as given.
  public init(breakpoint: Breakpoint, node: NodeID) {
    self.breakpoint = breakpoint
    self.node = node
  }

  /// One line.
  public var sentence: String { "breakpoint '\(breakpoint.source)' at node \(node)" }
}
