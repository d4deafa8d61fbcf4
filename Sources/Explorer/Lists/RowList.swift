import TreeInsight

/// The rows of a list in an order, narrowed by a query, with a cursor on one of those shown: what the lists of problems, runs and
/// rounds have in common.
struct RowList<Order: RowOrder>: Sendable {
  typealias Row = Order.Row

  /// Every row, as they came.
  private(set) var rows: [Row]
  /// What shown rows must have; nil shows all.
  private var wanted: RowQuery<Row>?
  /// The same as it was typed; empty shows all.
  var query: String { wanted?.source ?? "" }
  private(set) var order = Order.standard
  private(set) var isReversed = false
  /// Indices into `rows` of all rows in order.
  private var places: [Int]
  /// Indices into `rows` of the shown rows, in order.
  private(set) var shown: [Int]
  /// Index into `shown`; 0 where nothing is shown.
  private(set) var cursor = 0
  /// Index into `shown` of the first row on the screen.
  private(set) var top = 0

  /// A list with its cursor on the first row.
  init(_ rows: [Row] = []) {
    self.rows = rows
    places = Order.standard.places(of: rows, isReversed: false)
    shown = places
  }

  /// The row under the cursor.
  var selected: Row? { shown.indices.contains(cursor) ? rows[shown[cursor]] : nil }

  /// A shown row by its place on the list, from 0.
  subscript(place: Int) -> Row { rows[shown[place]] }

  /// What is shown of how much, and in which order, as the end of a sentence; empty where nobody asked for anything.
  var words: String {
    (query.isEmpty ? "" : ", \(Number.count(shown.count)) with '\(query)'")
      + (order == Order.standard && !isReversed ? "" : ", \(order.sentence)\(isReversed ? ", turned round" : "")")
  }

  /// Moves the cursor by `rows`, as far as there are rows.
  mutating func move(by rows: Int) { cursor = max(0, min(cursor.addingClamped(rows), shown.count - 1)) }

  /// Puts the cursor on a shown row by its place on the list.
  mutating func place(at row: Int) { cursor = max(0, min(row, shown.count - 1)) }

  /// Puts the cursor on a row where it is shown; false where it is not.
  @discardableResult
  mutating func select(_ id: String) -> Bool {
    guard let row = shown.firstIndex(where: { rows[$0].id == id }) else { return false }
    cursor = row
    return true
  }

  /// Moves to the next shown row for which `wanted` holds, going round; false where there is none. Complexity: O(rows between).
  mutating func find(backwards: Bool = false, _ wanted: (Row) -> Bool) -> Bool {
    let count = shown.count
    func row(_ step: Int) -> Int { (cursor + (backwards ? count - step : step)) % count }
    guard count > 0, let step = (1...count).first(where: { wanted(self[row($0)]) }) else { return false }
    cursor = row(step)
    return true
  }

  /// Shows the rows that have what `query` asks for; the cursor stays on its row where that is still shown. Throws `FilterError`
  /// and changes nothing where it cannot be read. Complexity: O(text of all rows).
  mutating func filter(_ query: String) throws(FilterError) {
    wanted = query.allSatisfy(\.isWhitespace) ? nil : try RowQuery(query)
    show(selected?.id)
  }

  /// Puts the rows in another order; the same order again turns it round. Complexity: O(n log n).
  mutating func sort(by order: Order) { sort(by: order, isReversed: order == self.order && !isReversed) }

  /// Puts the rows in this order, turned round or not, and the cursor on the first. Complexity: O(n log n).
  mutating func sort(by order: Order, isReversed: Bool) {
    (self.order, self.isReversed) = (order, isReversed)
    places = order.places(of: rows, isReversed: isReversed)
    show(nil)
  }

  /// Replaces the rows. Cursor and query stay where they can, and so does the order of the rows while they are the same, until
  /// somebody asks for an order again: who works through them is not to lose the place. True where they are the same.
  @discardableResult
  mutating func replace(_ new: [Row]) -> Bool {
    let before = (id: selected?.id, cursor)
    let isSame = new.count == rows.count && zip(new, rows).allSatisfy { $0.id == $1.id }
    rows = new
    if !isSame { places = order.places(of: rows, isReversed: isReversed) }
    show(before.id)
    if selected?.id != before.id { place(at: before.1) }
    return isSame
  }

  /// Changes a row in its place, also where it would be shown no longer. Nothing happens where there is none.
  mutating func change(_ id: String, _ change: (inout Row) -> Void) {
    guard let index = rows.firstIndex(where: { $0.id == id }) else { return }
    change(&rows[index])
  }

  /// Scrolls so that the cursor is among `height` rows.
  mutating func clampScroll(height: Int) {
    let height = max(1, height)
    top = max(0, min(max(min(top, cursor), cursor - height + 1), shown.count - height))
  }

  /// Shows what the query asks for, with the cursor on `id` where that is shown.
  private mutating func show(_ id: String?) {
    shown = wanted.map { wanted in places.filter { wanted.matches(rows[$0]) } } ?? places
    cursor = id.flatMap { id in shown.firstIndex { rows[$0].id == id } } ?? 0
  }
}
