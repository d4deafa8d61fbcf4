import Foundation

/// A Markdown table.
package struct MarkdownTable {
  let columns: [String]
  package var rows: [[String]] = []

  /// A table without rows.
  package init(columns: [String]) { self.columns = columns }

  /// The table's lines.
  package var lines: [String] {
    [line(columns), "|" + String(repeating: "---|", count: columns.count)] + rows.map(line)
  }

  private func line(_ cells: [String]) -> String { "| " + cells.joined(separator: " | ") + " |" }

  /// A share in percent: `62.5 %`.
  package static func percent(_ share: Double) -> String { String(format: "%.1f %%", share * 100) }

  /// An interval of shares in percent.
  package static func interval(_ estimate: Statistics.Estimate) -> String {
    "\(percent(estimate.low)) – \(percent(estimate.high))"
  }

  /// A difference of shares in points, and its interval.
  package static func difference(_ estimate: Statistics.Estimate) -> String {
    "\(signed(estimate.mean)) [\(signed(estimate.low)), \(signed(estimate.high))]"
  }

  private static func signed(_ share: Double) -> String {
    let text = String(format: "%+.1f", share * 100)
    return text == "-0.0" ? "+0.0" : text
  }
}
