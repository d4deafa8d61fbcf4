import CPrefetch

/// The hot path of selection: AlphaLLM's own rules, UCT and importance, with nothing under way.
extension Search {
  /// The same step as the general descent's; nil where that is needed: under other rules, and where the path meets a child
  /// that was never backed up, or a node below which nothing is open.
  @inline(__always)
  mutating func plainStep() -> Step? {
    guard rules.isPlain, rules.spare == 0, rules.merge != .merge, case .uct(let rule) = rules.selection,
      case .importance(let width) = rules.width
    else { return nil }
    return tree.arena.nodes.withUnsafeBufferPointer { nodes in
      tree.arena.table.entries.withUnsafeBufferPointer { entries in
        VisitTable.use { table in
          var at = NodeID.root
          while true {
            let node = nodes.baseAddress.unsafelyUnwrapped + at.offset
            if node.pointee.terminal != nil { return .revisit(at) }
            if !node.pointee.marks.contains(.widthFrozen),
              width.allowsMore(
                than: Int(node.pointee.openChildren), importance: node.pointee.importance,
                depth: Int(node.pointee.depth))
            {
              return .widen(at, children: 1, silent: false)
            }
            let group = node.pointee.group
            guard group.exists else { return nil }
            let children = UnsafeBufferPointer(rebasing: entries[group.range])
            guard let next = rule.best(of: children, in: nodes, parentVisits: node.pointee.visitCount, table)
            else { return nil }
            at = next
          }
        }
      }
    }
  }
}

extension UCT {
  /// The open child with the greatest score, the first of equals; nil where there is none or one was never backed up.
  ///
  /// 1/N and roots come from a table, which spares two divisions and a root a child but may be wrong in the last bit: where
  /// the best two are nearly equal, the formula itself decides. Every child's own line of memory is fetched meanwhile: one of
  /// them is read next, and nobody could foretell which.
  @inline(__always)
  fileprivate func best(
    of children: UnsafeBufferPointer<ChildTable.Entry>, in nodes: UnsafeBufferPointer<Node>, parentVisits: Int32,
    _ table: VisitTable
  ) -> NodeID? {
    let scale = explorationScale * table.logarithmRoot(parentVisits)
    var (best, second) = (-Double.infinity, -Double.infinity)
    var pick = NodeID.none
    for child in children {
      if child.visits > 0 {
        prefetch_line(nodes.baseAddress.unsafelyUnwrapped + child.node.offset)
        let reciprocal = table.reciprocals(child.visits)
        let score = child.valueSum * reciprocal.of + scale * reciprocal.ofRoot
        // Without branches, which nobody could foretell.
        let isBetter = score > best
        let lesser = isBetter ? best : score
        second = lesser > second ? lesser : second
        best = isBetter ? score : best
        pick = isBetter ? child.node : pick
      } else if child.visits == 0 {
        return nil
      } else if !child.node.exists {
        break
      }
    }
    if best - second > 1e-9 { return pick }
    return exactBest(of: children, scaledLogarithm(parentVisits: Int(parentVisits)))
  }

  /// The same by the formula as it stands.
  private func exactBest(of children: UnsafeBufferPointer<ChildTable.Entry>, _ logarithm: Double) -> NodeID? {
    var best = -Double.infinity
    var pick: NodeID?
    for child in children where child.visits > 0 {
      let visits = Double(child.visits)
      let score = child.valueSum / visits + explorationConstant * (logarithm / visits).squareRoot()
      if score > best {
        best = score
        pick = child.node
      }
    }
    return pick
  }
}
