import Canvas

/// Two columns; of what differs, the words that do stand out, and numbers say by how much. Above the rows: which is better.
struct ComparisonOverlay: Overlay {
  /// What is compared.
  let comparison: Comparison
  var scroll = 0

  init(_ comparison: Comparison) { self.comparison = comparison }

  mutating func move(by rows: Int, in state: ExplorerState) { scroll = max(0, scroll + rows) }

  func extent(in state: ExplorerState) -> Int {
    let table = ComparisonTable(comparison, width: Self.width(state.stage.columns) - 4, state.measure)
    return state.stage.linesLeft(of: table.heads.count + table.rows.count)
  }

  func sentences(matching query: String, in state: ExplorerState) -> [String] { comparison.sentences }

  func draw(_ state: ExplorerState, _ look: Look, on frame: inout Frame) {
    Self.draw(comparison, scroll: scroll, look, on: &frame)
  }

  /// Draws a comparison over the middle of the frame.
  static func draw(_ comparison: Comparison, scroll: Int, _ look: Look, on frame: inout Frame) {
    let width = width(frame.width)
    let table = ComparisonTable(comparison, width: width - 4, look)
    let inside = frame.popup(
      title: comparison.title, width: width,
      height: min(frame.height - 2, table.heads.count + table.rows.count + 2), look: look)
    // The verdict and the heads of the columns stay while the rows scroll, but for one row at least.
    let (top, rest) = inside.split(rows: min(table.heads.count, max(0, inside.height - 1)))
    frame.lines(table.heads, in: top)
    frame.lines(table.rows.dropFirst(min(scroll, max(0, table.rows.count - rest.height))), in: rest)
  }

  static func width(_ columns: Int) -> Int { min(160, columns) }
}

/// A comparison as lines.
struct ComparisonTable {
  /// The verdict, and what stands above the columns.
  let heads: [[Span]]
  /// The rows.
  let rows: [[Span]]

  init(_ comparison: Comparison, width: Int, _ look: Look) {
    let labels = comparison.rows.map { row in
      switch row {
      case .words: 0
      case .pair(let label, _, _), .numbers(let label, _, _, _), .answer(let label, _, _): TextWidth.columns(label)
      }
    }
    let cells = ComparisonCells(look)
    let label = min(labels.max() ?? 0, max(6, width / 5))
    let column = max(1, (width - label - 5) / 2)

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

    let verdict = comparison.verdict.map { wrap([cells.span($0, "ui.notice")], width: max(1, width)) } ?? []
    heads =
      verdict + row("", [cells.span(comparison.a, "ui.popup.title")], [cells.span(comparison.b, "ui.popup.title")])
    rows = comparison.rows.flatMap { entry -> [[Span]] in
      switch entry {
      case .words(let words): return wrap([cells.span(words, "ui.text.faint")], width: max(1, width))
      case .pair(let name, let a, let b):
        let (left, right) = cells.texts(a, b)
        return row(name, left, right)
      case .numbers(let name, let a, let b, let quantities):
        let (left, right) = cells.numbers(a, b, quantities)
        return row(name, left, right)
      case .answer(let name, let a, let b): return row(name, cells.answer(a), cells.answer(b))
      }
    }
  }
}

/// The cells of one row, in colours that mean something: what is right or better, what is wrong or worse, what differs.
private struct ComparisonCells {
  private let look: Look

  init(_ look: Look) { self.look = look }

  func span(_ text: String, _ scope: String) -> Span {
    Span(OptionText.line(text, glyphs: look.glyphs), look(scope))
  }

  private var nothing: Span { Span(look.glyphs.abstained, look("ui.text.faint")) }

  /// The words that both share, and lit those that they do not.
  func texts(_ a: String?, _ b: String?) -> ([Span], [Span]) {
    guard let a, let b else {
      return (a.map { [span($0, "ui.text")] } ?? [nothing], b.map { [span($0, "ui.text")] } ?? [nothing])
    }
    let (left, right) = (OptionText.line(a, glyphs: look.glyphs), OptionText.line(b, glyphs: look.glyphs))
    if left == right { return ([Span(left, look("ui.text.faint"))], [Span(right, look("ui.text.faint"))]) }
    let difference = look.reading.differences(Reading.Pair(a: left, b: right)) { WordDifference(left, right) }
    func cell(_ pieces: [WordDifference.Piece]) -> [Span] {
      pieces.map { Span($0.text, look($0.isOwn ? "tree.lit" : "ui.text")) }
    }
    return (cell(difference.a), cell(difference.b))
  }

  /// The numbers, and behind the second ones by how much they are more.
  func numbers(_ a: String, _ b: String, _ quantities: [Comparison.Quantity]) -> ([Span], [Span]) {
    func cell(
      _ name: String, _ value: (Comparison.Quantity) -> Double?, _ tail: (Comparison.Quantity) -> [Span]
    ) -> [Span] {
      let numbers = quantities.compactMap { quantity in
        value(quantity).map { number -> [Span] in
          let style = look(
            quantity.difference == nil && quantity.a != nil && quantity.b != nil ? "ui.text.faint" : "ui.text")
          let head = quantity.name.isEmpty ? "" : "\(quantity.name) "
          return [Span(head, look("ui.text.faint")), Span(quantity.figure.text(number), style)] + tail(quantity)
        }
      }
      guard !numbers.isEmpty else { return [nothing] }
      let head = name.isEmpty ? [] : [[span(name, "ui.text.faint")]]
      return Array((head + numbers).joined(separator: [Span("  ")]))
    }
    return (
      cell(a, { $0.a }, { _ in [] }),
      cell(b, { $0.b }) { quantity in
        guard let difference = quantity.difference else { return [] }
        return [Span(" (\(difference))", style(of: quantity))]
      }
    )
  }

  /// What the second is: better, worse, or only something else.
  private func style(of quantity: Comparison.Quantity) -> Style {
    guard case .score = quantity.figure, let a = quantity.a, let b = quantity.b else { return look("ui.notice") }
    return look(b > a ? "critic.agree" : "critic.contradict")
  }

  /// An answer with its verdict: a wrong one is never the colour of a right one.
  func answer(_ answer: Comparison.StatedAnswer?) -> [Span] {
    guard let answer else { return [nothing] }
    guard let isRight = answer.isRight else { return [span(answer.text, "ui.text")] }
    let scope = isRight ? "critic.agree" : "critic.contradict"
    let sign = isRight ? "\(look.glyphs.answerOK) right" : "\(look.glyphs.contradicted) wrong"
    return [span(answer.text, scope), Span("  \(sign)", look(scope))]
  }
}
