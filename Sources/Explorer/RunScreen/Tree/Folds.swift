import TreeInsight
import TreeSearch

/// Which nodes show their children and in which order: open to a depth or from a number of visits on, with exceptions.
/// Memory follows the exceptions, not the tree.
public struct Folds: Sendable {
  /// Nodes above this depth are open unless they were closed; the screen makes it greater while there is room for more rows.
  private(set) var openDepth = 3

  /// In which order children have their rows.
  var order = ChildOrder.creation
  /// True where pruned nodes have no rows.
  var hidesPruned = false
  /// Visits from which on a node is open unless it was closed; 0 where its depth decides.
  private(set) var leastVisits = 0

  private var opened: Set<NodeID> = []
  private var closed: Set<NodeID> = []
  /// Nodes below which everything is open unless it was closed, what has not grown yet included.
  private var unfolded: Set<NodeID> = []

  init() {}

  /// True where `id` shows its children, if it has any. Complexity: O(1), and O(depth) after ``openAll(below:in:)``.
  func isOpen(_ id: NodeID, in tree: SearchTree) -> Bool {
    if closed.contains(id) { return false }
    if leastVisits > 0 ? tree[id].visits >= leastVisits : Int(tree[id].depth) < openDepth { return true }
    if opened.contains(id) { return true }
    return !unfolded.isEmpty && isUnfolded(id, in: tree)
  }

  /// True where `id` has a row wherever its parent is open.
  func hasRow(_ id: NodeID, in tree: SearchTree) -> Bool {
    tree[id].isShown && !(hidesPruned && tree[id].marks.contains(.pruned))
  }

  /// True where `id` has children with rows. Complexity: O(hidden children).
  func hasRows(below id: NodeID, in tree: SearchTree) -> Bool {
    var at = tree.firstChild(of: id)
    while at.exists {
      if hasRow(at, in: tree) { return true }
      at = tree.nextSibling(of: at)
    }
    return false
  }

  /// Opens the nodes that have so many visits and closes all others; 0 lets depth decide again. Forgets every exception.
  mutating func open(fromVisits least: Int) {
    leastVisits = least
    opened = []
    closed = []
    unfolded = []
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

  /// Opens what is open in `other`, but for what was closed here.
  mutating func open(what other: Folds) { opened.formUnion(other.opened.subtracting(closed)) }

  /// True where nobody has opened or closed anything yet.
  var areUntouched: Bool { leastVisits == 0 && opened.isEmpty && closed.isEmpty && unfolded.isEmpty }

  /// Opens level after level while all rows fit into `height`, as long as nobody has opened or closed anything.
  ///
  /// Complexity: O(height × (depth + width)).
  mutating func fill(_ height: Int, with tree: SearchTree) {
    guard areUntouched else { return }
    var rows = shownRows(upTo: height + 1, in: tree)
    while rows <= height {
      var deeper = self
      deeper.openDepth += 1
      let more = deeper.shownRows(upTo: height + 1, in: tree)
      // Where the next level adds nothing, the whole tree is open, and what will grow there is judged then.
      guard more > rows, more <= height else { return }
      self = deeper
      rows = more
    }
  }

  private func shownRows(upTo limit: Int, in tree: SearchTree) -> Int {
    var walk = TreeWalk(tree, self)
    return walk.rows(from: .root, count: limit).count
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
