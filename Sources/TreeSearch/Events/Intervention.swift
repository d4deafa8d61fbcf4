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
  /// Cut the option of `node` in two: `first` is a step of its own, and `second` follows it, with all that followed.
  case split(node: NodeID, first: SearchOption, second: SearchOption)
  /// Join the option of `node` with the step before it; other steps that follow that one stay where they are.
  case join(node: NodeID)
  /// Have the policy write something else in the place of `node`, given what speaks against it.
  case revise(node: NodeID, Revision)
  /// Change an engine parameter from here on.
  case set(parameter: String, value: ParameterValue)

  /// The node acted on; the root where it is the whole run.
  public var node: NodeID {
    switch self {
    case .expand(let node, _), .insert(let node, _), .prune(let node), .restore(let node), .override(let node, _, _),
      .rollOut(let node, _), .separate(let node, _), .split(let node, _, _), .join(let node),
      .revise(let node, _):
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
    case .split: "split"
    case .join: "join"
    case .revise: "revise"
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
  /// For an option split or joined: what was made anew.
  var remade: Remade?
  /// For an option split or joined: from each node of the branch that it lay on to the one that has its text now.
  public var copies: [NodeID: NodeID] { remade?.copies ?? [:] }
  /// The same for the steps that follow, whose own text did not change: what was said of the one holds for the other.
  public var kept: [NodeID: NodeID] { copies.filter { $0.key != intervention.node } }
  /// True for a node that a split or a join made. Complexity: O(nodes made).
  public func made(_ node: NodeID) -> Bool { remade.map { $0.top == node || $0.copies.values.contains(node) } ?? false }
  /// True after undo, until redo.
  public internal(set) var isUndone = false
}
