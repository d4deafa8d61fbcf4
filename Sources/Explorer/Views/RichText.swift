import Canvas
import TreeSearch

/// Text of a model as a reader wants it: formulas in Unicode, emphasis in bold. Its source is shown where somebody asks for it
/// (`:raw`), and in ASCII.
struct RichText {
  let look: Look
  /// True where the source is shown as it is.
  let isRaw: Bool

  init(look: Look, isRaw: Bool) {
    self.look = look
    // ASCII has no sign for a half.
    self.isRaw = isRaw || look.glyphs == .ascii
  }

  /// False for a text that has neither formulas nor emphasis nor code, as nearly all have: it looks like its source.
  private static func isRich(_ safe: String) -> Bool {
    var last: UInt8 = 0
    for byte in safe.utf8 {
      switch byte {
      case UInt8(ascii: "\\"), UInt8(ascii: "^"), UInt8(ascii: "`"): return true
      case UInt8(ascii: "*") where last == byte: return true
      default: last = byte
      }
    }
    return false
  }

  /// One line or several, safe to be shown, in the style of a scope.
  func spans(_ safe: String, _ style: Style) -> [Span] {
    guard !isRaw, Self.isRich(safe) else { return [Span(safe, style)] }
    // Code stays as it is written.
    let parts = safe.split(separator: "```", omittingEmptySubsequences: false)
    return parts.enumerated().flatMap { index, part -> [Span] in
      guard index % 2 == 0 else {
        return [Span("```\(part)" + (index + 1 < parts.count ? "```" : ""), style)]
      }
      return emphasised(look.reading.formulas(String(part)) { MathText.readable(String(part)) }, style)
    }
  }

  /// What an option says on one line, for rows; empty for the root's.
  static func line(of option: SearchOption?, look: Look, isRaw: Bool) -> String {
    line(OptionText.line(option?.bytes ?? [], glyphs: look.glyphs), look: look, isRaw: isRaw)
  }

  /// Safe text as plain text.
  static func line(_ safe: String, look: Look, isRaw: Bool) -> String {
    guard !isRaw, isRich(safe) else { return safe }
    return RichText(look: look, isRaw: isRaw).spans(safe, .plain).map(\.text).joined()
  }

  /// `**so**` in bold, where both ends stand on a word.
  private func emphasised(_ text: String, _ style: Style) -> [Span] {
    guard text.contains("**") else { return [Span(text, style)] }
    let pieces = text.split(separator: "**", omittingEmptySubsequences: false).map(String.init)
    var spans: [Span] = []
    var at = 0
    while at < pieces.count {
      spans.append(Span(pieces[at], style))
      guard at + 1 < pieces.count else { break }
      let inner = pieces[at + 1]
      let isEmphasis = at + 2 < pieces.count && inner.first?.isWhitespace == false && inner.last?.isWhitespace == false
      if isEmphasis {
        spans.append(Span(inner, Style(modifiers: .bold).over(style)))
        at += 2
      } else {
        spans.append(Span("**", style))
        at += 1
      }
    }
    return spans.filter { !$0.text.isEmpty }
  }
}
