/// Columns that text takes on the screen, as `Frame.put` will draw it.
public enum TextWidth {
  /// Columns of a whole text. O(n).
  public static func columns(_ text: String) -> Int {
    var total = 0
    for cluster in Clusters(text) { total += cluster.columns }
    return total
  }

  /// Columns of one grapheme; more than 2 when it is shown as its parts (a family emoji, a flag).
  public static func columns(_ character: Character) -> Int {
    columns(String(character))
  }

  /// The longest beginning of a text that fits into `width` columns. Reads no further than that.
  public static func prefix(_ text: String, columns width: Int) -> String {
    var result = ""
    var used = 0
    for cluster in Clusters(text) {
      guard used + cluster.columns <= width else { break }
      result += cluster.text
      used += cluster.columns
    }
    return result
  }

  /// The text if it fits into `width` columns, otherwise its beginning and an ellipsis. Reads no further than needed.
  public static func truncated(_ text: String, to width: Int, ellipsis: String = "…") -> String {
    guard width > 0 else { return "" }
    let mark = prefix(ellipsis, columns: width)
    let room = width - columns(mark)
    var whole = ""
    var cut = ""
    var used = 0
    for cluster in Clusters(text) {
      guard used + cluster.columns <= width else { return cut + mark }
      whole += cluster.text
      used += cluster.columns
      if used <= room { cut = whole }
    }
    return whole
  }

  /// The text with spaces after it up to `width` columns, or its beginning when it is longer.
  public static func padded(_ text: String, to width: Int, ellipsis: String = "…") -> String {
    let cut = truncated(text, to: width, ellipsis: ellipsis)
    return cut + String(repeating: " ", count: max(0, width - columns(cut)))
  }

  /// The text with spaces before it up to `width` columns, or its beginning when it is longer.
  public static func rightAligned(_ text: String, to width: Int, ellipsis: String = "…") -> String {
    let cut = truncated(text, to: width, ellipsis: ellipsis)
    return String(repeating: " ", count: max(0, width - columns(cut))) + cut
  }
}
