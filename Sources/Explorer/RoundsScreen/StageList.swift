import TreeInsight

/// What a stage kept, in an order, narrowed by words, with a cursor. Its cost per frame is that of the rows shown.
public struct StageList: Sendable {
  /// Which row comes first.
  enum Order: Sendable {
    /// As the stage kept them.
    case arrival
    /// What a person should look at first.
    case worth

    /// In words.
    var words: String { self == .arrival ? "as they came" : "by what is worth a look first" }
  }

  /// Everything, by place.
  public private(set) var items: [StageItem] = []
  /// Places of the shown rows, in order.
  public private(set) var shown: [Int] = []
  /// What shown rows must have; nil shows all.
  private var wanted: RowQuery<StageItem>?
  /// The same as it was typed; empty shows all.
  var query: String { wanted?.source ?? "" }
  private(set) var order: Order
  /// Index into `shown`; 0 where nothing is shown.
  public private(set) var cursor = 0
  /// Index into `shown` of the first row on the screen.
  private(set) var top = 0
  /// What is in it, in words.
  private(set) var tally = StageTally()

  init(order: Order) { self.order = order }

  /// The place of the row under the cursor.
  public var place: Int? { shown.indices.contains(cursor) ? shown[cursor] : nil }

  /// The row under the cursor.
  public var selected: StageItem? { place.map { items[$0] } }

  /// Moves the cursor by `rows`, as far as there are rows.
  mutating func move(by rows: Int) { cursor = max(0, min(cursor.addingClamped(rows), shown.count - 1)) }

  /// Moves to the next row from the cursor on for which `wanted` holds, going round; false where there is none.
  ///
  /// Complexity: O(rows between).
  mutating func find(backwards: Bool, _ wanted: (StageItem) -> Bool) -> Bool {
    let count = shown.count
    guard
      let step = (1...max(1, count)).first(where: { step in
        let row = backwards ? (cursor - step + count) : (cursor + step)
        return count > 0 && wanted(items[shown[row % count]])
      })
    else { return false }
    cursor = (backwards ? cursor - step + count : cursor + step) % count
    return true
  }

  /// Items from place `first` on: new ones follow, others take the place of those that are there. Rows stay where they are
  /// unless new ones come; the cursor stays on its row. What would leave a gap is left out.
  ///
  /// Complexity: O(new items), or O(n log n) in another order than the stage's own.
  mutating func put(_ new: [StageItem], first: Int) {
    guard (0...items.count).contains(first), !new.isEmpty else { return }
    let known = items.count
    let replaced = min(known - first, new.count)
    for index in 0..<replaced {
      tally.remove(items[first + index])
      items[first + index] = new[index]
    }
    items += new.dropFirst(replaced)
    for item in new { tally.add(item) }
    guard items.count > known else { return }
    if order == .arrival {
      shown += (known..<items.count).filter { wanted?.matches(items[$0]) ?? true }
    } else {
      arrange()
    }
  }

  /// Shows the rows that have what `query` asks for. Throws `FilterError` and changes nothing where it cannot be read.
  ///
  /// Complexity: O(text of all items).
  mutating func filter(_ query: String) throws(FilterError) {
    wanted = query.allSatisfy(\.isWhitespace) ? nil : try RowQuery(query)
    arrange()
  }

  /// Puts the rows in the other order, by what is known of them now.
  mutating func sort(by order: Order) {
    self.order = order
    arrange()
    cursor = 0
  }

  private mutating func arrange() {
    let before = place
    shown = items.indices.filter { wanted?.matches(items[$0]) ?? true }
    if order == .worth {
      let worth = items.map(\.worth)
      shown.sort { (worth[$1], $0) < (worth[$0], $1) }
    }
    cursor = before.flatMap { place in shown.firstIndex(of: place) } ?? 0
  }

  /// Scrolls so that the cursor is among `height` rows.
  mutating func clampScroll(height: Int) {
    let height = max(1, height)
    top = max(0, min(max(min(top, cursor), cursor - height + 1), shown.count - height))
  }
}

/// What a list holds, kept as it changes: the status line reads nothing else.
struct StageTally: Hashable, Sendable {
  private var counts: [String: Int] = [:]
  /// Items in all.
  private(set) var count = 0

  mutating func add(_ item: StageItem) {
    count += 1
    for word in item.states { counts[word, default: 0] += 1 }
  }

  mutating func remove(_ item: StageItem) {
    count -= 1
    for word in item.states { counts[word, default: 0] -= 1 }
  }

  /// How many are in a state.
  subscript(state: String) -> Int { counts[state] ?? 0 }
}
