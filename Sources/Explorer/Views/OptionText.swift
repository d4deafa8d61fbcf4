import Canvas
import TreeSearch

/// Text of models and files, made safe for the screen and cut before it is decoded: a megabyte costs what a line costs.
enum OptionText {
  /// One line, for rows: line ends inside are shown by a sign, those at the end are dropped.
  static func line(_ bytes: [UInt8], glyphs: GlyphSet) -> String {
    let head = bytes.prefix(4096)
    let end = head.count < bytes.count ? head.endIndex : trimmedEnd(head)
    return Sanitizer(lineEnd: .shown(glyphs.lineEnd), limit: 2048).text(head[..<end])
  }

  /// All of it, for wrapping, up to 16,384 bytes; more is announced by the number left out.
  static func block(_ bytes: [UInt8]) -> String {
    let head = bytes.prefix(16_384)
    let text = Sanitizer(lineEnd: .kept, limit: 16_384).text(head[..<trimmedEnd(head)])
    let left = bytes.count - head.count
    return left > 0 ? text + "… [\(left) more bytes]" : text
  }

  /// The displayable form of one line of text.
  static func line(_ text: String, glyphs: GlyphSet) -> String { line(Array(text.utf8.prefix(8192)), glyphs: glyphs) }

  /// The displayable form of a text of several lines.
  static func block(_ text: String) -> String { block(Array(text.utf8)) }

  private static func trimmedEnd(_ bytes: ArraySlice<UInt8>) -> Int {
    (bytes.lastIndex { $0 != 10 && $0 != 13 && $0 != 32 } ?? bytes.startIndex - 1) + 1
  }
}
