import TreeSearch

/// The siblings that selection compares, as of now, the winner first.
struct SelectionRanking {
  /// A sibling and its terms.
  struct Row {
    let id: NodeID
    let terms: SelectionTerms
  }

  /// Visited, open siblings by total, the older of equals first: the order in which selection prefers them.
  let rows: [Row]
  /// c of the rule in force.
  let constant: Double

  /// The siblings of `id`, itself included. Complexity: O(width log width).
  init(of id: NodeID, in tree: SearchTree) {
    let search = Search(tree: tree)
    constant = search.rules.selection.explorationConstant
    guard tree[id].parent.exists else {
      rows = []
      return
    }
    rows = tree.childList(of: tree[id].parent).compactMap { sibling in
      guard tree[sibling].isOpen else { return nil }
      return search.terms(of: sibling).map { Row(id: sibling, terms: $0) }
    }.sorted { $0.terms.total == $1.terms.total ? $0.id < $1.id : $0.terms.total > $1.terms.total }
  }

  /// Place of `id` from 1; nil where it is not compared.
  func rank(of id: NodeID) -> Int? { rows.firstIndex { $0.id == id }.map { $0 + 1 } }

  /// The exploration constant at which `a` and `b` score the same; nil where no constant ≥ 0 does that.
  func flip(_ a: Row, _ b: Row) -> Double? {
    guard constant > 0 else { return nil }
    let slope = (b.terms.exploration - a.terms.exploration) / constant
    guard slope != 0 else { return nil }
    let flip = (a.terms.exploitation - b.terms.exploitation) / slope
    return flip >= 0 ? flip : nil
  }
}
