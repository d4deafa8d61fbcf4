import Canvas
import TreeSearch

/// What selection compares among a node's siblings as of now, and by how much the first leads.
enum WhyView {
  static func draw(_ id: NodeID, _ run: OpenRun, _ look: Look, on frame: inout Frame) {
    let ranking = SelectionRanking(of: id, in: run.tree)
    let words = words(id, ranking, run.tree)
    let width = min(84, frame.width)
    let text = words.flatMap { wrap($0, width: max(1, width - 4)) }
    let inside = frame.popup(
      title: "Why node \(id)", width: width, height: min(frame.height - 2, ranking.rows.count + text.count + 4),
      look: look)
    let (table, feet) = inside.split(bottomRows: min(text.count + 1, inside.height))
    let head = "  node      N     Q +  explore =  total"
    frame.put(head, x: table.x, y: table.y, style: look("ui.text.faint"), maxWidth: table.width)
    for (index, row) in ranking.rows.prefix(max(0, table.height - 1)).enumerated() {
      draw(row, isAsked: row.id == id, in: table.row(index + 1), run.tree, look, on: &frame)
    }
    frame.lines(text.map { [Span($0, look("ui.text"))] }, in: feet.split(rows: 1).bottom)
  }

  private static func draw(
    _ row: SelectionRanking.Row, isAsked: Bool, in line: Rect, _ tree: SearchTree, _ look: Look, on frame: inout Frame
  ) {
    let numbers = [
      TextWidth.rightAligned(row.id.description, to: 6),
      TextWidth.rightAligned(Number.short(tree[row.id].visits), to: 6),
      TextWidth.rightAligned(Number.score(row.terms.exploitation), to: 5), " + ",
      TextWidth.rightAligned(Number.score(row.terms.exploration), to: 7), " = ",
      TextWidth.rightAligned(Number.score(row.terms.total), to: 5),
    ].joined()
    frame.put(isAsked ? look.glyphs.selection : " ", x: line.x, y: line.y, style: look("ui.key"))
    let used = frame.put(numbers, x: line.x + 1, y: line.y, style: look(isAsked ? "node.value" : "ui.text"))
    let text = OptionText.line(tree.details[row.id.offset].option?.bytes ?? [], glyphs: look.glyphs)
    frame.putTruncated(
      text, x: line.x + used + 3, y: line.y, style: look("ui.text.faint"), maxWidth: line.right - line.x - used - 3,
      ellipsis: look.glyphs.ellipsis)
  }

  /// The comparison in words: the winner, the runner-up, the margin, and what would turn it round.
  static func words(_ id: NodeID, _ ranking: SelectionRanking, _ tree: SearchTree) -> [String] {
    let parent = tree[id].parent
    var words: [String] = []
    let allowed = Search(tree: tree).allowance(at: parent).children
    if !tree[parent].marks.contains(.widthFrozen), Int(tree[parent].openChildren) < allowed {
      words.append(
        "Node \(parent) has \(tree[parent].openChildren) of \(allowed) children: a simulation that comes here adds one."
      )
    }
    guard let first = ranking.rows.first else { return words + ["No sibling can be selected."] }
    guard ranking.rows.count > 1 else { return words + ["Node \(first.id) is the only one to choose."] }
    let second = ranking.rows[1]
    let margin = first.terms.total - second.terms.total
    words.append("Node \(first.id) leads node \(second.id) by \(Number.fixed(margin, decimals: 3)).")
    if let flip = ranking.flip(first, second) {
      let (now, then) = (Number.score(ranking.constant), Number.score(flip))
      words.append("They would change places at an exploration constant of \(then); it is \(now).")
    }
    if let rank = ranking.rank(of: id), rank > 1 {
      let behind = first.terms.total - ranking.rows[rank - 1].terms.total
      words.append("Node \(id) is number \(rank), \(Number.fixed(behind, decimals: 3)) behind.")
    } else if ranking.rank(of: id) == nil {
      words.append("Node \(id) is not compared: \(tree[id].isOpen ? "it has no visit yet" : "it is pruned").")
    }
    return words
  }
}
