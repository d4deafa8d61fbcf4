/// Depth-first search with pruning (TS-LLM's DFS-V): into the best child first; a child whose reward is below the
/// threshold is never entered; back to the nearest ancestor with a child left.
///
/// Where it stands follows from the tree: the node selected last. So a search goes on from any prefix of its journal.
struct DepthFirstTraversal {
  private let children: Int
  private let threshold: Double

  init(_ rules: SearchRules) {
    children = rules.children
    threshold = rules.pruneBelow
  }

  /// The next node to get its children; nil where nothing is left. O(depth × width).
  func next(_ tree: SearchTree) -> Search.Step? {
    var at = tree.lastSelected ?? .root
    if !tree.isReachable(at) { at = .root }
    if isUntouched(at, tree), tree[at].terminal == nil { return step(at, tree) }
    while true {
      let left = tree.children(of: at).filter { mayEnter($0, tree) && isUntouched($0, tree) }
      if let best = left.min(by: { tree.isBefore($0, $1) }) { return step(best, tree) }
      guard tree[at].parent.exists else { return nil }
      at = tree[at].parent
    }
  }

  private func step(_ node: NodeID, _ tree: SearchTree) -> Search.Step? {
    tree.isExpanding(node) ? nil : .widen(node, children: children, silent: false)
  }

  private func mayEnter(_ node: NodeID, _ tree: SearchTree) -> Bool {
    tree[node].isOpen && tree[node].terminal == nil && (tree[node].reward ?? -1) >= threshold
  }

  private func isUntouched(_ node: NodeID, _ tree: SearchTree) -> Bool {
    tree.hasNoChild(node) && !tree[node].marks.contains(.widthFrozen)
  }
}
