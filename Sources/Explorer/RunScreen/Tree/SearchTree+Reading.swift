import TreeInsight
import TreeSearch

extension SearchTree {
  /// True where the arena has the node and nothing took it or its branch back. Complexity: O(depth).
  func holds(_ id: NodeID) -> Bool { nodes.indices.contains(id.offset) && isVisible(id) }

  /// Shown children in order of creation. Complexity: O(width).
  func childList(of id: NodeID) -> [NodeID] {
    var found: [NodeID] = []
    var at = firstChild(of: id)
    while at.exists {
      if self[at].isShown { found.append(at) }
      at = nextSibling(of: at)
    }
    return found
  }

  /// Shown siblings of `id`, itself included, the greatest mean value first and the older of equals first.
  ///
  /// Complexity: O(width log width).
  func rankedSiblings(of id: NodeID) -> [NodeID] {
    guard self[id].parent.exists else { return [id] }
    return childList(of: self[id].parent).sorted { a, b in
      let (x, y) = (self[a].meanValue ?? -1, self[b].meanValue ?? -1)
      return x == y ? a < b : x > y
    }
  }

  /// Position of each node of the path among its shown siblings, from 1: `2.1.3`; empty for the root.
  ///
  /// Complexity: O(depth × width).
  func childPath(to id: NodeID) -> String {
    path(to: id).dropFirst().map { node in
      String((childList(of: self[node].parent).firstIndex(of: node) ?? 0) + 1)
    }.joined(separator: ".")
  }

  /// The trajectory through `id`: its ancestors, and below it the child of greatest mean value each time.
  ///
  /// Complexity: O(depth × width).
  func trajectory(through id: NodeID) -> [NodeID] {
    var path = path(to: id)
    while let next = bestChild(of: path[path.count - 1]) { path.append(next) }
    return path
  }

  /// What the end of `path` answers: its own statement, else that of its best-scored rollout.
  func answer(at id: NodeID) -> String? {
    details[id.offset].answer ?? bestRollout(at: id).flatMap { rollouts(of: id)[$0].answer }
  }

  /// The best-scored rollout of `id` that states an answer, the first of equals; nil where the node states one itself, or none does.
  func bestRollout(at id: NodeID) -> Int? {
    if details[id.offset].answer != nil { return nil }
    let (rollouts, none) = (rollouts(of: id), -1.0)
    let finished = rollouts.indices.filter { rollouts[$0].answer != nil }
    return finished.reduce(nil) { best, next in
      (rollouts[next].score ?? 0) > (best.map { rollouts[$0].score ?? 0 } ?? none) ? next : best
    }
  }
}
