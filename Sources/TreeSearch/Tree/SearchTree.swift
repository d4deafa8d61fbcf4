import Vocabulary

/// The state of a search: nothing but ``SearchEvent``s applied in order.
///
/// An arena of integer ids. Links and statistics (``Node``) lie apart from texts and scores (``NodeDetail``), so that
/// selection reads little memory. Applying an event costs O(depth) at most, whatever the size of the tree.
public struct SearchTree: Sendable, Equatable {
  /// What fixed the run before its first event.
  public let header: RunHeader
  /// The parameters in force: the header's, changed by interventions since.
  public internal(set) var parameters: SearchParameters
  /// Links and statistics by node id.
  public internal(set) var nodes: ContiguousArray<Node>
  var store: DetailStore
  /// The children of each node, with a copy of their statistics.
  var table = ChildTable()
  /// Events applied so far: the version of this state.
  public internal(set) var eventCount = 0
  /// Requests asked and not yet answered, by id.
  public internal(set) var pending = RequestTable()
  /// Requests asked so far.
  public internal(set) var requestCount = 0
  var acts = UndoLog()
  /// Tokens spent, by role.
  public internal(set) var usage = TokenUsage()
  var criticCounts: CriticCounts
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
  /// What could not be answered so far, the kinds in order of their first time.
  public internal(set) var failures: [FailureCount] = []

  var agenda = Agenda()
  var proposals: [Proposal] = []
  var statistics: StatisticsRules
  /// Weights of the header's critics, in its order.
  package let weights: [Double]
  /// Numbers of the value critic and the ORM among the header's critics; −1 for none.
  let valueCritic, outcomeCritic: Int

  /// The tree of a run before its first event: a root, to be scored by the value critic if there is one.
  public init(header: RunHeader) {
    self.header = header
    parameters = header.parameters
    statistics = StatisticsRules(header.parameters)
    nodes = [Node(parent: .none, depth: 0)]
    let critics = header.critics.map(\.name)
    store = DetailStore(critics: critics)
    criticCounts = CriticCounts(critics)
    weights = header.critics.map(\.weight)
    valueCritic = critics.firstIndex(of: CriticName.value) ?? -1
    outcomeCritic = critics.firstIndex(of: CriticName.orm) ?? -1
    if valueCritic >= 0 { agenda.append(.evaluate(.root)) }
  }

  /// True where nothing was ever drawn and nothing ever will be.
  var hasNoBeginning: Bool { nodes[0].marks.contains(.widthFrozen) && hasNoChild(.root) && !failures.isEmpty }

  /// Makes room for so many more nodes; not for a few, because exact room asked for again and again is copied each time.
  mutating func reserve(_ more: Int) {
    guard more >= nodes.count else { return }
    nodes.reserveCapacity(nodes.count + more)
    store.reserve(more)
    table.reserve(more)
  }

  /// The tree that `events` make. Complexity: O(events × depth).
  public init<Events: Sequence<SearchEvent>>(header: RunHeader, events: Events) throws {
    self.init(header: header)
    for event in events { try apply(event) }
  }

  /// Texts and scores by node id, each put together when it is read.
  public var details: NodeDetails { NodeDetails(store, nodes) }

  /// What people did, in order.
  public var interventions: [InterventionRecord] { acts.records }

  /// Interventions that undo would take back, the last first to go.
  public var undoable: [Int] { acts.undoable }

  /// Interventions that redo would do again, the last first.
  public var redoable: [Int] { acts.redoable }

  /// Scores given, by critic.
  public var criticCalls: [String: Int] { criticCounts.byName }

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
    allChildren(of: id).filter { nodes[$0.offset].isShown }
  }

  /// Children in order of creation, hidden ones too.
  func allChildren(of id: NodeID) -> some Sequence<NodeID> {
    let group = nodes[id.offset].group
    return table.entries[group.exists ? group.range : 0..<0].lazy.map(\.node).prefix { $0.exists }
  }

  /// The oldest child of `id`, a hidden one too; ``NodeID/none`` without children. Complexity: O(1).
  public func firstChild(of id: NodeID) -> NodeID {
    let group = nodes[id.offset].group
    return group.exists ? table.entries[group.start].node : .none
  }

  /// The next younger sibling of `id`, a hidden one too; ``NodeID/none`` for the youngest. Complexity: O(1).
  public func nextSibling(of id: NodeID) -> NodeID {
    let parent = nodes[id.offset].parent
    let next = Int(nodes[id.offset].place) + 1
    return parent.exists && nodes[parent.offset].group.range.contains(next) ? table.entries[next].node : .none
  }

  /// The youngest child of `id`, a hidden one too; ``NodeID/none`` without children. Complexity: O(log children).
  public func lastChild(of id: NodeID) -> NodeID {
    let group = nodes[id.offset].group
    return group.exists ? table.entries[group.start + table.count(group) - 1].node : .none
  }

  /// True where no child of `id` is shown. O(1) unless children were taken back.
  func hasNoChild(_ id: NodeID) -> Bool {
    !nodes[id.offset].group.exists || !allChildren(of: id).contains { nodes[$0.offset].isShown }
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
    path(to: id).compactMap { store.option(at: $0.offset) }
  }

  /// True where `id` and every ancestor may be entered. Complexity: O(depth).
  public func isReachable(_ id: NodeID) -> Bool {
    if acts.records.isEmpty, hiddenNodes == 0 { return true }  // nobody pruned anything, nothing failed
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
