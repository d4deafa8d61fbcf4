import Canvas

/// The list of rounds, a row each: where it stands, its stages, what was kept, what was gained, and why it ended as it did.
struct RoundsPanel {
  let screen: RoundsScreen
  let look: Look
  /// True while the list has the keyboard.
  var hasFocus = true

  func draw(in rect: Rect, on frame: inout Frame) {
    let inside = frame.panel(rect, title: [Span("Rounds", look("ui.title"))], isFocused: hasFocus, look: look)
    guard !screen.list.shown.isEmpty else {
      let words =
        !screen.entries.isEmpty
        ? "No round holds these words; Esc shows all."
        : screen.isKnown
          ? "No round has been begun yet: etascope improve PROBLEMS begins one." : "The rounds are being read."
      frame.lines(
        wrap([Span(words, look("ui.text.faint"))], width: inside.width - 4),
        in: inside.inset(horizontal: 2, vertical: inside.height > 3 ? 1 : 0))
      return
    }
    let columns = RoundColumns(screen, width: inside.width)
    drawTitles(columns, y: rect.y, on: &frame)
    for row in 0..<inside.height where screen.list.shown.indices.contains(screen.top + row) {
      draw(screen.top + row, columns, in: inside.row(row), on: &frame)
    }
  }

  private func draw(_ index: Int, _ columns: RoundColumns, in line: Rect, on frame: inout Frame) {
    let round = screen.list[index]
    let isSelected = index == screen.cursor
    let scope = isSelected ? (hasFocus ? "list.row.selected" : "list.row.selected.unfocused") : "list.row"
    frame.fill(line, style: look(scope).over(look("ui.background")))
    func put(_ text: String, x: Int, width: Int, _ scope: String, right: Bool = false) {
      let style = isSelected ? Style.plain : look(scope)
      let text = TextWidth.truncated(
        OptionText.line(text, glyphs: look.glyphs), to: width, ellipsis: look.glyphs.ellipsis)
      let padding = right ? width - TextWidth.columns(text) : 0
      frame.put(text, x: line.x + x + padding, y: line.y, style: style)
    }
    if isSelected {
      frame.put(look.glyphs.selection, x: line.x, y: line.y)
      if hasFocus { frame.cursor = Frame.Cursor(x: line.x, y: line.y) }
    }
    if round.id == screen.marked { put(look.glyphs.best, x: 1, width: 1, "ui.key") }
    put(round.id, x: 2, width: columns.id, "list.row")
    StageStrip(round: round, look: look).draw(
      x: line.x + columns.strip, y: line.y, cell: columns.cell, selected: isSelected ? screen.stage : nil,
      plain: isSelected, on: &frame)
    put(round.standing.word, x: columns.state, width: columns.stateWidth, round.standing.scope)
    if columns.gain > 0 {
      put(kept(round), x: columns.kept, width: 13, "ui.text.faint", right: true)
      put(round.gain?.points(signed: true) ?? "", x: columns.gain, width: 20, "ui.text", right: true)
    }
    if columns.reason > 0 {
      put(round.reason ?? "", x: columns.reason, width: line.width - columns.reason - 1, "ui.text.faint")
    }
  }

  private func kept(_ round: RoundEntry) -> String {
    guard let accepted = round.accepted else { return "" }
    return Number.count(accepted) + (round.candidates.map { " of \(Number.count($0))" } ?? "")
  }

  private func drawTitles(_ columns: RoundColumns, y: Int, on frame: inout Frame) {
    StageStrip.drawTitles(x: columns.strip, y: y, cell: columns.cell, look, on: &frame)
    guard columns.gain > 0 else { return }
    frame.putRight(" accepted ", right: columns.kept + 14, y: y, style: look("ui.text.faint"))
    frame.putRight(" gain, points ", right: columns.gain + 21, y: y, style: look("ui.text.faint"))
  }
}

/// Where the parts of a row stand, counted from the row's beginning; 0 for what is left out.
struct RoundColumns {
  let id, strip, cell, state, stateWidth, kept, gain, reason: Int

  init(_ screen: RoundsScreen, width: Int) {
    let widest = screen.entries.prefix(200).map { TextWidth.columns(TextWidth.prefix($0.id, columns: 30)) }.max() ?? 1
    cell = StageStrip.cellWidth(width)
    id = min(widest, max(6, min(24, width / 6)))
    strip = 2 + id + 1
    state = strip + StageStrip.width(cell: cell) + 1
    stateWidth = max(1, min(8, width - state))
    kept = width >= state + 8 + 40 ? state + stateWidth + 2 : 0
    gain = kept > 0 ? kept + 15 : 0
    let end = gain > 0 ? gain + 22 : state + stateWidth + 2
    reason = width - end >= 16 ? end : 0
  }
}

extension RoundStanding {
  /// In a word.
  var word: String { rawValue }

  /// In some more: what is kept is the policy before.
  var words: String { self == .kept ? "kept, not promoted" : word }

  /// The theme's scope for the word.
  var scope: String {
    switch self {
    case .running: "ui.status.state.running"
    case .waiting: "ui.notice"
    case .resting: "ui.status.state.paused"
    case .promoted: "critic.agree"
    case .kept, .refused: "ui.text.faint"
    case .failed: "ui.error"
    }
  }
}
