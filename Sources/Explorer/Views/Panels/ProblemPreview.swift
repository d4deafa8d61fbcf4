import Canvas

/// The selected problem in full, below the list.
enum ProblemPreview {
  static func draw(_ entry: ProblemEntry, in rect: Rect, _ look: Look, on frame: inout Frame) {
    func safe(_ text: String) -> String { OptionText.line(text, glyphs: look.glyphs) }
    let inside = frame.panel(rect, title: [Span(safe(entry.id), look("ui.title"))], isFocused: false, look: look)
    let area = inside.inset(horizontal: 2, vertical: 0)
    let (text, facts) = area.split(bottomRows: 1)
    frame.lines(wrap([Span(OptionText.block(entry.question), look("node.option"))], width: area.width), in: text)
    let known = [
      entry.answer.map { "answer \($0)" }, entry.tier.map { "tier \($0)" }, entry.split.map { "split \($0)" },
      entry.progress, entry.result?.answer.map { "answered \($0)" },
      entry.result?.agreement.map { "\($0) of 5 final selections agree" },
      entry.result.map { Number.things($0.tokens, "token") },
    ]
    frame.putTruncated(
      safe(known.compactMap { $0 }.joined(separator: ", ")), x: facts.x, y: facts.y, style: look("ui.text.faint"),
      maxWidth: facts.width, ellipsis: look.glyphs.ellipsis)
  }
}
