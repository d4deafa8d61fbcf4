import Canvas
import TreeInsight
import TreeSearch

/// A search tree as a picture for a paper or a slide: a box an option with its visits and mean value, the best path in
/// strong lines, answers marked right or wrong in signs as well as in colour.
package struct TreePicture {
  private static let (boxWidth, boxHeight, gapX, gapY, margin) = (228.0, 50.0, 44.0, 12.0, 16.0)
  /// Characters of an option on one of the box's two lines.
  private static let lineWidth = 34

  package let tree: SearchTree
  package let placement: TreePlacement
  private let best: Set<NodeID>

  package init(_ tree: SearchTree, top: NodeID = .root, depth: Int = .max, leastVisits: Int = 0) {
    self.tree = tree
    placement = TreePlacement(tree, top: top, depth: depth, leastVisits: leastVisits)
    best = Set(tree.chosenPath())
  }

  /// The document; the same tree always gives the same bytes.
  package var svg: String {
    let width = Double(placement.columns) * (Self.boxWidth + Self.gapX) - Self.gapX + 2 * Self.margin
    let height = Double(max(1, placement.rows)) * (Self.boxHeight + Self.gapY) - Self.gapY + 2 * Self.margin + 22
    let places = Dictionary(uniqueKeysWithValues: placement.spots.map { ($0.node, $0) })
    let edges = placement.spots.compactMap { spot in places[tree[spot.node].parent].map { edge(from: $0, to: spot) } }
    let boxes = placement.spots.flatMap(box)
    let caption = PictureText.caption(tree)
    return PictureText.document(
      width: width, height: height, title: caption,
      edges + boxes + [PictureText.line(caption, x: Self.margin, y: height - 10, color: PictureText.faint)])
  }

  private func corner(_ spot: TreePlacement.Spot) -> (x: Double, y: Double) {
    (
      Self.margin + Double(spot.column) * (Self.boxWidth + Self.gapX),
      Self.margin + spot.row * (Self.boxHeight + Self.gapY)
    )
  }

  /// The line from a parent to its child; the more visits, the thicker.
  private func edge(from parent: TreePlacement.Spot, to child: TreePlacement.Spot) -> SVGElement {
    let (a, b) = (corner(parent), corner(child))
    let (x1, y1) = (a.x + Self.boxWidth, a.y + Self.boxHeight / 2)
    let (x2, y2) = (b.x, b.y + Self.boxHeight / 2)
    let middle = (x1 + x2) / 2
    let share = Double(tree[child.node].visits) / Double(max(1, tree[.root].visits))
    let isBest = best.contains(child.node) && best.contains(parent.node)
    return SVGElement(
      "path",
      [
        "d":
          "M \(SVGElement.number(x1)) \(SVGElement.number(y1)) C \(SVGElement.number(middle)) \(SVGElement.number(y1)) "
          + "\(SVGElement.number(middle)) \(SVGElement.number(y2)) \(SVGElement.number(x2)) \(SVGElement.number(y2))",
        "fill": "none", "stroke": isBest ? PictureText.ink : PictureText.line,
        "stroke-width": SVGElement.number(1 + 4 * share.squareRoot()),
        "stroke-dasharray": tree[child.node].marks.contains(.pruned) ? "4 3" : "none",
      ])
  }

  private func box(_ spot: TreePlacement.Spot) -> [SVGElement] {
    let (x, y) = corner(spot)
    let node = tree[spot.node]
    let detail = tree.details[spot.node.offset]
    let q = node.meanValue
    let bytes = detail.option.map(\.bytes) ?? Array(tree.header.problem.question.utf8)
    let isBest = best.contains(spot.node)
    var parts = [
      SVGElement(
        "rect",
        [
          "x": SVGElement.number(x), "y": SVGElement.number(y), "width": SVGElement.number(Self.boxWidth),
          "height": SVGElement.number(Self.boxHeight), "rx": node.terminal == nil ? "6" : "0", "fill": "#ffffff",
          "stroke": isBest ? PictureText.ink : PictureText.line, "stroke-width": isBest ? "2" : "1",
          "stroke-dasharray": node.marks.contains(.pruned) ? "4 3" : "none",
        ])
    ]
    for (index, line) in PictureText.lines(bytes, width: Self.lineWidth, most: 2).enumerated() {
      parts.append(PictureText.line(line, x: x + 9, y: y + 15 + Double(index) * 12, color: PictureText.ink))
    }
    let numbers =
      "N \(node.visits)  Q \(PictureText.score(q))" + (placement.hidden[spot.node].map { "  +\($0) not shown" } ?? "")
    parts.append(PictureText.line(numbers, x: x + 9, y: y + 43, color: PictureText.faint))
    if let q {
      parts.append(PictureText.bar(q, x: x + Self.boxWidth - 62, y: y + 36, width: 54))
    }
    if let verdict = PictureText.verdict(spot.node, tree) {
      parts.append(PictureText.line(verdict.text, x: x + Self.boxWidth - 16, y: y + 15, color: verdict.color))
    }
    return parts
  }
}

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
