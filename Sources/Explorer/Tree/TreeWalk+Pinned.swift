import TreeSearch

extension TreeWalk {
  /// The ancestors of the row `top` that a panel of `height` rows keeps in sight above it: the nearest ones, the highest
  /// first. Complexity: O(depth).
  func pinned(above top: NodeID, height: Int) -> [NodeID] {
    Array(tree.path(to: top).dropLast().suffix(Self.mostPinned(height)))
  }

  /// Where the window must begin so that it shows `cursor` below the ancestors that are kept in sight.
  ///
  /// Complexity: O(height × (depth + width)).
  mutating func windowBelowPinned(top: NodeID, cursor: NodeID, height: Int) -> NodeID {
    var top = nearestRow(to: top)
    // Another first row may have more ancestors, which take rows from the window; they are few.
    for _ in 0...Self.mostPinned(height) {
      let next = window(top: top, cursor: cursor, height: height - pinned(above: top, height: height).count)
      if next == top { return top }
      top = next
    }
    return window(top: top, cursor: cursor, height: height - Self.mostPinned(height))
  }

  /// Low panels have no room to spare.
  private static func mostPinned(_ height: Int) -> Int { height >= 20 ? 3 : height >= 10 ? 2 : 0 }
}
