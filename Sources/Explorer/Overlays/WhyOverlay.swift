import Canvas
import TreeInsight
import TreeSearch

/// Why a node was selected or not: the comparison with its siblings, what would turn it round, widths and draws.
struct WhyOverlay: Overlay {
  /// The reasons, as they stood when it was opened.
  let reasons: NodeReasons
  var scroll = 0

  mutating func move(by rows: Int, in state: ExplorerState) { scroll = max(0, scroll + rows) }

  func extent(in state: ExplorerState) -> Int {
    guard let run = state.run else { return 0 }
    return state.stage.linesLeft(of: lines(run, width: width(state.stage.columns) - 4, state.measure).count)
  }

  func draw(_ state: ExplorerState, _ look: Look, on frame: inout Frame) {
    guard let run = state.run else { return }
    let width = width(frame.width)
    let lines = lines(run, width: width - 4, look)
    let inside = frame.popup(
      title: "Why node \(reasons.node), moment \(reasons.moment)", width: width,
      height: min(frame.height - 2, lines.count + 2), look: look)
    frame.lines(lines.dropFirst(min(scroll, max(0, lines.count - inside.height))), in: inside)
  }

  func sentences(matching query: String, in state: ExplorerState) -> [String] { reasons.sentences }

  private func width(_ columns: Int) -> Int { min(84, columns) }

  private func lines(_ run: OpenRun, width: Int, _ look: Look) -> [[Span]] {
    let width = max(1, width)
    let words = reasons.sentences.flatMap { sentence in
      // A sentence that goes on in the next line is indented there, so that one can be told from the next.
      wrap(OptionText.line(sentence, glyphs: look.glyphs), width: max(1, width - 2)).enumerated().map {
        [Span($0 == 0 ? $1 : "  \($1)", look("ui.text"))]
      }
    }
    guard let selection = reasons.selection, !selection.candidates.isEmpty else { return words }
    return table(selection, marking: reasons.node, run, width: width, look) + [[]] + words
  }

  private func table(
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
