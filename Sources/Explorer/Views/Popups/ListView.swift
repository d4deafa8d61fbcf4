import Canvas

/// Rows of a popup with a query above them, scrolled so that the chosen one is seen.
enum ListView {
  /// A row; headings cannot be chosen.
  struct Row {
    var spans: [Span]
    var isHeading = false
  }

  static func draw(_ rows: [Row], _ list: PickList, in rect: Rect, _ look: Look, on frame: inout Frame) {
    let label = "find "
    frame.put(label, x: rect.x, y: rect.y, style: look("ui.text.faint"))
    frame.field(
      list.query, x: rect.x + label.count, y: rect.y, width: rect.width - label.count, hasFocus: true, look: look)
    let area = rect.split(rows: min(2, rect.height - 1)).bottom
    let choosable = rows.indices.filter { !rows[$0].isHeading }
    guard !choosable.isEmpty else {
      frame.put("Nothing matches.", x: area.x, y: area.y, style: look("ui.text.faint"), maxWidth: area.width)
      return
    }
    let chosen = choosable[min(list.cursor, choosable.count - 1)]
    let top = max(0, min(chosen - area.height / 2, rows.count - area.height))
    for index in 0..<area.height where rows.indices.contains(top + index) {
      let line = area.row(index)
      if top + index == chosen {
        frame.fill(line, style: look("list.row.selected").over(look("ui.popup")))
        frame.put(rows[top + index].spans.map { Span($0.text) }, x: line.x, y: line.y, maxWidth: line.width)
      } else {
        frame.put(rows[top + index].spans, x: line.x, y: line.y, maxWidth: line.width)
      }
    }
  }
}
