extension Search {
  /// Descends from the root to the node where the next simulation acts: AlphaLLM's descent, one child an iteration.
  ///
  /// Nil where no branch can take another simulation. Complexity: O(depth × width).
  func select() -> (node: NodeID, widen: Bool)? {
    var closed: Set<NodeID> = []
    while true {
      var at = NodeID.root
      while true {
        let node = tree.nodes[at.offset]
        if node.terminal != nil { return (at, false) }
        let mayWiden = !node.marks.contains(.widthFrozen)
        if mayWiden, Int(node.openChildren) < allowance(at: at).children { return (at, true) }
        if let next = argmax(below: at, visits: node.visits, closed: closed) {
          at = next
        } else if mayWiden {
          return (at, true)
        } else {
          break
        }
      }
      // Everything below `at` is pruned and nothing new was found there: look elsewhere.
      if at == .root { return nil }
      closed.insert(at)
    }
  }

  /// The open child with the greatest selection score, the first of equals.
  @inline(__always)
  private func argmax(below parent: NodeID, visits: Int, closed: Set<NodeID>) -> NodeID? {
    var best = -Double.infinity
    var pick: NodeID?
    var at = tree.nodes[parent.offset].firstChild
    let logarithm = selection.scaledLogarithm(parentVisits: visits)
    while at.exists {
      let child = tree.nodes[at.offset]
      if child.visits > 0, child.isOpen, closed.isEmpty || !closed.contains(at) {
        let score = selection.terms(valueSum: child.valueSum, visits: child.visits, scaledLogarithm: logarithm).total
        if score > best {
          best = score
          pick = at
        }
      }
      at = child.nextSibling
    }
    return pick
  }

  /// The terms of `child`'s selection score as of now; nil before its first visit and for the root.
  public func terms(of child: NodeID) -> SelectionTerms? {
    let node = tree[child]
    guard node.visits > 0, node.parent.exists else { return nil }
    return selection.terms(valueSum: node.valueSum, visits: node.visits, parentVisits: tree[node.parent].visits)
  }
}
