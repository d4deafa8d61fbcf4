import TreeInsight
import Vocabulary

/// The list of problems to choose from: rows in an order, narrowed by a query, and a cursor on one of those shown.
public struct ProblemList: Sendable {
  /// Every problem, in file order.
  public private(set) var entries: [ProblemEntry]
  /// What shown rows must have; nil shows all.
  private var wanted: ProblemQuery?
  /// The same as it was typed; empty shows all.
  public var query: String { wanted?.source ?? "" }
  /// Indices into `entries` of the shown rows, in order.
  public private(set) var shown: [Int]
  /// Index into `shown`; 0 where nothing is shown.
  public private(set) var cursor = 0
  /// Index into `shown` of the first row on the screen.
  public private(set) var top = 0
  /// In which order the rows stand.
  private(set) var order = ProblemOrder.file
  private(set) var isReversed = false
  /// The ids of the rows that stand where they do by chance.
  private(set) var audited: Set<String> = []
  /// Rows that a person has marked, by id.
  private(set) var marked: Set<String> = []
  /// What was decided of the shown rows: how often each verdict was given; `nil` is none.
  private(set) var tally: [Judgement.Verdict?: Int] = [:]
  /// Indices into `entries` of all rows in order.
  private var places: [Int]

  /// A list with its cursor on the first row.
  public init(_ entries: [ProblemEntry] = []) {
    self.entries = entries
    places = Array(entries.indices)
    shown = places
  }

  /// The row under the cursor.
  public var selected: ProblemEntry? { shown.indices.contains(cursor) ? entries[shown[cursor]] : nil }

  /// Moves the cursor by `rows`, as far as there are rows, and scrolls so that it is among `height` rows.
  mutating func move(by rows: Int, height: Int) {
    let (target, overflow) = cursor.addingReportingOverflow(rows)
    cursor = max(0, min(overflow ? (rows < 0 ? 0 : shown.count) : target, shown.count - 1))
    clampScroll(height: height)
  }

  /// Moves to the next shown row for which `wanted` holds, going round; false where there is none. Complexity: O(rows between).
  mutating func find(backwards: Bool = false, height: Int, _ wanted: (ProblemEntry) -> Bool) -> Bool {
    let count = shown.count
    func row(_ step: Int) -> Int { (cursor + (backwards ? count - step : step)) % count }
    guard count > 0, let step = (1...count).first(where: { wanted(entries[shown[row($0)]]) }) else { return false }
    cursor = row(step)
    clampScroll(height: height)
    return true
  }

  /// Puts the cursor on a problem where it is shown.
  mutating func select(_ id: String, height: Int) {
    guard let row = shown.firstIndex(where: { entries[$0].id == id }) else { return }
    cursor = row
    clampScroll(height: height)
  }

  /// Shows the rows that have what `query` asks for; the cursor stays on its problem where that is still shown. Throws
  /// `FilterError` and changes nothing where it cannot be read.
  ///
  /// Complexity: O(text of all rows).
  mutating func filter(_ query: String, height: Int) throws(FilterError) {
    wanted = query.allSatisfy(\.isWhitespace) ? nil : try ProblemQuery(query)
    show(selected?.id, height: height)
  }

  /// Puts the rows in another order; the same order again turns it round. Complexity: O(n log n).
  mutating func sort(by order: ProblemOrder, height: Int) {
    sort(by: order, isReversed: order == self.order && !isReversed, height: height)
  }

  /// Puts the rows in this order, turned round or not. Complexity: O(n log n).
  mutating func sort(by order: ProblemOrder, isReversed: Bool, height: Int) {
    (self.order, self.isReversed) = (order, isReversed)
    sort()
    show(nil, height: height)
  }

  /// Replaces the rows. Cursor, query and marks stay where they can, and so does the order of the rows, until somebody asks for an
  /// order again: who works through them is not to lose the place.
  mutating func replace(_ entries: [ProblemEntry], height: Int) {
    let before = (id: selected?.id, cursor)
    let isSame = entries.count == self.entries.count && zip(entries, self.entries).allSatisfy { $0.id == $1.id }
    self.entries = entries
    if !isSame { sort() }
    show(before.id, height: height)
    if selected?.id != before.id { cursor = min(before.1, max(0, shown.count - 1)) }
    clampScroll(height: height)
  }

  /// Says what has been decided of a problem, or (nil) that nothing has. The rows shown stay, also where they would be shown no
  /// longer.
  mutating func decide(_ id: String, _ decision: ProblemDecision?) {
    guard let index = entries.firstIndex(where: { $0.id == id }) else { return }
    entries[index].decision = decision
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
  mutating func clampScroll(height: Int) {
    let height = max(1, height)
    top = max(0, min(max(min(top, cursor), cursor - height + 1), shown.count - height))
  }

  private mutating func sort() {
    let sorted = order.sorted(Array(entries.indices), entries, isReversed: isReversed)
    places = sorted.places
    audited = Set(sorted.audited.map { entries[$0].id })
  }

  /// Shows what the query asks for, with the cursor on `id` where that is shown.
  private mutating func show(_ id: String?, height: Int) {
    shown = wanted.map { wanted in places.filter { wanted.matches(entries[$0]) } } ?? places
    cursor = id.flatMap { id in shown.firstIndex { entries[$0].id == id } } ?? 0
    clampScroll(height: height)
    count()
  }

  private mutating func count() {
    tally = [:]
    for place in shown { if let decision = entries[place].decision { tally[decision.verdict, default: 0] += 1 } }
  }
}
