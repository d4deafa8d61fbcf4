import TreeSearch

/// A node must not get more children from the search than the width rule ever allowed it.
///
/// Nodes whose children a person adds, prunes or restores are left alone: there the count says nothing of the rule.
struct WidthWatchdog: Watchdog {
  static let name = "width"
  /// The most that was ever allowed at a node where a simulation ended.
  private var most: [NodeID: Int] = [:]
  /// Children that the search added.
  private var added: [NodeID: Int] = [:]
  private var byHand: Set<NodeID> = []
  /// Nodes that stood when watching began.
  private let known: Int

  init(tree: SearchTree) {
    known = tree.nodes.count
    for record in tree.interventions { byHand.formUnion(Self.handled(record.intervention, tree)) }
    // What was allowed when these were asked for is not known.
    byHand.formUnion(Search(tree: tree).outstanding.map(\.node))
  }

  mutating func alarms(after seen: [Observation], in tree: SearchTree) -> [Alarm] {
    var alarms: [Alarm] = []
    for observation in seen {
      switch observation.event {
      case .intervened(let intervention): byHand.formUnion(Self.handled(intervention, tree))
      case .selected: if let node = observation.node { allow(node, in: tree) }
      case .added(let node, let parent, _, _, _, _, _, _) where tree.details[node.offset].cause == nil:
        if let alarm = check(parent, in: tree) { alarms.append(alarm) }
      default: break
      }
    }
    return alarms
  }

  /// Nodes whose children an intervention concerns.
  private static func handled(_ intervention: Intervention, _ tree: SearchTree) -> [NodeID] {
    let (node, parent) = (intervention.node, tree[intervention.node].parent)
    if case .join = intervention { return [node, parent, tree[parent].parent].filter(\.exists) }
    return [node, parent].filter(\.exists)
  }

  private mutating func allow(_ node: NodeID, in tree: SearchTree) {
    let parameters = tree.parameters
    let rule =
      parameters[SearchParameters.traversal] == .tree && !WidthRule(parameters).isAllAtOnce
      ? WidthRule(parameters) : .fixed(FixedWidth(parameters))
    let allowed = rule.allowance(WidthInput(tree[node]), under: SelectionRule(parameters)).children
    most[node] = max(most[node] ?? 0, allowed)
  }

  private mutating func check(_ parent: NodeID, in tree: SearchTree) -> Alarm? {
    guard !byHand.contains(parent) else { return nil }
    allow(parent, in: tree)
    let allowed = most[parent] ?? 0
    let count = (added[parent] ?? (parent.offset < known ? automatic(parent, in: tree) - 1 : 0)) + 1
    added[parent] = count
    guard count > allowed else { return nil }
    // Children whose critics failed have left the tree since.
    let standing = automatic(parent, in: tree)
    added[parent] = standing
    guard standing > allowed else { return nil }
    return Alarm(
      Self.self, cause: "node \(parent)", at: parent,
      "the search gave it \(standing) children, the width rule never allowed more than \(allowed)")
  }

  /// Shown children that neither a person nor a rollout made. O(width).
  private func automatic(_ parent: NodeID, in tree: SearchTree) -> Int {
    tree.children(of: parent).reduce(0) { count, id in
      let isAdded = tree.details[id.offset].cause == nil && !tree[id].marks.contains(.grafted)
      return count + (isAdded ? 1 : 0)
    }
  }
}
