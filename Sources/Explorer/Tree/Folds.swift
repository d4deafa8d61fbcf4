import TreeSearch

/// Which nodes show their children: open to a depth, with exceptions. Memory follows the exceptions, not the tree.
public struct Folds: Sendable {
  /// Nodes above this depth are open unless they were closed.
  static let openDepth = 3

  private var opened: Set<NodeID> = []
  private var closed: Set<NodeID> = []
  /// Nodes below which everything is open unless it was closed, what has not grown yet included.
  private var unfolded: Set<NodeID> = []

  init() {}

  /// True where `id` shows its children, if it has any. Complexity: O(1), and O(depth) after ``openAll(below:in:)``.
  func isOpen(_ id: NodeID, in tree: SearchTree) -> Bool {
    if closed.contains(id) { return false }
    if tree[id].depth < Folds.openDepth || opened.contains(id) { return true }
    return !unfolded.isEmpty && isUnfolded(id, in: tree)
  }

  /// True where ``openAll(below:in:)`` was asked for at `id` or above.
  func isUnfolded(_ id: NodeID, in tree: SearchTree) -> Bool {
    var at = id
    while at.exists {
      if unfolded.contains(at) { return true }
      at = tree[at].parent
    }
    return false
  }

  /// Shows the children of `id`.
  mutating func open(_ id: NodeID) {
    closed.remove(id)
    opened.insert(id)
  }

  /// Hides the children of `id`.
  mutating func close(_ id: NodeID) {
    opened.remove(id)
    closed.insert(id)
  }

  /// Opens every ancestor of `id`, so that its row can be seen. Complexity: O(depth).
  mutating func reveal(_ id: NodeID, in tree: SearchTree) {
    var at = tree[id].parent
    while at.exists {
      if !isOpen(at, in: tree) { open(at) }
      at = tree[at].parent
    }
  }

  /// Opens `id` and everything below it. Complexity: O(exceptions × depth).
  mutating func openAll(below id: NodeID, in tree: SearchTree) {
    closed = closed.filter { !Folds.isAt($0, orBelow: id, in: tree) }
    unfolded.insert(id)
  }

  /// Closes `id` and everything below it. Complexity: O(exceptions × depth).
  mutating func closeAll(below id: NodeID, in tree: SearchTree) {
    opened = opened.filter { !Folds.isAt($0, orBelow: id, in: tree) }
    unfolded = unfolded.filter { !Folds.isAt($0, orBelow: id, in: tree) }
    closed.insert(id)
  }

  private static func isAt(_ id: NodeID, orBelow top: NodeID, in tree: SearchTree) -> Bool {
    guard id.offset < tree.nodes.count else { return false }  // later than the moment looked at
    var at = id
    // A parent's id is smaller than its children's, so the climb can stop early.
    while at >= top {
      if at == top { return true }
      at = tree[at].parent
    }
    return false
  }
}
