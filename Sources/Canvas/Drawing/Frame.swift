/// A screenful of cells and the place of the hardware cursor: what a view returns and a terminal paints.
///
/// Nothing here fails: whatever lies outside is clipped, at every size including 0 × 0.
public struct Frame: Hashable, Sendable {
  /// Columns, 0…`sizeLimit`.
  public let width: Int
  /// Rows, 0…`sizeLimit`.
  public let height: Int
  /// Where the hardware cursor belongs, so that screen readers follow the selection; nil hides it.
  public var cursor: Cursor?
  /// The cells, row by row.
  var cells: [Cell]

  /// The most columns or rows a frame can have; a wrong answer about the terminal's size then costs no memory.
  public static let sizeLimit = 2000

  /// An empty screen; sizes are clamped to 0…`sizeLimit`.
  public init(width: Int, height: Int, style: Style = .plain) {
    self.width = min(max(width, 0), Frame.sizeLimit)
    self.height = min(max(height, 0), Frame.sizeLimit)
    cells = Array(repeating: .blank(style), count: self.width * self.height)
  }

  /// The whole frame as a rectangle.
  public var bounds: Rect { Rect(x: 0, y: 0, width: width, height: height) }

  /// The cell at a place, nil outside. O(1).
  public func cell(x: Int, y: Int) -> Cell? {
    guard x >= 0, y >= 0, x < width, y < height else { return nil }
    return cells[y * width + x]
  }

  /// One row of cells, empty outside.
  public func row(_ y: Int) -> ArraySlice<Cell> {
    guard y >= 0, y < height else { return [] }
    return cells[(y * width)..<((y + 1) * width)]
  }

  /// Writes one cluster into the frame; the caller made sure that all its columns lie inside.
  mutating func store(_ text: String, columns: Int, x: Int, y: Int, style: Style) {
    let index = y * width + x
    let base = cells[index].style
    clearHalves(from: x, to: x + columns, y: y)
    cells[index] = Cell(text: text, style: style.over(base), width: UInt8(columns))
    if columns == 2 {
      cells[index + 1] = Cell(text: "", style: style.over(base), width: 0)
    }
  }

  /// Half a wide character cannot be shown: what is about to be cut in two becomes spaces.
  mutating func clearHalves(from start: Int, to end: Int, y: Int) {
    let row = y * width
    if start > 0, cells[row + start].isContinuation {
      cells[row + start - 1].text = " "
      cells[row + start - 1].width = 1
      cells[row + start].text = " "
      cells[row + start].width = 1
    }
    if end < width, cells[row + end].isContinuation {
      cells[row + end].text = " "
      cells[row + end].width = 1
      cells[row + end - 1].text = " "
      cells[row + end - 1].width = 1
    }
  }
}

extension Frame {
  /// A place for the hardware cursor.
  public struct Cursor: Hashable, Sendable {
    /// The column, from 0.
    public let x: Int
    /// The row, from 0.
    public let y: Int

    /// A place for the hardware cursor; outside of the frame it is not shown.
    public init(x: Int, y: Int) {
      self.x = x
      self.y = y
    }
  }
}

/// One place on the screen.
///
/// A cell can only be made by `Frame`'s drawing functions, which take every character through `Cluster`: `text` is one
/// printable scalar with at most `Cluster.markLimit` combining marks, or empty in the right half of a wide character.
public struct Cell: Hashable, Sendable {
  /// What is shown: one printable scalar and its combining marks; empty in a continuation cell.
  public internal(set) var text: String
  /// How it is shown.
  public internal(set) var style: Style
  /// Columns taken: 1 or 2, and 0 for the right half of the wide character in the cell to the left.
  public internal(set) var width: UInt8

  /// Whether the cell is the right half of a wide character.
  public var isContinuation: Bool { width == 0 }

  /// An empty place.
  static func blank(_ style: Style) -> Cell {
    Cell(text: " ", style: style, width: 1)
  }
}
