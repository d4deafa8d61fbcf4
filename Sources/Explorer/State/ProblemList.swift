/// The list of problems to choose from: rows, a filter and a cursor on one of the rows that pass it.
public struct ProblemList: Sendable {
  /// Every problem, in file order.
  public private(set) var entries: [ProblemEntry]
  /// Words that a shown row holds; empty shows all.
  public private(set) var query = ""
  /// Indices into `entries` of the shown rows.
  public private(set) var shown: [Int]
  /// Index into `shown`; 0 where nothing is shown.
  public private(set) var cursor = 0
  /// Index into `shown` of the first row on the screen.
  public private(set) var top = 0

  /// A list with its cursor on the first row.
  public init(_ entries: [ProblemEntry] = []) {
    self.entries = entries
    shown = Array(entries.indices)
  }

  /// The row under the cursor.
  public var selected: ProblemEntry? { shown.indices.contains(cursor) ? entries[shown[cursor]] : nil }

  /// Moves the cursor by `rows`, as far as there are rows, and scrolls so that it is among `height` rows.
  mutating func move(by rows: Int, height: Int) {
    let (target, overflow) = cursor.addingReportingOverflow(rows)
    cursor = max(0, min(overflow ? (rows < 0 ? 0 : shown.count) : target, shown.count - 1))
    settle(height: height)
  }

  /// Shows the rows that hold every word of `query`; the cursor stays on its problem where that is still shown.
  ///
  /// Complexity: O(text of all rows).
  mutating func filter(_ query: String, height: Int) {
    let before = selected?.id
    self.query = query
    shown = entries.indices.filter { query.isEmpty || entries[$0].matches(query) }
    cursor = shown.firstIndex { entries[$0].id == before } ?? 0
    settle(height: height)
  }

  /// Replaces the rows; cursor and filter stay where they can.
  mutating func replace(_ entries: [ProblemEntry], height: Int) {
    let before = selected?.id
    self.entries = entries
    shown = entries.indices.filter { query.isEmpty || entries[$0].matches(query) }
    cursor = shown.firstIndex { entries[$0].id == before } ?? min(cursor, max(0, shown.count - 1))
    settle(height: height)
  }

  /// Scrolls so that the cursor is among `height` rows.
  mutating func settle(height: Int) {
    let height = max(1, height)
    top = max(0, min(max(min(top, cursor), cursor - height + 1), shown.count - height))
  }
}
