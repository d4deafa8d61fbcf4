/// How a simulation finds the node where it acts.
public enum TraversalRule: String, Sendable, CaseIterable {
  /// From the root by selection scores.
  case tree
  /// Level by level, keeping the best nodes of each.
  case beam
  /// Into the best child first, back where nothing is left.
  case depthFirst
}

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
      if let open = inner.first(where: { tree.arena.hasNoChild($0) && !tree[$0].marks.contains(.widthFrozen) }) {
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
    tree.arena.hasNoChild(node) && !tree[node].marks.contains(.widthFrozen)
  }
}

extension SearchParameters {
  /// `search.traversal`.
  public static let traversal = ParameterKey<TraversalRule>(
    "search.traversal", default: .tree,
    help: "How the next node is found: tree search by selection scores, beam search level by level, or depth first.",
    citation: "TS-LLM, section 3.3")
  /// `search.beam.width`.
  public static let beamWidth = ParameterKey<Int>(
    "search.beam.width", 1...1000, default: 3,
    help: "Nodes of one depth that beam search keeps.", citation: "TS-LLM's BFS-V")
  /// `search.depthFirst.threshold`.
  public static let pruneBelow = ParameterKey<Double>(
    "search.depthFirst.threshold", 0...1, default: 0.2,
    help: "Depth-first search does not enter a node whose reward is below this.", citation: "TS-LLM's DFS-V")
  /// `search.toTerminal`.
  public static let runsToTerminal = ParameterKey<Bool>(
    "search.toTerminal", default: false,
    help: "A simulation goes on below the node it widened until it reaches a terminal, and backs that up.",
    citation: "TS-LLM's MCTS-Rollout")
}
