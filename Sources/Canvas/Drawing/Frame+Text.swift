extension Frame {
  /// Writes one line of text and says how many columns it took.
  ///
  /// The style lies over what is there already (`Style.over`), so text put on a filled row keeps the row's background.
  /// Hostile text is safe: see `Cluster`. Reads no more of `text` than fits, so its length does not matter.
  /// - Parameters:
  ///   - text: Any text; control characters become U+FFFD, line ends too (use `wrap` for more than one line).
  ///   - x: The first column; columns left of 0 are clipped.
  ///   - y: The row; outside of the frame nothing is written.
  ///   - style: How the text looks.
  ///   - maxWidth: At most so many columns are taken, from `x` on.
  /// - Returns: Columns from `x` to the end of the text or to the edge that cut it.
  @discardableResult
  public mutating func put(_ text: String, x: Int, y: Int, style: Style = .plain, maxWidth: Int = .max) -> Int {
    put(clusters: Clusters(text), x: x, y: y, style: style, maxWidth: maxWidth)
  }

  /// Writes spans of differing styles one after the other and says how many columns they took.
  @discardableResult
  public mutating func put(_ spans: [Span], x: Int, y: Int, maxWidth: Int = .max) -> Int {
    var used = 0
    for span in spans where used < maxWidth && x < width {
      used += put(span.text, x: x.clampedSum(used), y: y, style: span.style, maxWidth: maxWidth - used)
    }
    return used
  }

  /// Writes text that ends with an ellipsis when it does not fit into `maxWidth` columns.
  @discardableResult
  public mutating func putTruncated(
    _ text: String, x: Int, y: Int, style: Style = .plain, maxWidth: Int, ellipsis: String = "…"
  ) -> Int {
    put(
      TextWidth.truncated(text, to: min(maxWidth, Frame.sizeLimit), ellipsis: ellipsis), x: x, y: y, style: style,
      maxWidth: maxWidth)
  }

  /// Writes text so that it ends just left of column `right`, cut with an ellipsis to `maxWidth` columns.
  /// - Returns: The columns taken, left of `right`.
  @discardableResult
  public mutating func putRight(
    _ text: String, right: Int, y: Int, style: Style = .plain, maxWidth: Int = Frame.sizeLimit, ellipsis: String = "…"
  ) -> Int {
    let cut = TextWidth.truncated(text, to: min(maxWidth, Frame.sizeLimit), ellipsis: ellipsis)
    let columns = TextWidth.columns(cut)
    put(cut, x: right.clampedSum(-columns), y: y, style: style)
    return columns
  }

  private mutating func put(clusters: Clusters, x: Int, y: Int, style: Style, maxWidth: Int) -> Int {
    guard y >= 0, y < height, maxWidth > 0 else { return 0 }
    let end = min(width, x.clampedSum(maxWidth))
    var column = x
    for cluster in clusters {
      guard column < end else { break }
      if column + cluster.columns > end {
        // Half a wide character: its place is blanked, so that columns to the right do not move.
        if column >= 0 { store(" ", columns: 1, x: column, y: y, style: style) }
        column = end
        break
      }
      if column >= 0 {
        store(cluster.text, columns: cluster.columns, x: column, y: y, style: style)
      } else if column + cluster.columns > 0 {
        store(" ", columns: 1, x: 0, y: y, style: style)
      }
      column += cluster.columns
    }
    return column - x
  }
}

/// A piece of a line in one style.
public struct Span: Hashable, Sendable {
  /// What it says.
  public var text: String
  /// How it looks.
  public var style: Style

  /// A piece of a line in one style.
  public init(_ text: String, _ style: Style = .plain) {
    self.text = text
    self.style = style
  }
}

extension Int {
  /// A sum that stops at the ends of the range instead of trapping.
  func clampedSum(_ other: Int) -> Int {
    let (sum, overflow) = addingReportingOverflow(other)
    return overflow ? (other < 0 ? .min / 2 : .max / 2) : sum
  }
}
