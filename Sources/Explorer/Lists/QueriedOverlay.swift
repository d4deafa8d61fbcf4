import Canvas
import TreeInsight

/// An overlay that lists rows which are asked for by words and fields: typing narrows them, and Tab completes what is typed.
protocol QueriedOverlay: ListOverlay {
  associatedtype Order: RowOrder
  var rows: RowList<Order> { get set }
}

extension QueriedOverlay {
  var field: TextField? {
    get { list.query }
    set {
      guard let newValue else { return }
      let before = list.query.text
      list.query = newValue
      guard newValue.text != before else { return }
      // What cannot be read yet changes nothing.
      changeRows { try? $0.filter(newValue.text) }
    }
  }

  /// The rows that are shown, in order.
  var shown: some RandomAccessCollection<Order.Row> { rows.shown.lazy.map { rows.rows[$0] } }

  /// The row under the cursor.
  var chosen: Order.Row? { rows.shown.indices.contains(list.cursor) ? rows[list.cursor] : nil }

  func count(in state: ExplorerState) -> Int { rows.shown.count }

  mutating func switchField(by count: Int, in state: ExplorerState) { complete() }

  /// Puts the first continuation in place of the word at the cursor.
  mutating func complete() {
    var query = list.query
    if query.complete(completion) { field = query }
  }

  /// What Tab would complete, the first with its meaning; nil where nothing is typed or nothing is known.
  var continuations: String? { list.query.characters.isEmpty ? nil : completion.words(after: list.query) }

  /// Changes the rows; the cursor is theirs.
  mutating func changeRows(_ change: (inout RowList<Order>) -> Void) {
    rows.place(at: list.cursor)
    change(&rows)
    list.place(at: rows.cursor)
  }

  private var completion: FilterCompletion { .query(list.query, of: rows.rows) }
}
