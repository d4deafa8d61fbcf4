import TreeInsight
import TreeSearch

/// Where somebody stands in a run.
public struct Place: Hashable, Sendable {
  /// The selected node.
  public let node: NodeID
  /// The moment looked at; nil for the present.
  public let moment: Int?

  /// A place.
  public init(node: NodeID, moment: Int?) {
    self.node = node
    self.moment = moment
  }
}

/// What is particular to watching another's run.
public struct Following: Hashable, Sendable {
  /// Where the presenter stands; nil where nobody presents.
  public internal(set) var presenter: Place?
  /// True while the cursor goes where the presenter's goes.
  public internal(set) var isLocked = true
  /// The node voted for.
  public internal(set) var vote: NodeID?
  /// Why votes do not count; nil where they do.
  public internal(set) var votingProblem: String?

  /// Somebody who has just come in.
  public init(votingProblem: String? = nil) { self.votingProblem = votingProblem }
}
