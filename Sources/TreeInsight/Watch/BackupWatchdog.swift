import TreeSearch

/// A backup must add one visit at its node and at every ancestor.
struct BackupWatchdog: Watchdog {
  static let name = "backup"
  /// N of each node as last seen.
  private var visits: [Int]

  init(tree: SearchTree) { visits = tree.nodes.map(\.visits) }

  mutating func alarms(after seen: [Observation], in tree: SearchTree) -> [Alarm] {
    var backups: [NodeID: Int] = [:]
    var moved: Set<NodeID> = []
    for observation in seen {
      if case .backedUp(let node, _) = observation.event {
        for id in tree.backedUpPath(from: node) { backups[id, default: 0] += 1 }
      } else if observation.movesVisits, let node = observation.node {
        moved.formUnion(tree.path(to: node))
      }
    }
    // What a person splits off a group begins with visits of its own.
    for offset in visits.count..<max(visits.count, tree.nodes.count) {
      visits.append(tree.nodes[offset].visits - backups[NodeID(offset), default: 0])
    }
    defer { for id in moved.union(backups.keys) { visits[id.offset] = tree[id].visits } }
    let missing = backups.filter { !moved.contains($0.key) && tree[$0.key].visits != visits[$0.key.offset] + $0.value }
    guard let (id, count) = missing.min(by: { $0.key < $1.key }) else { return [] }
    let expected = visits[id.offset] + count
    return [
      Alarm(
        Self.self, cause: "node \(id)", at: id,
        "a backup through it should make \(expected) visits, it has \(tree[id].visits)")
    ]
  }
}
