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
