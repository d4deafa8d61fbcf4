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

  /// √ln N of N ≥ 0 visits; 0 counts as 1. Complexity: O(1).
  @inline(__always)
  func logarithmRoot(_ visits: Int32) -> Double {
    visits < 1024 ? rows[Int(visits)].logarithmRoot : log(Double(visits)).squareRoot()
  }

  /// 1/N and 1/√N of N ≥ 0 visits; 0 counts as 1. Complexity: O(1).
  @inline(__always)
  func reciprocals(_ visits: Int32) -> (of: Double, ofRoot: Double) {
    if visits < 1024 { return (rows[Int(visits)].reciprocal, rows[Int(visits)].reciprocalRoot) }
    let reciprocal = 1 / Double(visits)
    return (reciprocal, reciprocal.squareRoot())
  }
}
