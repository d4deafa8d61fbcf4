import TreeSearch
import Vocabulary

/// A trajectory on its way into the dataset.
public struct CommitRequest: Hashable, Sendable {
  /// Its last node that stands in the tree.
  public let node: NodeID
  /// The node's rollout that finishes it; nil where it ends in the node.
  public let rollout: Int?
  /// What the person says of it and of its steps.
  public var judgement: Judgement

  /// A request with its fields as given.
  public init(node: NodeID, rollout: Int? = nil, judgement: Judgement) {
    (self.node, self.rollout, self.judgement) = (node, rollout, judgement)
  }
}

/// What a person decides of: a trajectory of the run on the screen, or what the newest run of a problem in the list has chosen.
public enum CommitSubject: Hashable, Sendable {
  /// A trajectory of the run on the screen.
  case trajectory(CommitRequest)
  /// What the newest run of this problem chooses.
  case problem(String, Judgement.Verdict)
}

/// What a commit would lead to, found before it is made.
public struct CommitPreview: Hashable, Sendable {
  /// What one export format makes of it.
  public struct Yield: Hashable, Sendable {
    /// The format's name.
    public let format: String
    /// Rows that this commit gives.
    public let rows: Int

    /// A yield with its fields as given.
    public init(format: String, rows: Int) { (self.format, self.rows) = (format, rows) }
  }

  /// What speaks against it, a sentence each; empty where nothing does.
  public let warnings: [String]
  /// What the formats make of it, in their order.
  public let yields: [Yield]

  /// A preview with its fields as given.
  public init(warnings: [String], yields: [Yield]) { (self.warnings, self.yields) = (warnings, yields) }
}

/// A commit that has been made.
public struct MadeCommit: Hashable, Sendable {
  /// The entry's id.
  public let id: String
  /// The problem whose trajectory it is.
  public let problem: String
  /// What the person said of it; nil where nothing was said.
  public let verdict: Judgement.Verdict?
  /// Who said it.
  public let who: String

  /// The beginning of its id, which tells it from others.
  var shortID: String { String(id.prefix(12)) }

  /// A commit with its fields as given.
  public init(id: String, problem: String, verdict: Judgement.Verdict?, who: String) {
    (self.id, self.problem, self.verdict, self.who) = (id, problem, verdict, who)
  }
}
