/// In which order the rows of a list stand. A new list is an enum of its orders, and rows that can be queried.
protocol RowOrder: CaseIterable, Equatable, Sendable {
  associatedtype Row: QueriedRow & Identifiable where Row.ID == String
  /// The order that rows have until somebody asks for another.
  static var standard: Self { get }
  /// What it means, as in `by tokens, most first`.
  var sentence: String { get }
  /// What a row is sorted by, upwards; nil where rows stand as they come.
  func key(_ row: Row) -> RowKey?
  /// Places of `rows` in this order, or turned round; equals stay as they are. Complexity: O(n log n).
  func places(of rows: [Row], isReversed: Bool) -> [Int]
}

/// What a row is sorted by: a number, then a text.
struct RowKey: Comparable {
  var number = 0.0
  var text = ""

  static func < (a: RowKey, b: RowKey) -> Bool { (a.number, a.text) < (b.number, b.text) }
}

extension RowOrder {
  func places(of rows: [Row], isReversed: Bool) -> [Int] { sortedPlaces(of: rows, isReversed: isReversed) }

  /// The places of rows by their keys alone.
  func sortedPlaces(of rows: [Row], isReversed: Bool) -> [Int] {
    let keys = rows.compactMap { key($0) }
    guard keys.count == rows.count else { return isReversed ? rows.indices.reversed() : Array(rows.indices) }
    return rows.indices.sorted { a, b in
      keys[a] == keys[b] ? a < b : isReversed ? keys[b] < keys[a] : keys[a] < keys[b]
    }
  }
}

/// An order that a menu offers by a letter.
protocol MenuOrder: RowOrder {
  /// The letter that chooses it.
  var letter: Character { get }
}

extension Menu {
  /// Asks for one of the orders of a list of `things`.
  static func sorting<Order: MenuOrder>(
    _ things: String, by order: Order.Type, _ sort: @escaping @Sendable (Order, inout ExplorerState) -> RowList<Order>?
  ) -> Menu {
    Menu(
      title: "Sort \(things)",
      items: Order.allCases.map { order in
        Item(letter: order.letter, title: order.sentence) { state in
          let list = sort(order, &state)
          state.message = .notice("\(things) \(order.sentence)\(list?.isReversed == true ? ", turned round" : "")")
          return []
        }
      })
  }
}
