/// A terminal's size in cells.
public struct Size: Hashable, Sendable {
  /// Columns, ≥ 0.
  public var columns: Int
  /// Rows, ≥ 0.
  public var rows: Int

  /// A size; negative numbers become 0.
  public init(columns: Int, rows: Int) {
    self.columns = max(0, columns)
    self.rows = max(0, rows)
  }

  /// Below this the screen holds a notice, and only quitting works.
  public static let least = Size(columns: 40, rows: 10)

  /// True where panels cannot be read.
  public var isTooSmall: Bool { columns < Size.least.columns || rows < Size.least.rows }
}
