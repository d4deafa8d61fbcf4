import Canvas

/// A list as rows of columns. Only what is on the screen and shortly below it is looked at, however long the list is.
struct Table<Row> {
  /// A column of facts.
  struct Column {
    /// What stands above it; empty where it is clear by itself.
    let title: String
    /// Its greatest width.
    let most: Int
    var isNumber = false
    /// The theme's scope for it; nil for what every column but the first has.
    var scope: ((Row) -> String)?
    let text: (Row) -> String

    init(
      _ title: String, _ most: Int, isNumber: Bool = false, scope: ((Row) -> String)? = nil,
      _ text: @escaping (Row) -> String
    ) {
      (self.title, self.most, self.isNumber, self.scope, self.text) = (title, most, isNumber, scope, text)
    }
  }

  /// From left to right; one that says nothing near the cursor is left out.
  let columns: [Column]
  /// What takes the room that is left.
  let rest: (Row) -> String
  let look: Look

  /// Draws rows from `top` on below a panel's rule, `area` being its inside, and names the columns in the rule.
  func draw(
    _ rows: some RandomAccessCollection<Row>, cursor: Int, top: Int, hasFocus: Bool = true, rule: Rect, in area: Rect,
    on frame: inout Frame
  ) {
    let near = Array(rows.dropFirst(top).prefix(max(200, area.height)))
    let placed = placed(near)
    drawTitles(placed, in: rule, on: &frame)
    for row in 0..<min(area.height, near.count) {
      draw(near[row], isSelected: top + row == cursor, hasFocus, placed, in: area.row(row), on: &frame)
    }
  }

  private func draw(
    _ row: Row, isSelected: Bool, _ hasFocus: Bool, _ columns: [(column: Column, width: Int)], in line: Rect,
    on frame: inout Frame
  ) {
    let scope = isSelected ? (hasFocus ? "list.row.selected" : "list.row.selected.unfocused") : "list.row"
    frame.fill(line, style: look(scope).over(look("ui.background")))
    if isSelected {
      frame.put(look.glyphs.selection, x: line.x, y: line.y)
      if hasFocus { frame.cursor = Frame.Cursor(x: line.x, y: line.y) }
    }
    var x = line.x + 2
    for (index, (column, width)) in columns.enumerated() {
      let style =
        isSelected || index == 0 && column.scope == nil ? Style.plain : look(column.scope?(row) ?? "ui.text.faint")
      let text = TextWidth.truncated(safe(column.text(row)), to: width, ellipsis: look.glyphs.ellipsis)
      let padding = column.isNumber ? width - TextWidth.columns(text) : 0
      frame.put(text, x: x + padding, y: line.y, style: style)
      x += width + 2
    }
    frame.putTruncated(
      safe(rest(row)), x: x, y: line.y, maxWidth: line.right - x - 1, ellipsis: look.glyphs.ellipsis)
  }

  /// Names the columns, as far as they are not clear by themselves.
  private func drawTitles(_ columns: [(column: Column, width: Int)], in rule: Rect, on frame: inout Frame) {
    var x = rule.x + 2
    for (column, width) in columns {
      if !column.title.isEmpty {
        let text = TextWidth.truncated(column.title, to: width, ellipsis: look.glyphs.ellipsis)
        let padding = column.isNumber ? width - TextWidth.columns(text) : 0
        frame.put(" \(text) ", x: x + padding - 1, y: rule.y, style: look("ui.text.faint"))
      }
      x += width + 2
    }
  }

  /// Columns as wide as what is in them near the cursor.
  private func placed(_ near: [Row]) -> [(column: Column, width: Int)] {
    columns.compactMap { column in
      let widest = near.map { TextWidth.columns(TextWidth.prefix(column.text($0), columns: 99)) }.max() ?? 0
      return widest > 0 ? (column, min(max(widest, column.title.count), column.most)) : nil
    }
  }

  private func safe(_ text: String) -> String { OptionText.line(text, glyphs: look.glyphs) }
}
