/// Beam search (TS-LLM's BFS-V): every node of the beam gets its children at once, the best of all of them by reward are
/// the next beam; a terminal keeps its place in the beam.
struct BeamTraversal {
  private let width, children: Int

  init(_ rules: SearchRules) {
    width = rules.beamWidth
    children = rules.children
  }

  /// The next node of the beam without children; nil where the beam is all terminal. O(depth × width × children).
  func next(_ tree: SearchTree) -> Search.Step? {
    var beam = [NodeID.root]
    while true {
      let inner = beam.filter { tree[$0].terminal == nil }
      if inner.isEmpty { return nil }
      if let open = inner.first(where: { tree.hasNoChild($0) && !tree[$0].marks.contains(.widthFrozen) }) {
        return tree.isExpanding(open) ? nil : .widen(open, children: children, silent: false)
      }
      if inner.contains(where: { tree.isExpanding($0) }) { return nil }
      let terminals = beam.filter { tree[$0].terminal != nil }
      let next = inner.flatMap { tree.children(of: $0).filter { tree[$0].isOpen && tree[$0].reward != nil } }
      beam = Array((terminals + next).sorted { tree.isBefore($0, $1) }.prefix(width))
      if beam.isEmpty { return nil }
    }
  }
}

extension SearchTree {
  /// True where `a` has the greater reward, or the same and is older.
  func isBefore(_ a: NodeID, _ b: NodeID) -> Bool {
    let (x, y) = (self[a].reward ?? -1, self[b].reward ?? -1)
    return x == y ? a < b : x > y
  }
}
