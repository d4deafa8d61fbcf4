import TreeSearch

/// A node's visits must be those of its children and the backups that began at itself.
struct VisitWatchdog: Watchdog {
  static let name = "visits"

  private struct Count {
    var visits = 0
    /// Visits of the shown children.
    var below = 0
    /// Backups that began here.
    var own = 0
  }

  private var counts: [Count]

  init(tree: SearchTree) {
    counts = tree.nodes.map { Count(visits: $0.visits, own: $0.visits) }
    for node in tree.nodes where node.parent.exists && node.isShown {
      counts[node.parent.offset].below += node.visits
      counts[node.parent.offset].own -= node.visits
    }
  }

  mutating func alarms(after seen: [Observation], in tree: SearchTree) -> [Alarm] {
    var touched: Set<NodeID> = []
    var moved: Set<NodeID> = []
    let known = counts.count
    for _ in known..<max(known, tree.nodes.count) { counts.append(Count()) }
    for observation in seen {
      if case .backedUp(let node, _) = observation.event {
        counts[node.offset].own += 1
        touched.formUnion(tree.backedUpPath(from: node))
      } else if observation.movesVisits, let node = observation.node {
        moved.formUnion(tree.path(to: node))
      }
    }
    if !moved.isEmpty { moved.formUnion((known..<counts.count).map { NodeID($0) }) }
    // Children have greater ids than their parents: from the leaves to the root.
    for id in touched.sorted(by: >) where !moved.contains(id) { follow(id, in: tree) }
    for id in moved { recount(id, in: tree) }
    guard let id = touched.filter({ !holds($0) }).min() else { return [] }
    let count = counts[id.offset]
    recount(id, in: tree)
    return [
      Alarm(
        Self.self, cause: "node \(id)", at: id,
        "\(count.visits) visits are not the \(count.below) of its children and its own \(count.own)")
    ]
  }

  private func holds(_ id: NodeID) -> Bool {
    let count = counts[id.offset]
    return count.visits == count.below + count.own
  }

  /// Takes over N of `id` and passes the difference on to its parent.
  private mutating func follow(_ id: NodeID, in tree: SearchTree) {
    let node = tree[id]
    if node.parent.exists, node.isShown { counts[node.parent.offset].below += node.visits - counts[id.offset].visits }
    counts[id.offset].visits = node.visits
  }

  /// Counts afresh, where a branch was taken out or put back. O(width).
  private mutating func recount(_ id: NodeID, in tree: SearchTree) {
    let own = tree.ownBackups(of: id)
    counts[id.offset] = Count(visits: tree[id].visits, below: tree[id].visits - own, own: own)
  }
}
