import Canvas

/// A list narrowed by typing, with a cursor on one of its rows.
struct PickList: Hashable, Sendable {
  /// A row; headings cannot be chosen.
  struct Row {
    var spans: [Span]
    var isHeading = false
  }

  /// What is typed; a change puts the cursor on the first row.
  var query = TextField() {
    didSet { if query.text != oldValue.text { cursor = 0 } }
  }
  /// The row that Enter takes, counted from 0.
  private(set) var cursor = 0

  init(cursor: Int = 0) { self.cursor = cursor }

  /// Moves the cursor by `rows` within a list of `count`.
  mutating func move(by rows: Int, count: Int) { cursor = max(0, min(cursor + rows, count - 1)) }

  /// Puts the cursor on a row.
  mutating func place(at row: Int) { cursor = max(0, row) }

  /// The element under the cursor.
  func chosen<Element>(of all: [Element]) -> Element? { all.indices.contains(cursor) ? all[cursor] : nil }

  /// Draws the query and the rows below it, scrolled so that the chosen one is seen; between them a hint, where there is one.
  func draw(_ rows: [Row], hint: String? = nil, in rect: Rect, _ look: Look, on frame: inout Frame) {
    let label = "find "
    frame.put(label, x: rect.x, y: rect.y, style: look("ui.text.faint"))
    frame.field(query, x: rect.x + label.count, y: rect.y, width: rect.width - label.count, hasFocus: true, look: look)
    let area = rect.split(rows: min(2, rect.height - 1)).bottom
    if let hint, rect.height > 2 {
      frame.putTruncated(
        OptionText.line(hint, glyphs: look.glyphs), x: rect.x, y: rect.y + 1, style: look("ui.text.faint"),
        maxWidth: rect.width, ellipsis: look.glyphs.ellipsis)
    }
    let choosable = rows.indices.filter { !rows[$0].isHeading }
    guard !choosable.isEmpty else {
      frame.put("Nothing matches.", x: area.x, y: area.y, style: look("ui.text.faint"), maxWidth: area.width)
      return
    }
    let chosen = choosable[min(cursor, choosable.count - 1)]
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

/// An overlay that is such a list.
protocol ListOverlay: Overlay {
  var list: PickList { get set }
  /// Rows that can be chosen, as narrowed by what is typed.
  func count(in state: ExplorerState) -> Int
}

extension ListOverlay {
  var field: TextField? {
    get { list.query }
    set { if let newValue { list.query = newValue } }
  }
  mutating func move(by rows: Int, in state: ExplorerState) { list.move(by: rows, count: count(in: state)) }
}
