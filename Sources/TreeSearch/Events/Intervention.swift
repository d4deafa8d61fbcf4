/// What a person does to a search. Every one is an event, can be undone by another event, and done again.
public enum Intervention: Codable, Equatable, Sendable {
  /// Add up to `count` children at `node`, whatever its allowed width.
  case expand(node: NodeID, count: Int)
  /// Add `option` as a child of `node`; every critic scores it like any other.
  case insert(node: NodeID, option: SearchOption)
  /// Let no later simulation enter `node`. Its statistics stay in its ancestors.
  case prune(node: NodeID)
  /// Take a prune back by hand.
  case restore(node: NodeID)
  /// Replace (nil: give back) a critic's score of `node`; the reward that was backed up is corrected up to the root.
  case override(node: NodeID, critic: String, score: Double?)
  /// Roll out `count` more times from `node`.
  case rollOut(node: NodeID, count: Int)
  /// Take member `member` out of the group of `node` and make it a node of its own.
  case separate(node: NodeID, member: Int)
  /// Change an engine parameter from here on.
  case set(parameter: String, value: ParameterValue)

  /// The node acted on; the root where it is the whole run.
  public var node: NodeID {
    switch self {
    case .expand(let node, _), .insert(let node, _), .prune(let node), .restore(let node), .override(let node, _, _),
      .rollOut(let node, _), .separate(let node, _):
      node
    case .set: .root
    }
  }

  /// One word for lists and logs.
  public var name: String {
    switch self {
    case .expand: "expand"
    case .insert: "insert"
    case .prune: "prune"
    case .restore: "restore"
    case .override: "override"
    case .rollOut: "roll out"
    case .separate: "separate"
    case .set: "set"
    }
  }
}

/// One intervention and what is needed to take it back.
public struct InterventionRecord: Sendable, Equatable {
  /// What was done.
  public let intervention: Intervention
  /// For an override: the override that stood before.
  public internal(set) var previousScore: Double?
  /// True where it froze the width of its node: what undo has to thaw.
  var frozeWidth = false
  /// What a changed parameter was before.
  var previousParameter: ParameterValue?
  /// True where a separated member took one of its group's backups along.
  var tookBackup = false
  /// True after undo, until redo.
  public internal(set) var isUndone = false
}
