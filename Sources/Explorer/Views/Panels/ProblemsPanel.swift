import Canvas

/// The list of problems, a row each.
enum ProblemsPanel {
  static func draw(_ list: ProblemList, in rect: Rect, _ look: Look, on frame: inout Frame) {
    let title = [Span("Problems", look("ui.title"))]
    let inside = frame.panel(rect, title: title, isFocused: true, look: look)
    let columns = columns(list, width: inside.width)
    if list.shown.isEmpty {
      let text = list.entries.isEmpty ? "No problems were given." : "No problem holds these words; Esc shows all."
      frame.put(text, x: inside.x + 2, y: inside.y + 1, style: look("ui.text.faint"), maxWidth: inside.width - 2)
    }
    for row in 0..<inside.height where list.top + row < list.shown.count {
      let entry = list.entries[list.shown[list.top + row]]
      let isSelected = list.top + row == list.cursor
      let y = inside.y + row
      let line = inside.row(row)
      frame.fill(line, style: look(isSelected ? "list.row.selected" : "list.row").over(look("ui.background")))
      let faint = isSelected ? Style.plain : look("ui.text.faint")
      if isSelected {
        frame.put(look.glyphs.selection, x: inside.x, y: y)
        frame.cursor = Frame.Cursor(x: inside.x, y: y)
      }
      func safe(_ text: String?) -> String { OptionText.line(text ?? "", glyphs: look.glyphs) }
      var x = inside.x + 2
      for (text, width, style) in [
        (entry.id, columns.id, Style.plain), (entry.tier ?? entry.split ?? "", columns.tier, faint),
        (entry.progress ?? "", columns.progress, faint),
      ] where width > 0 {
        frame.putTruncated(safe(text), x: x, y: y, style: style, maxWidth: width, ellipsis: look.glyphs.ellipsis)
        x += width + 2
      }
      frame.putTruncated(
        safe(entry.question), x: x, y: y, maxWidth: inside.right - x - 1, ellipsis: look.glyphs.ellipsis)
    }
  }

  /// Widths that fit what is near the cursor; a column that says nothing is left out.
  private static func columns(_ list: ProblemList, width: Int) -> (id: Int, tier: Int, progress: Int) {
    let near = list.shown[list.top...].prefix(200).map { list.entries[$0] }
    func widest(_ text: (ProblemEntry) -> String?) -> Int {
      near.map { TextWidth.columns(TextWidth.prefix(text($0) ?? "", columns: 99)) }.max() ?? 0
    }
    return (
      min(widest { $0.id }, max(8, width / 3)), width < 60 ? 0 : min(12, widest { $0.tier ?? $0.split }),
      width < 60 ? 0 : min(16, widest { $0.progress })
    )
  }
}
