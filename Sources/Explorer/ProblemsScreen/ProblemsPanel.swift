import Canvas

/// The list of problems, a row each: what has been done with it, what came of it, what it asks.
enum ProblemsPanel {
  /// A column of facts; wide panels show more of them.
  private struct Column {
    let title: String
    let width: Int
    var isNumber = false
    let text: (ProblemEntry) -> String
  }

  static func draw(_ list: ProblemList, in rect: Rect, _ look: Look, on frame: inout Frame) {
    let title = [Span("Problems", look("ui.title"))]
    let inside = frame.panel(rect, title: title, isFocused: true, look: look)
    let columns = columns(list, width: inside.width, look)
    drawTitles(columns, in: rect, look, on: &frame)
    if list.shown.isEmpty {
      let text = list.entries.isEmpty ? "No problems were given." : "No problem holds these words; Esc shows all."
      frame.put(text, x: inside.x + 2, y: inside.y + 1, style: look("ui.text.faint"), maxWidth: inside.width - 2)
    }
    for row in 0..<inside.height where list.top + row < list.shown.count {
      let entry = list.entries[list.shown[list.top + row]]
      draw(entry, isSelected: list.top + row == list.cursor, columns, in: inside.row(row), look, on: &frame)
    }
  }

  private static func draw(
    _ entry: ProblemEntry, isSelected: Bool, _ columns: [Column], in line: Rect, _ look: Look, on frame: inout Frame
  ) {
    frame.fill(line, style: look(isSelected ? "list.row.selected" : "list.row").over(look("ui.background")))
    if isSelected {
      frame.put(look.glyphs.selection, x: line.x, y: line.y)
      frame.cursor = Frame.Cursor(x: line.x, y: line.y)
    }
    func safe(_ text: String) -> String { OptionText.line(text, glyphs: look.glyphs) }
    var x = line.x + 2
    for (index, column) in columns.enumerated() {
      let style = isSelected || index == 0 ? Style.plain : look("ui.text.faint")
      let text = TextWidth.truncated(safe(column.text(entry)), to: column.width, ellipsis: look.glyphs.ellipsis)
      let padding = column.isNumber ? column.width - TextWidth.columns(text) : 0
      frame.put(text, x: x + padding, y: line.y, style: style)
      x += column.width + 2
    }
    frame.putTruncated(
      safe(entry.question), x: x, y: line.y, maxWidth: line.right - x - 1, ellipsis: look.glyphs.ellipsis)
  }

  /// Names the columns in the panel's rule, as far as they are not clear by themselves.
  private static func drawTitles(_ columns: [Column], in rect: Rect, _ look: Look, on frame: inout Frame) {
    var x = rect.x + 2
    for column in columns {
      if !column.title.isEmpty {
        let text = TextWidth.truncated(column.title, to: column.width, ellipsis: look.glyphs.ellipsis)
        let padding = column.isNumber ? column.width - text.count : 0
        frame.put(" \(text) ", x: x + padding - 1, y: rect.y, style: look("ui.text.faint"))
      }
      x += column.width + 2
    }
  }

  /// Columns as wide as what is near the cursor; one that says nothing there is left out.
  private static func columns(_ list: ProblemList, width: Int, _ look: Look) -> [Column] {
    let near = list.shown[list.top...].prefix(200).map { list.entries[$0] }
    func column(
      _ title: String, _ most: Int, isNumber: Bool = false, _ text: @escaping (ProblemEntry) -> String
    ) -> Column? {
      let widest = near.map { TextWidth.columns(TextWidth.prefix(text($0), columns: 99)) }.max() ?? 0
      let columns = min(max(widest, title.count), most)
      return widest > 0 ? Column(title: title, width: columns, isNumber: isNumber, text: text) : nil
    }
    var columns = [column("", max(8, width / 3)) { $0.id }]
    if width >= 60 {
      columns.append(column("", 12) { $0.tier ?? $0.split ?? "" })
      columns.append(column("state", 16) { $0.progress ?? "" })
    }
    if width >= 76 { columns.append(column("answer", 14) { answer($0.result, look.glyphs) }) }
    if width >= 96 {
      columns.append(column("finals", 6, isNumber: true) { $0.result?.finals ?? "" })
      columns.append(column("tokens", 7, isNumber: true) { $0.result.map { Number.short($0.tokens) } ?? "" })
    }
    return columns.compactMap { $0 }
  }

  /// What the run answers, with a sign for whether that is right.
  private static func answer(_ result: ProblemResult?, _ glyphs: GlyphSet) -> String {
    guard let answer = result?.answer else { return "" }
    let sign = result?.isCorrect.map { $0 ? glyphs.answerOK : glyphs.contradicted }
    return [sign, answer].compactMap { $0 }.joined(separator: " ")
  }
}

/// The selected problem in full, below the list.
enum ProblemPreview {
  static func draw(_ entry: ProblemEntry, in rect: Rect, _ look: Look, on frame: inout Frame) {
    func safe(_ text: String) -> String { OptionText.line(text, glyphs: look.glyphs) }
    let inside = frame.panel(rect, title: [Span(safe(entry.id), look("ui.title"))], isFocused: false, look: look)
    let area = inside.inset(horizontal: 2, vertical: 0)
    let (text, facts) = area.split(bottomRows: 1)
    frame.lines(wrap([Span(OptionText.block(entry.question), look("node.option"))], width: area.width), in: text)
    let known = [
      entry.answer.map { "answer \($0)" }, entry.tier.map { "tier \($0)" }, entry.split.map { "split \($0)" },
      entry.progress, entry.result?.answer.map { "answered \($0)" },
      entry.result?.agreement.map { "\($0) of 5 final selections agree" },
      entry.result.map { Number.things($0.tokens, "token") },
    ]
    frame.putTruncated(
      safe(known.compactMap { $0 }.joined(separator: ", ")), x: facts.x, y: facts.y, style: look("ui.text.faint"),
      maxWidth: facts.width, ellipsis: look.glyphs.ellipsis)
  }
}
