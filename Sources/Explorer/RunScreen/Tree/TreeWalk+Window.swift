import TreeSearch

extension TreeWalk {
  /// Where the window of `height` rows must begin so that it shows `cursor`: at `top` if that does, else moved as
  /// little as possible. Near an edge a few rows of context are kept. Complexity: O(height × (depth + width)).
  mutating func window(top: NodeID, cursor: NodeID, height: Int) -> NodeID {
    guard height > 0 else { return cursor }
    let margin = min(2, (height - 1) / 3)
    var top = nearestRow(to: top)
    let shown = rows(from: top, count: height)
    if let at = shown.firstIndex(of: cursor) {
      if at < margin {
        top = row(at - margin, from: top)
      } else if at > height - 1 - margin {
        top = row(rowsBelow(shown[shown.count - 1], atMost: at - (height - 1 - margin)), from: top)
      }
    } else if isAbove(cursor, top) {
      top = row(-margin, from: cursor)
    } else {
      let below = rowsBelow(cursor, atMost: margin)
      top = row(-(height - 1 - below), from: cursor)
    }
    // A tree that has shrunk leaves no empty rows while there are rows above.
    let filled = rows(from: top, count: height).count
    return filled < height ? row(filled - height, from: top) : top
  }

  private mutating func rowsBelow(_ id: NodeID, atMost limit: Int) -> Int {
    var count = 0
    var at = id
    while count < limit, let next = next(after: at) {
      at = next
      count += 1
    }
    return count
  }
}

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
