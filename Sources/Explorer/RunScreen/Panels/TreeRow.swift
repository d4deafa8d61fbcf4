import Canvas
import TreeInsight
import TreeSearch

/// One row of the tree panel: signs, lines to the parent, the option's text, numbers.
struct TreeRow {
  let id: NodeID
  let run: OpenRun
  let look: Look
  let signs: TreeSigns
  let isBest: Bool
  let isSelected: Bool
  let isLit: Bool
  /// What the option says.
  let text: String
  /// What the row of a sibling says, from which it is told apart.
  let sibling: String?
  /// The lines of every row of the screen.
  let rails: TreeRails
  /// Nodes on the way to the rows that have a row of a sibling below them.
  let continued: Set<NodeID>
  /// True for an ancestor that is kept in sight above the first row.
  let isPinned: Bool

  private var tree: SearchTree { run.tree }

  func draw(in line: Rect, _ columns: TreeColumns, on frame: inout Frame) {
    let room = columns.textWidth
    if id == .root {
      // The root's row begins with the problem's id: scripts look for it.
      let problem = tree.header.problem
      let name = OptionText.line(problem.id, glyphs: look.glyphs)
      frame.put(
        [
          Span(name, style("tree.text")),
          Span("  " + fitted(problem.question, room - 3 - TextWidth.columns(name)), style("ui.text.faint")),
        ], x: line.x + 1, y: line.y, maxWidth: room - 1)
    } else {
      drawGutter(at: line, on: &frame)
      let mark = signs.mark(id)
      var spans = [Span(rails.text(id, in: tree, continued: continued), style("tree.branch")), styled(signs.state(id))]
      spans += [mark.map(styled) ?? Span(" "), Span(" ")]
      let used = spans.reduce(2) { $0 + TextWidth.columns($1.text) }
      let style = textStyle
      spans += step.spans(width: room - used, style, lit: own(style), ellipsis: look.glyphs.ellipsis)
      frame.put(spans, x: line.x + 2, y: line.y, maxWidth: max(0, room - 2))
    }
    for column in columns.columns { draw(column, in: line, on: &frame) }
  }

  /// The option's text beside its sibling's.
  private var step: StepText {
    guard let sibling else { return StepText(text, beside: nil) }
    return look.reading.steps(Reading.Pair(a: text, b: sibling)) { StepText(text, beside: sibling) }
  }

  private func drawGutter(at line: Rect, on frame: inout Frame) {
    if run.bookmarks[id] != nil {
      frame.put(look.glyphs.bookmark, x: line.x, y: line.y, style: style("tree.glyph.bookmark"))
    } else if let label = run.labels[id] {
      frame.put(label.sign, x: line.x, y: line.y, style: style("tree.glyph.bookmark"))
    } else if isPinned {
      frame.put(look.glyphs.up, x: line.x, y: line.y, style: style("tree.branch"))
    }
    if isLit {
      frame.put(look.glyphs.right, x: line.x + 1, y: line.y, style: style("tree.lit"))
    } else if isBest {
      frame.put(look.glyphs.best, x: line.x + 1, y: line.y, style: style("tree.glyph.answer"))
    }
  }

  /// How a step's own words look beside those that its sibling has, too.
  private func own(_ style: Style) -> Style { isSelected || isLit ? style : look("tree.own").over(style) }

  private func draw(_ column: TreeColumns.Placed, in line: Rect, on frame: inout Frame) {
    let node = tree[id]
    let right = line.x + column.x + column.width
    switch column.column.kind {
    case .visits:
      let visits = node.knownVisits.map { Number.short($0) } ?? look.glyphs.abstained
      frame.putRight(visits, right: right, y: line.y, style: style("tree.number"))
    case .growth:
      frame.putRight(growth, right: right, y: line.y, style: style("tree.bar"))
    case .q:
      let q = node.meanValue.map { isSelected ? Style.plain : look.quality($0) } ?? style("ui.text.faint")
      frame.putRight(Number.score(node.meanValue, none: look.glyphs.abstained), right: right, y: line.y, style: q)
    case .bar:
      guard let q = node.meanValue else { return }
      let bar = isSelected ? Style.plain : look("tree.bar").over(look.quality(q))
      frame.put(
        Bar.text(q, columns: column.width, glyphs: look.glyphs), x: line.x + column.x, y: line.y, style: bar)
    case .critic(let name):
      let score = tree.score(name, of: id)
      frame.putRight(
        Number.score(score, none: look.glyphs.abstained), right: right, y: line.y,
        style: style(score == nil ? "ui.text.faint" : "tree.number"))
    }
  }

  /// Visits gained over time, the latest last: the greatest gain is the highest step.
  private var growth: String {
    let gains = run.growth.gains(of: id, in: tree)
    let most = gains.max() ?? 0
    return gains.map { $0 == 0 ? " " : Curve.step($0, of: most, glyphs: look.glyphs) }.joined()
  }

  private var textStyle: Style {
    if isSelected { return .plain }
    if isLit { return look("tree.lit") }
    if let filter = run.filter {
      return look(
        filter.matches(id, in: tree, facts: run.filterFacts?.facts) ? "tree.match" : "ui.text.faint")
    }
    return look(tree.isReachable(id) ? "tree.text" : "ui.text.faint")
  }

  /// A scope's style; on the selected row everything looks like the row.
  private func style(_ scope: String) -> Style { isSelected ? .plain : look(scope) }

  private func styled(_ span: Span) -> Span { isSelected ? Span(span.text) : span }

  private func fitted(_ text: String, _ width: Int) -> String {
    TextWidth.truncated(
      OptionText.line(text, glyphs: look.glyphs), to: max(0, width), ellipsis: look.glyphs.ellipsis)
  }
}
