import TreeInsight
import TreeSearch

/// Steps from row to row of the folded tree, in preorder, without ever listing the tree.
///
/// In order of creation a step looks at siblings that have no row and no others; in another order, the children of each
/// parent met are sorted once a walk.
///
/// `visited` counts the nodes looked at, so that a test can hold a frame to its price: rows × (depth + width), whatever
/// the number of nodes.
struct TreeWalk {
  let tree: SearchTree
  let folds: Folds
  private(set) var visited = 0
  /// Children with rows in their order, by parent; kept for the parents met, and not used in order of creation.
  private var ranking: [NodeID: [NodeID]] = [:]
  /// Places in these lists.
  private var places: [NodeID: Int] = [:]

  init(_ tree: SearchTree, _ folds: Folds) {
    self.tree = tree
    self.folds = folds
  }

  /// The first child that has a row, folded or not.
  mutating func firstChild(of id: NodeID) -> NodeID? {
    folds.order == .creation ? firstShown(from: tree.firstChild(of: id)) : ranked(below: id).first
  }

  /// The sibling of the next row.
  mutating func nextSibling(of id: NodeID) -> NodeID? {
    guard folds.order != .creation, tree[id].parent.exists else { return firstShown(from: tree.nextSibling(of: id)) }
    let siblings = ranked(below: tree[id].parent)
    let next = (places[id] ?? siblings.count) + 1
    return next < siblings.count ? siblings[next] : nil
  }

  /// The sibling of a row before. Complexity: O(width).
  mutating func previousSibling(of id: NodeID) -> NodeID? {
    guard tree[id].parent.exists else { return nil }
    if folds.order != .creation {
      let siblings = ranked(below: tree[id].parent)
      return places[id].flatMap { $0 > 0 ? siblings[$0 - 1] : nil }
    }
    var found: NodeID?
    var at = tree.firstChild(of: tree[id].parent)
    while at.exists, at != id {
      visited += 1
      if folds.hasRow(at, in: tree) { found = at }
      at = tree.nextSibling(of: at)
    }
    return found
  }

  /// The sibling of the next row, at the last one that of the row before: what a row is told apart from. Complexity: O(hidden
  /// siblings), O(width) at the last one.
  mutating func neighbour(of id: NodeID) -> NodeID? { nextSibling(of: id) ?? previousSibling(of: id) }

  /// True where the children of `id` have rows.
  mutating func isExpanded(_ id: NodeID) -> Bool { folds.isOpen(id, in: tree) && firstChild(of: id) != nil }

  /// The row below that of `id`; nil at the last one.
  mutating func next(after id: NodeID) -> NodeID? {
    if folds.isOpen(id, in: tree), let child = firstChild(of: id) { return child }
    var at = id
    while at.exists {
      if let sibling = nextSibling(of: at) { return sibling }
      at = tree[at].parent
    }
    return nil
  }

  /// The row above that of `id`; nil at the root.
  mutating func previous(before id: NodeID) -> NodeID? {
    guard let sibling = previousSibling(of: id) else { return tree[id].parent.exists ? tree[id].parent : nil }
    return lastRow(of: sibling)
  }

  /// The lowest row of the branch at `id`: the end of its last expanded descendants.
  mutating func lastRow(of id: NodeID) -> NodeID {
    var at = id
    while folds.isOpen(at, in: tree), let child = lastChild(of: at) { at = child }
    return at
  }

  /// The nearest node at or above `id` that has a row. Complexity: O(depth).
  mutating func nearestRow(to id: NodeID) -> NodeID {
    var nearest = id
    var at = id
    while at.exists {
      visited += 1
      let parent = tree[at].parent
      if parent.exists, !folds.hasRow(at, in: tree) || !folds.isOpen(parent, in: tree) { nearest = parent }
      at = parent
    }
    return nearest
  }

  /// True where `a` has its row above `b`; both must have rows. Complexity: O(depth + width).
  mutating func isAbove(_ a: NodeID, _ b: NodeID) -> Bool {
    let (pathA, pathB) = (tree.path(to: a), tree.path(to: b))
    visited += pathA.count + pathB.count
    for (x, y) in zip(pathA, pathB) where x != y {
      if folds.order == .creation { return x < y }
      _ = ranked(below: tree[x].parent)
      return places[x] ?? 0 < places[y] ?? 0
    }
    return pathA.count < pathB.count
  }

  /// At most `count` rows from that of `id` downwards.
  mutating func rows(from id: NodeID, count: Int) -> [NodeID] {
    guard count > 0 else { return [] }
    var rows = [id]
    while rows.count < count, let next = next(after: rows[rows.count - 1]) { rows.append(next) }
    return rows
  }

  /// The row `steps` below (above, if negative) that of `id`, or the last there is.
  mutating func row(_ steps: Int, from id: NodeID) -> NodeID {
    var at = id
    for _ in 0..<steps.magnitude {
      guard let step = steps < 0 ? previous(before: at) : next(after: at) else { break }
      at = step
    }
    return at
  }

  private mutating func firstShown(from id: NodeID) -> NodeID? {
    var at = id
    while at.exists {
      visited += 1
      if folds.hasRow(at, in: tree) { return at }
      at = tree.nextSibling(of: at)
    }
    return nil
  }

  private mutating func lastChild(of id: NodeID) -> NodeID? {
    if folds.order != .creation { return ranked(below: id).last }
    let last = tree.lastChild(of: id)
    guard last.exists else { return nil }
    visited += 1
    return folds.hasRow(last, in: tree) ? last : previousSibling(of: last)
  }

  private mutating func ranked(below id: NodeID) -> [NodeID] {
    if let known = ranking[id] { return known }
    var children: [NodeID] = []
    var at = tree.firstChild(of: id)
    while at.exists {
      visited += 1
      if folds.hasRow(at, in: tree) { children.append(at) }
      at = tree.nextSibling(of: at)
    }
    let sorted = folds.order.sorted(children, in: tree)
    for (place, child) in sorted.enumerated() { places[child] = place }
    ranking[id] = sorted
    return sorted
  }
}
