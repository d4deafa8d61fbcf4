import TreeInsight
import TreeSearch

/// Where the nodes of a picture stand: depth from left to right, leaves from top to bottom, a parent in the middle of its
/// children.
package struct TreePlacement {
  /// A node's column and its row, in leaves.
  package struct Spot {
    package let node: NodeID
    package let column: Int
    package let row: Double
  }

  /// In preorder.
  package private(set) var spots: [Spot] = []
  /// Rows that the leaves take.
  package private(set) var rows = 0
  /// Columns.
  package var columns: Int { (spots.map(\.column).max() ?? 0) + 1 }
  /// Children that are left out, by parent.
  package private(set) var hidden: [NodeID: Int] = [:]

  private let tree: SearchTree
  private let depth: Int
  private let leastVisits: Int

  /// The branch at `top`, at most `depth` levels below it, without children of fewer than `leastVisits` visits.
  package init(_ tree: SearchTree, top: NodeID, depth: Int, leastVisits: Int) {
    self.tree = tree
    self.depth = depth
    self.leastVisits = leastVisits
    _ = place(top, column: 0)
    spots.sort { $0.node < $1.node }
  }

  private mutating func place(_ node: NodeID, column: Int) -> Double {
    let all = tree.children(of: node).filter { tree[$0].isShown }
    let shown = column < depth ? all.filter { tree[$0].visits >= leastVisits || tree[$0].marks.contains(.pruned) } : []
    if shown.count < all.count { hidden[node] = all.count - shown.count }
    let rows = shown.map { place($0, column: column + 1) }
    let row: Double
    if let first = rows.first, let last = rows.last {
      row = (first + last) / 2
    } else {
      row = Double(self.rows)
      self.rows += 1
    }
    spots.append(Spot(node: node, column: column, row: row))
    return row
  }
}
