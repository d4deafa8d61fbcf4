import Canvas
import TreeSearch

extension NodeFacts {
  /// What selection compares: the terms of UCT, and the rank among the siblings.
  var selection: [[Span]] {
    guard id != .root, let terms = Search(tree: tree).terms(of: id) else { return [] }
    let ranking = SelectionRanking(of: id, in: tree)
    var line = [
      label("UCT"), score(terms.exploitation), faint(" + "), value(Number.score(terms.exploration)), faint(" = "),
      value(Number.score(terms.total)),
    ]
    if let rank = ranking.rank(of: id) { line.append(faint("   \(rank) of \(ranking.rows.count)")) }
    return [cut(line)]
  }

  /// How many children the node may have and why, and what its draws cost.
  var widening: [[Span]] {
    var lines: [[Span]] = []
    if node.terminal == nil {
      let allowed = Search(tree: tree).allowance(at: id)
      var line = [label("width"), value("\(node.openChildren) of \(allowed.children)")]
      line.append(faint(", by \(allowed.decidedBy)"))
      if node.marks.contains(.widthFrozen) { line.append(value(", frozen")) }
      lines.append(cut(line))
      let bounds = "\(allowed.bounds.lowerBound) to \(allowed.bounds.upperBound)"
      lines.append(
        cut([
          label("I"), value(Number.score(node.importance)), faint(", wants \(allowed.wanted) within \(bounds)"),
        ]))
    }
    if detail.draws > 0 {
      var line = [label("draws"), value("\(detail.draws)")]
      if let distance = detail.distance {
        line.append(faint("   nearest sibling \(Number.things(distance, "edit")) away"))
      }
      lines.append(cut(line))
    }
    if !detail.rejected.isEmpty {
      let nearest = detail.rejected.map(\.distance).max() ?? 0
      lines.append(
        cut([
          label("rejected"), value(Number.things(detail.rejected.count, "draw")),
          faint(" too near a child, at most \(Number.things(nearest, "edit"))"),
        ]))
    }
    return lines
  }
}
