/// A frame as plain text, for golden files and for output without a terminal.
public enum FrameText {
  /// The rows of a frame; continuation cells add nothing, since the wide character before them shows there.
  public static func lines(_ frame: Frame, trimmed: Bool = true) -> [String] {
    (0..<frame.height).map { y in
      let text = frame.row(y).map(\.text).joined()
      guard trimmed, let last = text.lastIndex(where: { $0 != " " }) else { return trimmed ? "" : text }
      return String(text[...last])
    }
  }

  /// The rows joined by line ends, one after the last row too.
  public static func text(_ frame: Frame, trimmed: Bool = true) -> String {
    lines(frame, trimmed: trimmed).map { $0 + "\n" }.joined()
  }
}
