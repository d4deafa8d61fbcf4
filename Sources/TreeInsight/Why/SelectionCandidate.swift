import TreeSearch

/// A child that selection compares, with its score term by term.
public struct SelectionCandidate: Codable, Hashable, Sendable {
  /// The child.
  public let node: NodeID
  /// Backups through it, N.
  public let visits: Int
  /// Visits without reward that simulations under way count as there (virtual loss), ≥ 0.
  public let virtualVisits: Int
  /// The terms of its score.
  public let terms: SelectionTerms
  /// What the rule compares: the sum of the terms.
  public let total: Double
  /// True where nothing below it can take a simulation: selection passes over it.
  public let isDeadEnd: Bool
}

extension Search {
  /// The children of `parent` that selection compares, in its order of preference: the greatest score first, the older of
  /// equals first. Complexity: O(width log width), and O(branch) more where branches are used up.
  package func candidates(below parent: NodeID) -> [SelectionCandidate] {
    let node = tree[parent]
    let total = usesPrior ? priorTotal(below: parent) : 1
    let visits = node.visits + virtualVisits(node)
    return tree.children(of: parent).filter { isSelectable(tree[$0]) }.map { id in
      let child = tree[id]
      let terms = rules.selection.terms(input(id, child, parent: node, priorTotal: total), parentVisits: visits)
      return SelectionCandidate(
        node: id, visits: child.visits, virtualVisits: virtualVisits(child), terms: terms, total: terms.total,
        isDeadEnd: isDeadEnd(id))
    }.sorted { $0.total == $1.total ? $0.node < $1.node : $0.total > $1.total }
  }

  /// True where a descent that enters `id` finds neither a node to widen nor a terminal.
  private func isDeadEnd(_ id: NodeID) -> Bool {
    let node = tree[id]
    if node.terminal != nil { return false }
    var search = self  // a look at the hot path's own rule, which is mutating for speed
    if !node.marks.contains(.widthFrozen), !rules.width.isAllAtOnce || search.widening(id, node) != nil { return false }
    return tree.children(of: id).allSatisfy { !isSelectable(tree[$0]) || isDeadEnd($0) }
  }
}
