import Canvas
import TreeInsight
import TreeSearch

extension NodeFacts {
  /// What selection compares: the terms of the score, and the rank among the siblings.
  var selection: [[Span]] {
    guard id != .root else { return [] }
    let reason = Search(tree: tree).selectionReason(below: node.parent)
    guard let rank = reason.rank(of: id) else { return [] }
    let terms = reason.candidates[rank - 1].terms
    var line = [
      label(reason.rule.uppercased()), score(terms.exploitation), faint(" + "),
      value(Number.score(terms.exploration)),
    ]
    if terms.process != 0 { line += [faint(" + "), value(Number.score(terms.process))] }
    line += [
      faint(" = "), value(Number.score(terms.total)), faint("   \(rank) of \(reason.candidates.count)"),
    ]
    return [cut(line)]
  }

  /// How many children the node may have and why, and what its draws cost.
  var widening: [[Span]] {
    var lines: [[Span]] = []
    if node.terminal == nil {
      let reason = Search(tree: tree).widthReason(of: id)
      var line = [label("width"), value("\(reason.present) of \(reason.allowed)")]
      line.append(faint(", by \(reason.decidedBy)"))
      if reason.isFrozen { line.append(value(", frozen")) }
      lines.append(cut(line))
      let wanted = "wants \(reason.wanted) within \(reason.least) to \(reason.most)"
      if let importance = reason.importance {
        let child = reason.child.map { ", by node \($0)" } ?? ""
        lines.append(cut([label("I"), value(Number.score(importance)), faint(", \(wanted)\(child)")]))
      } else {
        lines.append(cut([label(""), faint(wanted)]))
      }
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
