import Vocabulary

/// Columns that text takes on the screen, as `Frame.put` will draw it.
///
/// Most texts are printable ASCII as far as the screen shows them, and are counted and cut by bytes: looking each scalar up
/// would take most of the time of a frame.
public enum TextWidth {
  /// Columns of a whole text. O(n).
  public static func columns(_ text: String) -> Int {
    if text.isPlain { return text.utf8.count }
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
    if let fits = fitsByBytes(text, width) { return fits ? text : bytes(text, width) }
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
    if let fits = fitsByBytes(text, width) { return fits ? text : bytes(text, room) + mark }
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

  /// Whether a text fits into `width` columns, where that is a matter of bytes: so much of it is printable ASCII. Else nil.
  private static func fitsByBytes(_ text: String, _ width: Int) -> Bool? {
    let beginning = text.utf8.prefix(max(0, width) + 1)
    return beginning.allSatisfy { (0x20...0x7E).contains($0) } ? beginning.count <= width : nil
  }

  private static func bytes(_ text: String, _ count: Int) -> String {
    String(decoding: text.utf8.prefix(max(0, count)), as: UTF8.self)
  }
}
