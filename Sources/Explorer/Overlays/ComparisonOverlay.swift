import Canvas

/// Two columns; of what differs, the part that does stands out.
struct ComparisonOverlay: Overlay {
  /// What is compared.
  let comparison: Comparison
  var scroll = 0

  init(_ comparison: Comparison) { self.comparison = comparison }

  mutating func move(by rows: Int, in state: ExplorerState) { scroll = max(0, scroll + rows) }

  func extent(in state: ExplorerState) -> Int {
    state.stage.linesLeft(of: lines(width: width(state.stage.columns) - 4, state.measure).count)
  }

  func sentences(matching query: String, in state: ExplorerState) -> [String] { comparison.sentences }

  func draw(_ state: ExplorerState, _ look: Look, on frame: inout Frame) {
    let width = width(frame.width)
    let lines = lines(width: width - 4, look)
    let inside = frame.popup(
      title: comparison.title, width: width, height: min(frame.height - 2, lines.count + 2), look: look)
    guard let head = lines.first, inside.height > 0 else { return }
    // The heads of the columns stay while the rows scroll.
    frame.lines([head], in: inside)
    let (_, rest) = inside.split(rows: 1)
    frame.lines(lines.dropFirst(1 + min(scroll, max(0, lines.count - inside.height))), in: rest)
  }

  private func width(_ columns: Int) -> Int { min(160, columns) }

  private func lines(width: Int, _ look: Look) -> [[Span]] {
    let labels = comparison.rows.map { row in
      if case .pair(let label, _, _) = row { TextWidth.columns(label) } else { 0 }
    }
    let label = min(labels.max() ?? 0, max(6, width / 5))
    let column = max(1, (width - label - 5) / 2)
    let head = row("", [span(comparison.a, look("ui.popup.title"))], [span(comparison.b, look("ui.popup.title"))])
    func span(_ text: String, _ style: Style) -> Span { Span(OptionText.line(text, glyphs: look.glyphs), style) }

    func row(_ name: String, _ a: [Span], _ b: [Span]) -> [[Span]] {
      let (left, right) = (wrap(a, width: column), wrap(b, width: column))
      return (0..<max(1, left.count, right.count)).map { at in
        let cell = left.indices.contains(at) ? left[at] : []
        let used = cell.reduce(0) { $0 + TextWidth.columns($1.text) }
        let name = at == 0 ? TextWidth.truncated(name, to: label, ellipsis: look.glyphs.ellipsis) : ""
        return [Span(TextWidth.padded(name, to: label), look("ui.text.faint")), Span("  ")] + cell
          + [
            Span(String(repeating: " ", count: max(0, column - used)) + " "),
            Span(look.glyphs.vertical, look("ui.border")),
          ]
          + [Span(" ")] + (right.indices.contains(at) ? right[at] : [])
      }
    }

    /// The part that both share, then the part that they do not.
    func cells(_ a: String?, _ b: String?) -> ([Span], [Span]) {
      guard let a, let b else {
        func cell(_ text: String?) -> [Span] {
          [text.map { span($0, look("node.value")) } ?? Span(look.glyphs.abstained, look("ui.text.faint"))]
        }
        return (cell(a), cell(b))
      }
      let (left, right) = (OptionText.line(a, glyphs: look.glyphs), OptionText.line(b, glyphs: look.glyphs))
      let common = zip(left, right).prefix { $0 == $1 }.count
      func cell(_ text: String) -> [Span] {
        let strong = look("node.value")
        return [
          Span(String(text.prefix(common)), look(left == right ? "ui.text.faint" : "ui.text")),
          Span(String(text.dropFirst(common)), strong),
        ]
      }
      return (cell(left), cell(right))
    }

    return head
      + comparison.rows.flatMap { entry -> [[Span]] in
        switch entry {
        case .words(let words):
          return wrap([span(words, look("ui.text.faint"))], width: max(1, width))
        case .pair(let name, let a, let b):
          let (left, right) = cells(a, b)
          return row(name, left, right)
        }
      }
  }
}
