import TreeInsight
import Vocabulary

/// The list of problems to choose from: rows in an order, narrowed by a query, a cursor on one of those shown, marks, and what has
/// been decided.
public struct ProblemList: Sendable {
  private(set) var rows: RowList<ProblemOrder>
  /// The ids of the rows that stand where they do by chance.
  private(set) var audited: Set<String> = []
  /// Rows that a person has marked, by id.
  private(set) var marked: Set<String> = []
  /// What was decided of the shown rows: how often each verdict was given; `nil` is none.
  private(set) var tally: [Judgement.Verdict?: Int] = [:]

  /// A list with its cursor on the first row.
  public init(_ entries: [ProblemEntry] = []) { rows = RowList(entries) }

  /// Every problem, in file order.
  public var entries: [ProblemEntry] { rows.rows }
  /// What shown rows must have, as it was typed; empty shows all.
  public var query: String { rows.query }
  /// Indices into `entries` of the shown rows, in order.
  public var shown: [Int] { rows.shown }
  /// Index into `shown`; 0 where nothing is shown.
  public var cursor: Int { rows.cursor }
  /// Index into `shown` of the first row on the screen.
  public var top: Int { rows.top }
  /// The row under the cursor.
  public var selected: ProblemEntry? { rows.selected }
  /// In which order the rows stand.
  var order: ProblemOrder { rows.order }
  var isReversed: Bool { rows.isReversed }

  /// Moves the cursor by `rows`, as far as there are rows, and scrolls so that it is among `height` rows.
  mutating func move(by count: Int, height: Int) {
    rows.move(by: count)
    clampScroll(height: height)
  }

  /// Moves to the next shown row for which `wanted` holds, going round; false where there is none. Complexity: O(rows between).
  mutating func find(backwards: Bool = false, height: Int, _ wanted: (ProblemEntry) -> Bool) -> Bool {
    defer { clampScroll(height: height) }
    return rows.find(backwards: backwards, wanted)
  }

  /// Puts the cursor on a problem where it is shown.
  mutating func select(_ id: String, height: Int) {
    rows.select(id)
    clampScroll(height: height)
  }

  /// Shows the rows that have what `query` asks for; the cursor stays on its problem where that is still shown. Throws
  /// `FilterError` and changes nothing where it cannot be read.
  ///
  /// Complexity: O(text of all rows).
  mutating func filter(_ query: String, height: Int) throws(FilterError) {
    try rows.filter(query)
    settle(height)
  }

  /// Puts the rows in another order; the same order again turns it round. Complexity: O(n log n).
  mutating func sort(by order: ProblemOrder, height: Int) {
    sort(by: order, isReversed: order == self.order && !isReversed, height: height)
  }

  /// Puts the rows in this order, turned round or not. Complexity: O(n log n).
  mutating func sort(by order: ProblemOrder, isReversed: Bool, height: Int) {
    rows.sort(by: order, isReversed: isReversed)
    draw()
    settle(height)
  }

  /// Replaces the rows. Cursor, query and marks stay where they can, and so does the order of the rows, until somebody asks for an
  /// order again: who works through them is not to lose the place.
  mutating func replace(_ entries: [ProblemEntry], height: Int) {
    if !rows.replace(entries) { draw() }
    settle(height)
  }

  /// Says what has been decided of a problem, or (nil) that nothing has. The rows shown stay, also where they would be shown no
  /// longer.
  mutating func decide(_ id: String, _ decision: ProblemDecision?) {
    rows.change(id) { $0.decision = decision }
    count()
  }

  /// Marks the row under the cursor, or takes its mark away, and goes on to the next.
  mutating func mark(height: Int) {
    guard let id = selected?.id else { return }
    if marked.remove(id) == nil { marked.insert(id) }
    move(by: 1, height: height)
  }

  /// Marks every shown row, or takes all marks away where all are marked.
  mutating func markAll() {
    let ids = Set(shown.map { entries[$0].id })
    marked = ids.isSubset(of: marked) ? [] : ids
  }

  /// Takes all marks away.
  mutating func unmark() { marked = [] }

  /// The ids of the marked rows, in the order of the list; those that are not shown follow.
  var markedIDs: [String] {
    let seen = shown.map { entries[$0].id }.filter { marked.contains($0) }
    return seen + marked.subtracting(seen).sorted()
  }

  /// Scrolls so that the cursor is among `height` rows.
  mutating func clampScroll(height: Int) { rows.clampScroll(height: height) }

  private mutating func settle(_ height: Int) {
    clampScroll(height: height)
    count()
  }

  /// Notes which rows chance has drawn.
  private mutating func draw() {
    audited = order == .worth && !isReversed ? Set(ProblemOrder.drawn(of: entries).map { entries[$0].id }) : []
  }

  private mutating func count() {
    tally = [:]
    for place in shown { if let decision = entries[place].decision { tally[decision.verdict, default: 0] += 1 } }
  }
}
