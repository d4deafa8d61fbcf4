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
  /// Nodes that a lesson speaks of.
  let lit: Set<NodeID>

  private var tree: SearchTree { run.tree }

  func draw(in rect: Rect, on frame: inout Frame) {
    let isFocused = run.focus == .tree
    let columns = TreeColumns(width: rect.width, critics: tree.header.critics)
    let inside = frame.panel(rect, title: title, isFocused: isFocused, look: look)
    drawTitles(columns, in: rect, on: &frame)
    var walk = TreeWalk(tree, run.folds)
    let signs = TreeSigns(look: look, run: run)
    let best = Set(run.bestPath)
    let pinned = walk.pinned(above: run.top, height: inside.height)
    let rows = pinned + walk.rows(from: run.top, count: inside.height - pinned.count)
    let continued = continued(rows, &walk)
    for (index, id) in rows.enumerated() {
      let line = inside.row(index)
      let isSelected = id == run.cursor
      let selected = isFocused ? "tree.row.selected" : "tree.row.selected.unfocused"
      frame.fill(line, style: look(isSelected ? selected : "tree.row").over(look("ui.background")))
      if isSelected, isFocused { frame.cursor = Frame.Cursor(x: line.x, y: line.y) }
      let row = TreeRow(
        id: id, run: run, look: look, signs: signs, isBest: best.contains(id), isSelected: isSelected,
        isLit: lit.contains(id), continued: continued,
        isPinned: index < pinned.count)
      row.draw(in: line, columns, on: &frame)
    }
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
    for column in columns.columns where !column.title.isEmpty {
      frame.putRight(column.title, right: rect.x + column.x + column.width, y: rect.y, style: look("ui.text.faint"))
    }
  }
}

/// The number columns of the tree panel, aligned at its right edge; narrow panels keep the first ones.
struct TreeColumns {
  /// What a column shows.
  enum Kind: Hashable {
    case visits, growth, q, bar
    case critic(String)
  }

  /// A column with its place.
  struct Column {
    let kind: Kind
    let title: String
    let x: Int
    let width: Int
  }

  /// The columns from left to right.
  let columns: [Column]
  /// Columns of the screen left of the first one.
  let textWidth: Int

  init(width: Int, critics: [CriticWeight]) {
    var wanted: [(kind: Kind, title: String, width: Int)] = [(.visits, "N", 5)]
    if width >= 100 { wanted.append((.growth, "growth", VisitCourse.mostMoments + 1)) }
    wanted.append((.q, "Q", 4))
    if width >= 40 { wanted.append((.bar, "", width >= 110 ? 8 : 4)) }
    for (name, title) in [(CriticName.value, "V"), (CriticName.prm, "PRM"), (CriticName.orm, "ORM")]
    where width >= 56 && critics.contains(where: { $0.name == name }) {
      wanted.append((.critic(name), title, 4))
    }
    let gap = width >= 80 ? 2 : 1
    var x = width - 1 - wanted.reduce(0) { $0 + $1.width + ($1.kind == .bar ? 1 : gap) }
    textWidth = max(0, x)
    var placed: [Column] = []
    for column in wanted {
      x += column.kind == .bar ? 1 : gap
      placed.append(Column(kind: column.kind, title: column.title, x: x, width: column.width))
      x += column.width
    }
    columns = placed
  }
}
