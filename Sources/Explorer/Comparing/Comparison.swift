/// Two nodes or two runs side by side.
public struct Comparison: Hashable, Sendable {
  /// A row.
  enum Row: Hashable, Sendable {
    /// A line across both columns.
    case words(String)
    /// What each has of something; nil where it has nothing.
    case pair(String, a: String?, b: String?)
  }

  /// What is compared.
  let title: String
  /// What stands above each column.
  let a, b: String
  /// The rows, sanitised when they are drawn.
  let rows: [Row]
  /// Lines scrolled away above the first one.
  var scroll = 0

  init(title: String, a: String, b: String, rows: [Row]) {
    self.title = title
    self.a = a
    self.b = b
    self.rows = rows
  }

  /// The rows in words, for the line mode.
  var sentences: [String] {
    ["\(title): \(a), \(b)."]
      + rows.map { row in
        switch row {
        case .words(let words): "\(words)."
        case .pair(let label, let a, let b):
          a == b ? "\(label): \(a ?? "none")." : "\(label): \(a ?? "none"), and \(b ?? "none")."
        }
      }
  }
}
