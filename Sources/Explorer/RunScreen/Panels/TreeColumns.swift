import Canvas
import TreeSearch
import Vocabulary

/// A column of numbers that the tree panel can have. A new one is a row of ``all``.
struct TreeColumn: Hashable, Sendable {
  /// What it shows.
  enum Kind: Hashable, Sendable {
    case visits, growth, q, bar
    case critic(String)
  }

  let kind: Kind
  /// Its name in settings.
  let id: String
  /// What stands above it.
  let title: String
  /// What it is, in a few words.
  let help: String
  /// Columns of the screen.
  let width: Int
  /// Where there is no room for all, those of greater rank go first; one of rank 0 stays.
  let rank: Int

  /// Every column, from left to right.
  static let all = [
    TreeColumn(kind: .visits, id: "n", title: "N", help: "visits", width: 5, rank: 0),
    TreeColumn(
      kind: .growth, id: "growth", title: "growth", help: "visits over time", width: VisitCourse.mostMoments + 1,
      rank: 5),
    TreeColumn(kind: .q, id: "q", title: "Q", help: "mean value", width: 4, rank: 0),
    TreeColumn(kind: .bar, id: "bar", title: "", help: "mean value as a bar", width: 4, rank: 1),
    TreeColumn(kind: .critic(CriticName.value), id: "v", title: "V", help: "value critic", width: 4, rank: 3),
    TreeColumn(kind: .critic(CriticName.prm), id: "prm", title: "PRM", help: "process reward", width: 4, rank: 2),
    TreeColumn(kind: .critic(CriticName.orm), id: "orm", title: "ORM", help: "outcome reward", width: 4, rank: 4),
  ]
}

/// The number columns of the tree panel, aligned at its right edge. The text comes first: a column is shown where the text keeps
/// ``leastText`` columns beside it, unless a person wants it.
struct TreeColumns {
  /// Columns of the screen that the text has before any number but N and Q.
  static let leastText = 46

  /// A column with its place.
  struct Placed {
    let column: TreeColumn
    let x: Int
    let width: Int
  }

  /// The columns from left to right.
  let columns: [Placed]
  /// Columns of the screen left of the first one.
  let textWidth: Int

  /// - Parameters:
  ///   - wanted: columns that a person wants always (true) or never (false), by id.
  ///   - isSparse: Leaves out all that nobody wants but N and Q, whatever room there is.
  init(width: Int, critics: [CriticWeight], wanted: [String: Bool] = [:], isSparse: Bool = false) {
    let gap = width >= 100 ? 2 : 1
    func cost(_ column: TreeColumn) -> Int { Self.width(column, width) + (column.kind == .bar ? 1 : gap) }
    let known = TreeColumn.all.filter { column in
      guard wanted[column.id] != false else { return false }
      if case .critic(let name) = column.kind { return critics.contains { $0.name == name } }
      return true
    }
    var shown = known.filter { $0.rank == 0 || wanted[$0.id] == true }
    var room = width - 1 - shown.reduce(0) { $0 + cost($1) }
    for column in known.sorted(by: { $0.rank < $1.rank }) where !isSparse && !shown.contains(column) {
      guard room - cost(column) >= Self.leastText else { break }
      shown.append(column)
      room -= cost(column)
    }
    textWidth = max(0, room)
    var x = room
    columns = known.filter(shown.contains).map { column in
      let wide = Self.width(column, width)
      x += column.kind == .bar ? 1 : gap
      defer { x += wide }
      return Placed(column: column, x: x, width: wide)
    }
  }

  private static func width(_ column: TreeColumn, _ panel: Int) -> Int {
    column.kind == .bar && panel >= 110 ? 8 : column.width
  }
}
