/// The state of a search: nothing but ``SearchEvent``s applied in order.
///
/// An arena of integer ids. Links and statistics (``Node``) lie apart from texts and scores (``NodeDetail``), so that
/// selection reads little memory. Applying an event costs O(depth) at most, whatever the size of the tree.
public struct SearchTree: Sendable {
  /// What fixed the run before its first event.
  public let header: RunHeader
  /// Links and statistics by node id.
  public internal(set) var nodes: [Node]
  /// Texts and scores by node id.
  public internal(set) var details: [NodeDetail]
  /// Events applied so far: the version of this state.
  public internal(set) var eventCount = 0
  /// Requests asked and not yet answered, by id.
  public internal(set) var pending: [RequestID: Request] = [:]
  /// Requests asked so far.
  public internal(set) var requestCount = 0
  /// What people did, in order.
  public internal(set) var interventions: [InterventionRecord] = []
  /// Interventions that undo would take back, the last first to go.
  public internal(set) var undoable: [Int] = []
  /// Interventions that redo would do again, the last first.
  public internal(set) var redoable: [Int] = []
  /// Tokens spent, by role.
  public internal(set) var usage = TokenUsage()
  /// Scores given, by critic.
  public internal(set) var criticCalls: [String: Int] = [:]
  /// Options drawn, rejected ones included.
  public internal(set) var draws = 0
  /// Nodes with a final answer.
  public internal(set) var terminals = 0
  /// Nodes taken back or failed: they keep their ids but are in no statistic and on no screen.
  public internal(set) var hiddenNodes = 0
  /// Where the latest simulation descended to; the end of the highlighted path.
  public internal(set) var lastSelected: NodeID?
  /// Why the search last stopped; nil while it may go on.
  public internal(set) var stopReason: StopReason?
  /// The latest request that failed, with its message; nil after a later success.
  public internal(set) var lastFailure: String?

  var agenda: [Due] = []
  var proposals: [RequestID: Proposal] = [:]

  /// The tree of a run before its first event: a root, to be scored by the value critic if there is one.
  public init(header: RunHeader) {
    self.header = header
    nodes = [Node(parent: .none, depth: 0)]
    details = [NodeDetail()]
    if header.critics.contains(where: { $0.name == CriticName.value }) { agenda = [.evaluate(.root)] }
  }

  /// The tree that `events` make. Complexity: O(events × depth).
  public init<Events: Sequence<SearchEvent>>(header: RunHeader, events: Events) throws {
    self.init(header: header)
    for event in events { try apply(event) }
  }

  /// Simulations: backups through the root, those of expansions and insertions by hand included.
  public var simulations: Int { nodes[0].visits }

  /// Nodes shown, the root included.
  public var nodeCount: Int { nodes.count - hiddenNodes }

  /// Links and statistics of `id`. Complexity: O(1).
  public subscript(id: NodeID) -> Node { nodes[id.offset] }

  /// True while the engine has work that needs no new simulation: something is due or awaited.
  public var isBusy: Bool { !agenda.isEmpty || !pending.isEmpty }

  /// Children in order of creation, hidden ones left out.
  public func children(of id: NodeID) -> some Sequence<NodeID> {
    sequence(first: nodes[id.offset].firstChild) { nodes[$0.offset].nextSibling }
      .prefix { $0.exists }
      .filter { nodes[$0.offset].isShown }
  }

  /// True where no child of `id` is shown. O(1) unless children were taken back.
  func hasNoChild(_ id: NodeID) -> Bool {
    var child = nodes[id.offset].firstChild
    while child.exists, !nodes[child.offset].isShown { child = nodes[child.offset].nextSibling }
    return !child.exists
  }

  /// Nodes from the root to `id`, both included. Complexity: O(depth).
  public func path(to id: NodeID) -> [NodeID] {
    var path: [NodeID] = []
    var at = id
    while at.exists {
      path.append(at)
      at = nodes[at.offset].parent
    }
    return path.reversed()
  }

  /// Texts of the options from the root to `id`. Complexity: O(depth).
  public func options(to id: NodeID) -> [SearchOption] {
    path(to: id).compactMap { details[$0.offset].option }
  }

  /// True where `id` and every ancestor may be entered. Complexity: O(depth).
  public func isReachable(_ id: NodeID) -> Bool {
    var at = id
    while at.exists {
      if !nodes[at.offset].isOpen { return false }
      at = nodes[at.offset].parent
    }
    return true
  }

  /// True where neither `id` nor an ancestor was taken back or failed. Complexity: O(depth).
  public func isVisible(_ id: NodeID) -> Bool {
    var at = id
    while at.exists {
      if !nodes[at.offset].isShown { return false }
      at = nodes[at.offset].parent
    }
    return true
  }

  /// The trajectory that follows the greatest mean value from the root: `.greedyPath` of the final selections.
  ///
  /// Complexity: O(depth × width).
  public func bestPath() -> [NodeID] {
    var path = [NodeID.root]
    while let next = bestChild(of: path[path.count - 1]) { path.append(next) }
    return path
  }

  /// The open child with the greatest mean value, the older of equals; nil without visited children.
  public func bestChild(of id: NodeID) -> NodeID? {
    var best: (id: NodeID, q: Double)?
    for child in children(of: id) where nodes[child.offset].isOpen {
      if let q = nodes[child.offset].meanValue, q > best?.q ?? -1 { best = (child, q) }
    }
    return best?.id
  }
}

/// One intervention and what is needed to take it back.
public struct InterventionRecord: Sendable, Equatable {
  /// What was done.
  public let intervention: Intervention
  /// For an override: the override that stood before.
  public let previousScore: Double?
  /// True where it froze the width of its node: what undo has to thaw.
  var frozeWidth = false
  /// True after undo, until redo.
  public internal(set) var isUndone = false
}

/// Something the engine owes: made by one event, settled by another, so that any prefix of a journal can be resumed.
enum Due: Sendable, Equatable {
  case propose(NodeID, cause: Int?, earlier: Int)
  case choose(RequestID)
  case insert(cause: Int)
  case rollOut(cause: Int)
  case evaluate(NodeID)
  case settle(NodeID)
  case backUp(NodeID)
}

/// Draws that wait to join the tree.
struct Proposal: Sendable, Equatable {
  var request: Request
  var options: [SearchOption]

  /// Draws spent on the same child before this request.
  var earlier: Int {
    if case .propose(_, _, _, let earlier) = request.kind { earlier } else { 0 }
  }
}

/// Names of the critics that the engine treats apart.
public enum CriticName {
  /// The value critic, whose scores make a node's importance.
  public static let value = "value"
  /// The process reward model.
  public static let prm = "prm"
  /// The outcome reward model: scores finished trajectories; at an inner node, the mean over its rollouts.
  public static let orm = "orm"
}
