/// What must be painted to turn one frame into another.
public enum FrameDiff {
  /// Cells side by side on one row that changed and share a style.
  public struct Run: Hashable, Sendable {
    /// The first column.
    public let x: Int
    /// The row.
    public let y: Int
    /// The cells' texts in order.
    public let text: String
    /// Columns taken.
    public let columns: Int
    /// The style of all of them.
    public let style: Style
  }

  /// The runs that differ, from top left to bottom right; all of `new` when the sizes differ or there is no old frame.
  /// O(width · height).
  public static func runs(from old: Frame?, to new: Frame) -> [Run] {
    let known = old.flatMap { $0.width == new.width && $0.height == new.height ? $0 : nil }
    var runs: [Run] = []
    for y in 0..<new.height {
      let row = y * new.width
      var x = 0
      while x < new.width {
        guard differs(known, new, row + x) else {
          x += 1
          continue
        }
        // A continuation cell is painted by the cell before it.
        let start = new.cells[row + x].isContinuation && x > 0 ? x - 1 : x
        let style = new.cells[row + start].style
        var text = ""
        var end = start
        while end < new.width, new.cells[row + end].style == style,
          end == start || differs(known, new, row + end) || new.cells[row + end].isContinuation
        {
          text += new.cells[row + end].text
          end += 1
        }
        runs.append(Run(x: start, y: y, text: text, columns: end - start, style: style))
        x = end
      }
    }
    return runs
  }

  private static func differs(_ old: Frame?, _ new: Frame, _ index: Int) -> Bool {
    guard let old else { return true }
    return old.cells[index] != new.cells[index]
  }
}
