import Canvas

/// Lines to be read, with a title.
struct LinesOverlay: Overlay {
  let title: String
  /// Sanitised when they are drawn.
  let lines: [String]
  var scroll = 0

  init(title: String, lines: [String]) { (self.title, self.lines) = (title, lines) }

  mutating func move(by rows: Int, in state: ExplorerState) { scroll = max(0, scroll + rows) }

  private func wrapped(_ width: Int, _ look: Look?) -> [[Span]] {
    lines.flatMap { line in
      wrap(
        [Span(OptionText.line(line, glyphs: look?.glyphs ?? .unicode), look.map { $0("ui.text") } ?? .plain)],
        width: max(1, width))
    }
  }

  func extent(in state: ExplorerState) -> Int {
    state.stage.linesLeft(of: wrapped(min(84, state.stage.columns) - 4, nil).count)
  }

  func draw(_ state: ExplorerState, _ look: Look, on frame: inout Frame) {
    let width = min(84, frame.width)
    let all = wrapped(width - 4, look)
    let inside = frame.popup(
      title: OptionText.line(title, glyphs: look.glyphs), width: width, height: min(frame.height - 2, all.count + 2),
      look: look)
    frame.lines(all.dropFirst(min(scroll, max(0, all.count - inside.height))), in: inside)
  }

  func sentences(matching query: String, in state: ExplorerState) -> [String] { [title] + lines }
}
