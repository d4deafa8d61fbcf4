import Canvas
import TreeInsight
import TreeSearch
import Vocabulary

/// The search tree, a row an option. Only the rows of the window are looked at.
struct TreePanel {
  let run: OpenRun
  let look: Look
  /// What stands in the panel's rule.
  var title: [Span] = []
  /// Columns that a person wants, or does not, by id.
  var wanted: [String: Bool] = [:]
  /// True where no column is shown because there is room for it.
  var isSparse = false
  /// Nodes that a lesson speaks of.
  let lit: Set<NodeID>

  private var tree: SearchTree { run.tree }

  /// Draws the panel and returns the rows that the tree leaves.
  func draw(in rect: Rect, on frame: inout Frame) -> Rect {
    let isFocused = run.focus == .tree
    let columns = TreeColumns(width: rect.width, critics: tree.header.critics, wanted: wanted, isSparse: isSparse)
    let inside = frame.panel(rect, title: title, isFocused: isFocused, look: look)
    drawTitles(columns, in: rect, on: &frame)
    var walk = TreeWalk(tree, run.folds)
    let signs = TreeSigns(look: look, run: run)
    let best = Set(run.bestPath)
    let pinned = walk.pinned(above: run.top, height: inside.height)
    let rows = pinned + walk.rows(from: run.top, count: inside.height - pinned.count)
    let continued = continued(rows, &walk)
    let deepest = rows.map { Int(tree[$0].depth) }.max() ?? 0
    let rails = TreeRails(deepest: deepest, room: columns.textWidth / 2, glyphs: look.glyphs)
    // A row is told apart from the one beside it, so that most texts are asked for twice.
    var texts: [NodeID: String] = [:]
    for (index, id) in rows.enumerated() {
      let line = inside.row(index)
      let isSelected = id == run.cursor
      let selected = isFocused ? "tree.row.selected" : "tree.row.selected.unfocused"
      frame.fill(line, style: look(isSelected ? selected : "tree.row").over(look("ui.background")))
      if isSelected, isFocused { frame.cursor = Frame.Cursor(x: line.x, y: line.y) }
      let row = TreeRow(
        id: id, run: run, look: look, signs: signs, isBest: best.contains(id), isSelected: isSelected,
        isLit: lit.contains(id), text: text(of: id, &texts),
        sibling: walk.neighbour(of: id).map { text(of: $0, &texts) }, rails: rails, continued: continued,
        isPinned: index < pinned.count)
      row.draw(in: line, columns, on: &frame)
    }
    return inside.split(rows: rows.count).bottom
  }

  /// What the option of a node says, on one line.
  private func text(of id: NodeID, _ known: inout [NodeID: String]) -> String {
    if let text = known[id] { return text }
    let text = RichText.line(of: tree.details[id.offset].option, look: look, isRaw: run.showsRaw)
    known[id] = text
    return text
  }

  /// Of the rows and their ancestors, those that have a row of a sibling below them.
  private func continued(_ rows: [NodeID], _ walk: inout TreeWalk) -> Set<NodeID> {
    var seen: Set<NodeID> = []
    var continued: Set<NodeID> = []
    for row in rows {
      var at = row
      while at.exists, seen.insert(at).inserted {
        if walk.nextSibling(of: at) != nil { continued.insert(at) }
        at = tree[at].parent
      }
    }
    return continued
  }

  /// Names the number columns in the panel's rule.
  private func drawTitles(_ columns: TreeColumns, in rect: Rect, on frame: inout Frame) {
    frame.fill(
      Rect(x: rect.x + columns.textWidth, y: rect.y, width: rect.width - columns.textWidth, height: 1),
      style: look("ui.background"))
    for placed in columns.columns where !placed.column.title.isEmpty {
      frame.putRight(
        placed.column.title, right: rect.x + placed.x + placed.width, y: rect.y, style: look("ui.text.faint"))
    }
  }
}
