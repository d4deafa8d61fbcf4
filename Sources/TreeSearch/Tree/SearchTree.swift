import Vocabulary

/// The state of a search: nothing but ``SearchEvent``s applied in order.
///
/// An arena of integer ids. Links and statistics (``Node``) lie apart from texts and scores (``NodeDetail``), so that
/// selection reads little memory. Applying an event costs O(depth) at most, whatever the size of the tree.
///
/// Each part of the state is a type that keeps it to itself; what the tree adds is what an event does to all of them.
public struct SearchTree: Sendable, Equatable {
  /// What fixed the run before its first event.
  public let header: RunHeader
  /// The parameters in force: the header's, changed by interventions since.
  public internal(set) var parameters: SearchParameters
  @usableFromInline var arena: Arena
  /// Events applied so far: the version of this state.
  public internal(set) var eventCount = 0
  /// Requests asked and not yet answered, by id.
  public internal(set) var pending = RequestTable()
  /// Requests asked so far.
  public internal(set) var requestCount = 0
  var acts = UndoLog()
  /// Tokens spent, by role.
  public internal(set) var usage = TokenUsage()
  /// Options drawn, rejected ones included.
  public internal(set) var draws = 0
  /// Where the latest simulation descended to; the end of the highlighted path.
  public internal(set) var lastSelected: NodeID?
  /// How many of the latest simulations in a row drew nothing and backed up what stood there.
  package internal(set) var revisits = 0
  /// Why the search last stopped; nil while it may go on.
  public internal(set) var stopReason: StopReason?
  /// The latest request that failed, with its message; nil after a later success.
  public internal(set) var lastFailure: String?
  /// What could not be answered so far, the kinds in order of their first time.
  public internal(set) var failures: [FailureCount] = []

  /// What was forecast so far, in order; empty unless the run keeps it.
  public internal(set) var forecasts: [Forecast] = []

  /// What was picked after the first answers; nil before, and for a run that picks nothing.
  public internal(set) var pick: PresetPick?

  var imports = Imports()
  var agenda = Agenda()
  var proposals = ProposalTable()
  var statistics: Statistics
  var scoring: Scoring

  /// The tree of a run before its first event: a root, to be scored by the value critic if there is one.
  public init(header: RunHeader) {
    self.header = header
    parameters = header.parameters
    statistics = Statistics(header.parameters)
    scoring = Scoring(header.critics, header.parameters)
    arena = Arena(critics: header.critics.map(\.name))
    if scoring.hasValueCritic { agenda.append(.evaluate(.root)) }
  }

  /// True where nothing was ever drawn and nothing ever will be.
  var hasNoBeginning: Bool { arena[.root].marks.contains(.widthFrozen) && arena.hasNoChild(.root) && !failures.isEmpty }

  /// The tree that `events` make. Complexity: O(events × depth).
  public init<Events: Sequence<SearchEvent>>(header: RunHeader, events: Events) throws {
    self.init(header: header)
    for event in events { try apply(event) }
  }

  /// Makes room for so many nodes in all: a tree that is going to have them need not be copied each time that it has doubled.
  package mutating func makeRoom(for nodes: Int) { arena.makeRoom(for: nodes) }

  // MARK: - Nodes

  /// Links and statistics by node id.
  @inlinable public var nodes: ContiguousArray<Node> { _read { yield arena.nodes } }

  /// Texts and scores by node id, each put together when it is read.
  public var details: NodeDetails { NodeDetails(arena.details, arena.nodes) }

  /// Links and statistics of `id`. Complexity: O(1).
  @inlinable public subscript(id: NodeID) -> Node { arena.nodes[id.offset] }

  /// Nodes with a final answer.
  public var terminals: Int { arena.answers }

  /// Nodes taken back or failed: they keep their ids but are in no statistic and on no screen.
  public var hiddenNodes: Int { arena.hidden }

  /// Nodes shown, the root included.
  public var nodeCount: Int { arena.nodes.count - arena.hidden }

  /// Simulations: backups through the root, those of expansions and insertions by hand included.
  public var simulations: Int { arena[.root].visits }

  /// Backups that began at `node` itself: its visits less those of its children. O(width).
  public func ownBackups(of node: NodeID) -> Int { Statistics.ownBackups(of: node, in: arena) }

  /// Children in order of creation, hidden ones left out.
  public func children(of id: NodeID) -> some Sequence<NodeID> { arena.children(of: id) }

  /// The oldest child of `id`, a hidden one too; ``NodeID/none`` without children. Complexity: O(1).
  public func firstChild(of id: NodeID) -> NodeID { arena.firstChild(of: id) }

  /// The next younger sibling of `id`, a hidden one too; ``NodeID/none`` for the youngest. Complexity: O(1).
  public func nextSibling(of id: NodeID) -> NodeID { arena.nextSibling(of: id) }

  /// The youngest child of `id`, a hidden one too; ``NodeID/none`` without children. Complexity: O(log children).
  public func lastChild(of id: NodeID) -> NodeID { arena.lastChild(of: id) }

  /// Nodes from the root to `id`, both included. Complexity: O(depth).
  public func path(to id: NodeID) -> [NodeID] { arena.path(to: id) }

  /// Texts of the options from the root to `id`. Complexity: O(depth).
  public func options(to id: NodeID) -> [SearchOption] {
    path(to: id).compactMap { arena.details.option(at: $0.offset) }
  }

  /// True where `id` and every ancestor may be entered. Complexity: O(depth).
  public func isReachable(_ id: NodeID) -> Bool { arena.isReachable(id) }

  /// True where neither `id` nor an ancestor was taken back or failed. Complexity: O(depth).
  public func isVisible(_ id: NodeID) -> Bool { arena.isVisible(id) }

  /// The trajectory that follows the greatest mean value from the root: `.greedyPath` of the final selections.
  ///
  /// Complexity: O(depth × width).
  public func bestPath() -> [NodeID] {
    var path = [NodeID.root]
    while let next = bestChild(of: path[path.count - 1]) { path.append(next) }
    return path
  }

  /// The open child with the greatest mean value, the older of equals; nil without visited children. Where an imported file does not
  /// say N, reward or value stands for it.
  public func bestChild(of id: NodeID) -> NodeID? {
    var best: (id: NodeID, q: Double)?
    for child in children(of: id) where arena[child].isOpen {
      if let q = standing(of: child), q > best?.q ?? -1 { best = (child, q) }
    }
    return best?.id
  }

  /// Q; of a node from a file that does not say N, its reward or value.
  private func standing(of id: NodeID) -> Double? {
    let node = arena[id]
    return node.meanValue ?? (node.marks.contains(.uncounted) ? node.reward ?? node.value : nil)
  }

  // MARK: - What people did, and what is left to do

  /// What people did, in order.
  public var interventions: [InterventionRecord] { acts.records }

  /// Interventions that undo would take back, the last first to go.
  public var undoable: [Int] { acts.undoable }

  /// Interventions that redo would do again, the last first.
  public var redoable: [Int] { acts.redoable }

  /// True while the engine has work that needs no new simulation: something is due or awaited.
  public var isBusy: Bool { !agenda.isEmpty || !pending.isEmpty }
}
