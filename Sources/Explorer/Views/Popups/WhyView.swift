import Canvas
import TreeInsight
import TreeSearch

/// Why a node was selected or not: the comparison with its siblings, what would turn it round, widths and draws.
enum WhyView {
  static func draw(_ popup: WhyPopup, _ run: OpenRun, _ look: Look, on frame: inout Frame) {
    let width = min(84, frame.width)
    let lines = lines(popup.reasons, run, width: max(1, width - 4), look)
    let inside = frame.popup(
      title: "Why node \(popup.reasons.node), moment \(popup.reasons.moment)", width: width,
      height: min(frame.height - 2, lines.count + 2), look: look)
    frame.lines(lines.dropFirst(min(popup.scroll, max(0, lines.count - inside.height))), in: inside)
  }

  /// The greatest useful number of lines to scroll by.
  static func lastScroll(_ reasons: NodeReasons, _ run: OpenRun, _ size: Size) -> Int {
    let look = Look(theme: .monochrome, glyphs: .unicode)
    let count = lines(reasons, run, width: max(1, min(84, size.columns) - 4), look).count
    return max(0, count - max(0, min(size.rows - 2, count + 2) - 2))
  }

  private static func lines(_ reasons: NodeReasons, _ run: OpenRun, width: Int, _ look: Look) -> [[Span]] {
    let words = reasons.sentences.flatMap { sentence in
      // A sentence that goes on in the next line is indented there, so that one can be told from the next.
      wrap(OptionText.line(sentence, glyphs: look.glyphs), width: max(1, width - 2)).enumerated().map {
        [Span($0 == 0 ? $1 : "  \($1)", look("ui.text"))]
      }
    }
    guard let selection = reasons.selection, !selection.candidates.isEmpty else { return words }
    return table(selection, marking: reasons.node, run, width: width, look) + [[]] + words
  }

  private static func table(
    _ selection: SelectionReason, marking node: NodeID, _ run: OpenRun, width: Int, _ look: Look
  ) -> [[Span]] {
    let table = SelectionTable(selection)
    let columns = table.rows.map(\.count).max() ?? 0
    return [[Span(" " + table.head, look("ui.text.faint"))]]
      + zip(selection.candidates, table.rows).map { candidate, row in
        let isAsked = candidate.node == node
        let bytes = run.timeline.latest.details[candidate.node.offset].option?.bytes ?? []
        let text = TextWidth.truncated(
          OptionText.line(bytes, glyphs: look.glyphs), to: max(0, width - columns - 4), ellipsis: look.glyphs.ellipsis)
        return [
          Span(isAsked ? look.glyphs.selection : " ", look("ui.key")),
          Span(TextWidth.padded(row, to: columns), look(isAsked ? "node.value" : "ui.text")),
          Span("   \(text)", look("ui.text.faint")),
        ]
      }
  }
}
