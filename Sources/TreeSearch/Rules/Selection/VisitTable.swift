import Foundation

/// What UCT needs of a number of visits, computed once for those below 1024: most nodes of a tree have few.
struct VisitTable {
  /// What UCT needs of one N.
  struct Row {
    /// √ln N.
    let logarithmRoot: Double
    /// 1/N.
    let reciprocal: Double
    /// 1/√N.
    let reciprocalRoot: Double

    init(_ visits: Int) {
      let visits = Double(visits)
      logarithmRoot = log(visits).squareRoot()
      reciprocal = 1 / visits
      reciprocalRoot = 1 / visits.squareRoot()
    }
  }

  private let rows: UnsafeBufferPointer<Row>

  private static let table = (0..<1024).map { Row(max($0, 1)) }

  /// Calls `body` with the table.
  @inline(__always)
  static func use<Result>(_ body: (VisitTable) -> Result) -> Result {
    table.withUnsafeBufferPointer { body(VisitTable(rows: $0)) }
  }

  /// The row of N ≥ 0; 0 counts as 1. Complexity: O(1).
  @inline(__always)
  subscript(visits: Int32) -> Row { visits < 1024 ? rows[Int(visits)] : Self.row(visits) }

  @inline(never)
  private static func row(_ visits: Int32) -> Row { Row(Int(visits)) }
}
