/// A rectangle of cells; `x` and `y` count from the top left corner, sizes are never negative.
public struct Rect: Hashable, Sendable {
  /// The leftmost column.
  public let x: Int
  /// The topmost row.
  public let y: Int
  /// Columns, 0 or more.
  public let width: Int
  /// Rows, 0 or more.
  public let height: Int

  /// A rectangle; negative sizes become 0, and positions are kept within ±1 000 000 so that no sum overflows.
  public init(x: Int, y: Int, width: Int, height: Int) {
    let bound = 1_000_000
    self.x = min(max(x, -bound), bound)
    self.y = min(max(y, -bound), bound)
    self.width = min(max(width, 0), bound)
    self.height = min(max(height, 0), bound)
  }

  /// The column just right of the rectangle.
  public var right: Int { x + width }

  /// The row just below the rectangle.
  public var bottom: Int { y + height }

  /// Whether no cell lies inside.
  public var isEmpty: Bool { width == 0 || height == 0 }

  /// Whether the cell lies inside.
  public func contains(x column: Int, y row: Int) -> Bool {
    column >= x && column < right && row >= y && row < bottom
  }

  /// The part that both rectangles share; empty when they do not meet.
  public func intersection(_ other: Rect) -> Rect {
    let left = max(x, other.x)
    let top = max(y, other.y)
    return Rect(x: left, y: top, width: min(right, other.right) - left, height: min(bottom, other.bottom) - top)
  }

  /// The rectangle without a margin of `horizontal` columns and `vertical` rows on each side.
  public func inset(horizontal: Int = 1, vertical: Int = 1) -> Rect {
    let dx = min(max(horizontal, 0), width / 2 + 1)
    let dy = min(max(vertical, 0), height / 2 + 1)
    return Rect(x: x + dx, y: y + dy, width: width - 2 * dx, height: height - 2 * dy)
  }

  /// The first `count` rows and the rest; `count` is clamped to 0…height.
  public func split(rows count: Int) -> (top: Rect, bottom: Rect) {
    let rows = min(max(count, 0), height)
    return (
      Rect(x: x, y: y, width: width, height: rows),
      Rect(x: x, y: y + rows, width: width, height: height - rows)
    )
  }

  /// The first `count` columns and the rest; `count` is clamped to 0…width.
  public func split(columns count: Int) -> (left: Rect, right: Rect) {
    let columns = min(max(count, 0), width)
    return (
      Rect(x: x, y: y, width: columns, height: height),
      Rect(x: x + columns, y: y, width: width - columns, height: height)
    )
  }

  /// All but the last `count` rows, and those.
  public func split(bottomRows count: Int) -> (top: Rect, bottom: Rect) {
    split(rows: height - min(max(count, 0), height))
  }

  /// All but the last `count` columns, and those.
  public func split(rightColumns count: Int) -> (left: Rect, right: Rect) {
    split(columns: width - min(max(count, 0), width))
  }

  /// Row number `index` counted from the top of the rectangle, as a rectangle one cell high; empty when there is none.
  public func row(_ index: Int) -> Rect {
    guard index >= 0, index < height else { return Rect(x: x, y: y, width: width, height: 0) }
    return Rect(x: x, y: y + index, width: width, height: 1)
  }

  /// A rectangle of at most this size in the middle of this one, for pop-ups.
  public func centered(width wanted: Int, height wantedHeight: Int) -> Rect {
    let columns = min(max(wanted, 0), width)
    let rows = min(max(wantedHeight, 0), height)
    return Rect(x: x + (width - columns) / 2, y: y + (height - rows) / 2, width: columns, height: rows)
  }
}
