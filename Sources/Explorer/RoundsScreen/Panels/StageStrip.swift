import Canvas
import Vocabulary

/// The nine stages of a round as signs and bars.
struct StageStrip {
  let round: RoundEntry
  let look: Look

  /// Columns of one stage in a row: room for its name, for a bar, or for its sign alone.
  static func cellWidth(_ columns: Int) -> Int { columns >= 170 ? 9 : columns >= 128 ? 5 : 2 }

  /// Columns of a whole strip, the last bracket included.
  static func width(cell: Int) -> Int { RoundStageName.allCases.count * cell + 1 }

  /// The stage at a column counted from where a strip begins; nil outside of it.
  static func stage(atColumn column: Int, cell: Int) -> RoundStageName? {
    let all = RoundStageName.allCases
    return column >= 0 && all.indices.contains(column / cell) ? all[column / cell] : nil
  }

  /// Draws it in a row of the list; the selected stage stands in brackets. `plain` leaves the colours to the row.
  func draw(x: Int, y: Int, cell: Int, selected: RoundStageName?, plain: Bool, on frame: inout Frame) {
    for (index, stage) in RoundStageName.allCases.enumerated() {
      let at = x + index * cell
      let entry = round[stage]
      let style = plain ? Style.plain : look(scope(entry.standing))
      if cell > 2, entry.standing == .running, let share = entry.progress?.share {
        frame.put(Bar.text(share, columns: cell - 1, glyphs: look.glyphs), x: at + 1, y: y, style: style)
      } else {
        frame.put(sign(entry.standing), x: at + 1 + (cell - 2) / 2, y: y, style: style)
      }
      if stage == selected {
        // Close to a sign; a bar fills its whole cell.
        let isBar = cell > 2 && entry.standing == .running && entry.progress?.share != nil
        let (left, right) = cell < 9 || isBar ? (at, at + cell) : (at + 2, at + 6)
        frame.put("[", x: left, y: y)
        frame.put("]", x: right, y: y)
      }
    }
  }

  /// Names the stages above a strip, as far as there is room.
  static func drawTitles(x: Int, y: Int, cell: Int, _ look: Look, on frame: inout Frame) {
    guard cell > 2 else {
      frame.put(" stages ", x: x, y: y, style: look("ui.text.faint"))
      return
    }
    for (index, stage) in RoundStageName.allCases.enumerated() {
      let name = TextWidth.prefix(stage.rawValue, columns: cell - 1)
      let padding = (cell - 1 - name.count) / 2
      frame.put(
        " " + String(repeating: " ", count: padding) + TextWidth.padded(name, to: cell - 1 - padding),
        x: x + index * cell,
        y: y, style: look("ui.text.faint"))
    }
  }

  /// The stages in a line by themselves, as many with their names as fit; the open one stands in brackets.
  func line(_ selected: RoundStageName, width: Int) -> [Span] { parts(selected, width: width).flatMap { $0 } }

  /// The same, stage by stage.
  func parts(_ selected: RoundStageName, width: Int) -> [[Span]] {
    let isNamed = width >= 104
    return RoundStageName.allCases.map { stage in
      let standing = round[stage].standing
      let isOpen = stage == selected
      let name = isNamed || isOpen ? " \(stage.rawValue)" : ""
      let style = look(isOpen ? "ui.title" : "ui.text.faint")
      return [
        Span(isOpen ? "[" : " ", style), Span(sign(standing), look(scope(standing))), Span(name, style),
        Span(isOpen ? "]" : " ", style),
      ]
    }
  }

  /// The sign of a standing.
  func sign(_ standing: StageStanding) -> String {
    switch standing {
    case .waiting: look.glyphs.treeLeaf
    case .running: look.glyphs.running
    case .resting: look.glyphs.paused
    case .asks: look.glyphs.bookmark
    case .done: look.glyphs.answerOK
    case .failed: look.glyphs.failed
    case .skipped: look.glyphs.abstained
    }
  }

  /// The signs with what they mean, for the help.
  static func legend(_ glyphs: GlyphSet) -> [(sign: String, meaning: String)] {
    [
      (glyphs.answerOK, "done, accepted, right"), (glyphs.running, "running"),
      (glyphs.treeLeaf, "its turn has not come"),
      (glyphs.paused, "resting"), (glyphs.bookmark, "waits for a person, drawn for the audit"),
      (glyphs.failed, "failed"),
      (glyphs.abstained, "left out"), (glyphs.contradicted, "refused, wrong"), (glyphs.overridden, "a person's word"),
      (glyphs.best, "promoted, marked"),
    ]
  }

  /// The theme's scope for a standing.
  func scope(_ standing: StageStanding) -> String {
    switch standing {
    case .waiting, .skipped: "ui.text.faint"
    case .running: "ui.status.state.running"
    case .resting: "ui.status.state.paused"
    case .asks: "ui.notice"
    case .done: "critic.agree"
    case .failed: "ui.error"
    }
  }
}
