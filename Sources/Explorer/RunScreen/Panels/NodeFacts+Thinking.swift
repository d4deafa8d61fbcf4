import Canvas
import TreeInsight
import TreeSearch

extension NodeFacts {
  /// What the model thought before it wrote the option: a line that says so, and below it the thinking itself where it is
  /// unfolded. Nothing where it told none.
  var thinking: [[Span]] { thought(detail.option?.thinking, indented: 0) }

  /// The same of any text, so many columns from the left.
  func thought(_ text: String?, indented columns: Int) -> [[Span]] {
    guard let text, !text.isEmpty else { return [] }
    let words = text.split(whereSeparator: \.isWhitespace).count
    let margin = String(repeating: " ", count: min(columns, max(0, width - 16)))
    let sign = run.showsThinking ? look.glyphs.treeOpen : look.glyphs.treeClosed
    let head = cut([faint("\(margin)\(sign) thinking, \(Number.things(words, "word"))")])
    guard run.showsThinking else { return [head] }
    let lines = wrap([faint(OptionText.block(text))], width: max(1, width - margin.count - 2))
    return [head] + lines.map { [faint(margin + "  ")] + $0 }
  }
}
