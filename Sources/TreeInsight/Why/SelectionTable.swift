import TreeSearch

/// The candidates of a choice as aligned lines of ASCII, one a candidate, the best first.
public struct SelectionTable: Sendable {
  /// The names of the columns.
  public let head: String
  /// A line a candidate, in the reason's order.
  public let rows: [String]

  /// The terms of `reason`: those that are 0 for every candidate, and the prior where the rule has none, are left out.
  public init(_ reason: SelectionReason) {
    var columns: [(name: String, cell: (SelectionCandidate) -> String)] = [
      ("node", { "\($0.node)" }), ("N", { "\($0.visits)" }),
    ]
    if reason.candidates.contains(where: { $0.virtualVisits > 0 }) { columns.append(("+n", { "\($0.virtualVisits)" })) }
    if reason.candidates.contains(where: { $0.terms.prior != nil }) {
      columns.append(("P", { Words.number($0.terms.prior) }))
    }
    columns += [
      ("Q", { Words.number($0.terms.exploitation) }), ("explore", { Words.number($0.terms.exploration) }),
    ]
    if reason.candidates.contains(where: { $0.terms.process != 0 }) {
      columns.append(("prm", { Words.number($0.terms.process) }))
    }
    columns.append(("total", { Words.number($0.total) }))
    var lines = Array(repeating: "", count: reason.candidates.count + 1)
    for column in columns {
      let cells = [column.name] + reason.candidates.map(column.cell)
      let width = (cells.map(\.count).max() ?? 0) + 2
      for (row, cell) in cells.enumerated() { lines[row] += String(repeating: " ", count: width - cell.count) + cell }
    }
    head = lines[0]
    rows = zip(lines.dropFirst(), reason.candidates).map { $1.isDeadEnd ? $0 + "  used up" : $0 }
  }
}
