/// A list narrowed by typing, with a cursor on one of its rows.
public struct PickList: Hashable, Sendable {
  /// What is typed; a change puts the cursor on the first row.
  var query = TextField() {
    didSet { if query.text != oldValue.text { cursor = 0 } }
  }
  /// The row that Enter takes, counted from 0.
  private(set) var cursor = 0

  init(cursor: Int = 0) { self.cursor = cursor }

  /// Moves the cursor by `rows` within a list of `count`.
  mutating func move(by rows: Int, count: Int) { cursor = max(0, min(cursor + rows, count - 1)) }
}
