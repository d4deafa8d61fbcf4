import Vocabulary

/// One change of a search. A ``SearchTree`` is nothing but events applied in order.
///
/// Events say what happened, never why it should: a rule is consulted when an event is made, not when it is applied, so
/// a journal replays exactly under a later version of the rules.
public enum SearchEvent: Codable, Equatable, Sendable {
  /// A simulation descended to `node`: to add children there (`widen`; `children` of them, one where nil), or to back up
  /// the reward that stands there. `silent` children are evaluated and not backed up: the simulation goes on below `node`,
  /// and its next selection says so by `from`.
  case selected(node: NodeID, widen: Bool, children: Int? = nil, silent: Bool? = nil, from: NodeID? = nil)
  /// The engine asked the driver for something.
  case asked(request: Request)
  /// The driver told the engine.
  case answered(request: RequestID, answer: Answer)
  /// The driver could not answer; `reason` says why it never will. A node that has no child and for which no step can ever
  /// be drawn ends its trajectory there.
  case failed(request: RequestID, message: String, reason: PermanentFailure? = nil)
  /// An answer came late, twice, or for a branch that is gone; it changed nothing.
  case ignored(request: RequestID, reason: IgnoredReason)
  /// Draw `draw` of `request`'s answer became node `node` (the next free id) below `parent`. A negative `draw` counts
  /// from the end of the parent's rejected draws: the least similar one of a child for which no draw passed.
  /// `spent` draws were looked at; `distance` is the edit distance to the nearest sibling (nil: no sibling, or the rule is off).
  /// `answer` is the final answer that the new trajectory states.
  case added(
    node: NodeID, parent: NodeID, request: RequestID, draw: Int, spent: Int, distance: Int?, terminal: TerminalKind?,
    answer: String?)
  /// Draw `draw` of `request` was too much like a sibling; it is kept and counted, and another is asked for.
  case rejected(request: RequestID, draw: Int, distance: Int)
  /// Draw `draw` of `request` is like `node`: it became a member of its group, whose reward is backed up once more.
  case merged(node: NodeID, request: RequestID, draw: Int, distance: Int?)
  /// Line `line` of rollout `rollout` of node `source` became node `node` below the line before it.
  case grafted(node: NodeID, source: NodeID, rollout: Int, line: Int, terminal: TerminalKind?, answer: String?)
  /// The same, where the tree holds that very line already as `node`.
  case followed(node: NodeID, source: NodeID, rollout: Int, line: Int)
  /// A person's option became node `node` below the node of intervention `cause`.
  case inserted(node: NodeID, cause: Int, terminal: TerminalKind?, answer: String?)
  /// No draw differed from its siblings after `spent` of them: the node is not widened again.
  case widthFrozen(node: NodeID, spent: Int)
  /// Every critic has answered for `node`: its reward is fixed.
  case evaluated(node: NodeID, reward: Double)
  /// `reward` was added at `node` and at every ancestor.
  case backedUp(node: NodeID, reward: Double)
  /// Another program's file says that `node`, the next free id, stood below `parent` with these values; of the root, below none, it
  /// says where the tree comes from.
  indirect case imported(node: NodeID, parent: NodeID, facts: ImportedNode)
  /// A person did something; it becomes entry `SearchTree.interventions.count`.
  case intervened(Intervention)
  /// Intervention number `intervention` was taken back.
  case undone(intervention: Int)
  /// Intervention number `intervention` was done again.
  case redone(intervention: Int)
  /// What the simulations left were forecast to buy at this moment; it changes nothing, and stands beside what came of it. Rare, and
  /// the one that would make every event larger: it lies apart.
  indirect case forecast(Forecast)
  /// After the first answers a preset was picked: its parameters are in force from here on. Lies apart as a forecast does.
  indirect case picked(PresetPick)
  /// The search ended for a reason; further asks may follow when a person goes on.
  case stopped(reason: StopReason)
}

/// Why an answer changed nothing.
public enum IgnoredReason: String, Codable, Sendable {
  /// No such request, or it has been answered.
  case notPending
  /// The branch was pruned or taken back meanwhile.
  case branchGone
}
