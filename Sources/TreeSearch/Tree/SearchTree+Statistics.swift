/// Visits, value sums and importance: what backups leave along a path.
extension SearchTree {
  /// `reward` is backed up from `node` to the root. Complexity: O(depth); O(depth × width) for sibling-mean importance.
  @inline(__always)
  mutating func backUp(_ node: NodeID, _ reward: Double) {
    if statistics.backup == .mean {
      nodes.withUnsafeMutableBufferPointer { nodes in
        table.change { entries in
          var at = node
          while true {
            nodes[at.offset].visitCount += 1
            nodes[at.offset].valueSum += reward
            if at == .root { break }
            entries[Int(nodes[at.offset].place)].backUp(reward)
            if !nodes[at.offset].isShown { break }
            at = nodes[at.offset].parent
          }
        }
      }
    } else {
      shift(from: node, visits: 1, value: reward)
    }
    if statistics.usesSiblingMean { refreshSiblingMeans(above: node) }
  }

  /// Adds `visits` backups worth `value` at `node` and above, up to the first ancestor that is hidden: what is below that
  /// one is in no statistic above it. The value loses the discount on each edge; under the rule max, W follows from below.
  mutating func shift(from node: NodeID, visits: Int32, value: Double) {
    var at = node
    var value = value
    while at.exists {
      nodes[at.offset].visitCount += visits
      if statistics.backup == .max {
        nodes[at.offset].valueSum = maximum(at) * Double(nodes[at.offset].visitCount)
      } else {
        nodes[at.offset].valueSum += value
        value *= statistics.discount
      }
      refreshEntry(of: at)
      at = nodes[at.offset].isShown ? nodes[at.offset].parent : .none
    }
  }

  /// Says in the table of children what ``nodes`` say of `node`. O(1).
  mutating func refreshEntry(of id: NodeID) {
    let node = nodes[id.offset]
    guard node.parent.exists else { return }
    table.set(ChildTable.Entry(node, id), at: Int(node.place))
  }

  /// The greatest of the node's own reward, where it was backed up, and its children's Q. O(width).
  private func maximum(_ node: NodeID) -> Double {
    var best = ownBackups(of: node) > 0 ? nodes[node.offset].reward ?? 0 : 0
    for child in children(of: node) { best = max(best, nodes[child.offset].meanValue ?? 0) }
    return best
  }

  /// Backups that began at `node` itself: its visits less those of its children. O(width).
  public func ownBackups(of node: NodeID) -> Int {
    children(of: node).reduce(nodes[node.offset].visits) { $0 - nodes[$1.offset].visits }
  }

  /// W of every node, importance and simulations under way from what they are made of. O(nodes × width).
  mutating func recomputeStatistics() {
    // A child's id is greater than its parent's: going down the ids, children come before their parents.
    for offset in nodes.indices.reversed() {
      let node = NodeID(offset)
      let kids = Array(children(of: node))
      let own = kids.reduce(nodes[offset].visits) { $0 - nodes[$1.offset].visits }
      if statistics.backup == .max {
        nodes[offset].valueSum = maximum(node) * Double(nodes[offset].visitCount)
      } else {
        nodes[offset].valueSum = kids.reduce(Double(own) * (nodes[offset].reward ?? 0)) {
          $0 + statistics.discount * nodes[$1.offset].valueSum
        }
      }
      nodes[offset].underWay = 0
      refreshEntry(of: node)
    }
    for offset in nodes.indices {
      nodes[offset].importance = 0
      recomputeImportance(of: NodeID(offset))
    }
    if statistics.isParallel { for request in pending.values { countUnderWay(request, 1) } }
  }

  // MARK: - Importance

  /// A child's value is known or has changed: the parent's importance follows. O(1) while importance grows.
  mutating func updateImportance(after node: NodeID) {
    let parent = nodes[node.offset].parent
    guard parent.exists, !statistics.usesSiblingMean, nodes[node.offset].isOpen,
      nodes[parent.offset].marks.contains(.evaluated)
    else { return }
    let gap = abs(nodes[node.offset].storedValue - nodes[parent.offset].storedValue)
    if gap > nodes[parent.offset].importance { nodes[parent.offset].importance = gap }  // false where one is NaN
  }

  /// Computes the importance of `node` afresh from its open children. O(width).
  mutating func recomputeImportance(of node: NodeID) {
    guard node.exists else { return }
    if statistics.usesSiblingMean { return refreshSiblingMean(of: node) }
    nodes[node.offset].importance = 0
    for child in allChildren(of: node) where nodes[child.offset].marks.contains(.evaluated) {
      updateImportance(after: child)
    }
  }

  private mutating func refreshSiblingMeans(above node: NodeID) {
    var at = nodes[node.offset].parent
    while at.exists {
      refreshSiblingMean(of: at)
      at = nodes[at.offset].parent
    }
  }

  /// The greatest deviation of the children's Q from its mean; it only grows, as the width in AlphaLLM's code does.
  private mutating func refreshSiblingMean(of node: NodeID) {
    let means = children(of: node).filter { nodes[$0.offset].isOpen }.compactMap { nodes[$0.offset].meanValue }
    guard let most = means.max(), let least = means.min() else { return }
    let mean = means.reduce(0, +) / Double(means.count)
    nodes[node.offset].importance = max(nodes[node.offset].importance, most - mean, mean - least)
  }
}
