import TreeSearch

/// Checks the invariants of a tree: what must hold after every event, whatever the events were.
///
/// The watchdogs look at what each event touched; this looks at everything, on demand.
public enum TreeAudit {
  /// What does not hold, in order of node; at most `limit` findings. Complexity: O(nodes).
  public static func findings(_ tree: SearchTree, limit: Int = 20) -> [String] {
    var found: [String] = []
    var visits = [Int](repeating: 0, count: tree.nodes.count)
    var sums = [Double](repeating: 0, count: tree.nodes.count)
    var best = [Double](repeating: 0, count: tree.nodes.count)
    let rule = BackupRule(tree.parameters)
    let discount = if case .discounted(let factor) = rule { factor } else { 1.0 }
    var open = [Int32](repeating: 0, count: tree.nodes.count)
    for (index, node) in tree.nodes.enumerated().dropFirst() {
      guard tree.nodes.indices.contains(node.parent.offset), node.parent.offset < index else {
        return ["node \(index): its parent \(node.parent) does not come before it"]
      }
      if node.isOpen { open[node.parent.offset] += 1 }
      guard node.isShown else { continue }
      visits[node.parent.offset] += node.visits
      sums[node.parent.offset] += discount * node.valueSum
      best[node.parent.offset] = max(best[node.parent.offset], node.meanValue ?? 0)
    }
    for (index, node) in tree.nodes.enumerated() where found.count < limit {
      let detail = tree.details[index]
      func expect(_ holds: Bool, _ what: @autoclosure () -> String) {
        if !holds { found.append("node \(index): \(what())") }
      }
      expect(node.openChildren == open[index], "counts \(node.openChildren) open children, has \(open[index])")
      expect(detail.reward.map { $0 >= 0 && $0 <= 1 } ?? true, "its reward lies outside [0, 1]")
      expect(detail.scores.allSatisfy { $0.score.map { $0 >= 0 && $0 <= 1 } ?? true }, "a score lies outside [0, 1]")
      let parent = node.parent.exists ? tree.nodes[node.parent.offset].depth : -1
      expect(node.depth == parent + 1, "its depth \(node.depth) does not follow its parent's")
      // What a file says of its nodes is as it was, whether it fits together or not: the import told of it.
      if tree.isImported(NodeID(index)) { continue }
      let own = node.visits - visits[index]
      expect(
        index == 0 ? own == 0 : own >= 0, "\(node.visits) visits do not fit the \(visits[index]) of its children")
      let slack = 1e-9 * Double(max(node.visits, 1))
      let reward = detail.reward ?? 0
      // W under the rule in force: N times the greatest reward, or their sum, less for every edge they climbed.
      let wanted =
        rule == .max
        ? Double(node.visits) * max(own > 0 ? reward : 0, best[index]) : sums[index] + Double(own) * reward
      expect(
        abs(node.valueSum - wanted) <= slack + 1e-9,
        "its value sum \(node.valueSum) is not that of its backups, \(wanted)")
      expect(index == 0 || own == 0 || detail.reward != nil, "was backed up without a reward")
    }
    return found
  }
}
