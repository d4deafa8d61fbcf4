import TreeSearch

extension NodeFilter {
  /// The nearest match below (above, if `backwards`) `id` in reading order, folded branches included, going round once.
  ///
  /// Complexity: O(nodes between).
  func match(from id: NodeID, backwards: Bool, in tree: SearchTree, _ folds: Folds = Folds()) -> NodeID? {
    // Every branch counts as open, so that a match inside a folded one is found.
    var folds = folds
    folds.openAll(below: .root, in: tree)
    var walk = TreeWalk(tree, folds)
    var at = id
    repeat {
      if backwards {
        at = walk.previous(before: at) ?? walk.lastRow(of: .root)
      } else {
        at = walk.next(after: at) ?? .root
      }
      if matches(at, in: tree) { return at }
    } while at != id
    return nil
  }
}
