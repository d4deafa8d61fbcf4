import Canvas
import TreeInsight
import TreeSearch

/// Everything known about the selected node, as lines that scroll.
struct NodePanel {
  let run: OpenRun
  let look: Look
  /// What stands in the panel's rule.
  var title: [Span] = []

  func draw(in rect: Rect, on frame: inout Frame) {
    let isFocused = run.focus == .node
    let inside = frame.panel(rect, title: title, isFocused: isFocused, look: look)
    let text = NodePanel.textArea(inside)
    let lines = lines(width: text.width)
    let scroll = max(0, min(run.nodeScroll, lines.count - text.height))
    frame.lines(lines[scroll...], in: text)
    let below = lines.count - scroll - text.height
    if scroll > 0 || below > 0, rect.width >= 20 {
      let sign = [scroll > 0 ? look.glyphs.up : "", below > 0 ? look.glyphs.down : ""].joined()
      frame.putRight(" \(sign) ", right: rect.right - 1, y: rect.y, style: look("ui.text.faint"))
    }
    if isFocused { frame.cursor = Frame.Cursor(x: text.x, y: text.y) }
  }

  /// Lines that can be scrolled away at most where the panel takes `rect`.
  func extent(in rect: Rect) -> Int {
    let area = NodePanel.textArea(rect.split(rows: 1).bottom)
    return max(0, lines(width: area.width).count - area.height)
  }

  private static func textArea(_ inside: Rect) -> Rect {
    Rect(x: inside.x + 1, y: inside.y, width: inside.width - 2, height: inside.height)
  }

  /// The whole text: what the option says first, then its numbers, then where it stands.
  func lines(width: Int) -> [[Span]] {
    guard width > 0 else { return [] }
    let facts = NodeFacts(id: run.cursor, run: run, look: look, width: width)
    let sections = [
      facts.option, facts.thinking, facts.counts + facts.critics, facts.selection + facts.widening, facts.rollouts,
      facts.tokens,
      facts.prefix,
    ]
    return Array(sections.filter { !$0.isEmpty }.joined(separator: [[]]))
  }
}

/// The lines of the node panel, section by section; each section is in a file of its own.
struct NodeFacts {
  let id: NodeID
  let run: OpenRun
  let look: Look
  let width: Int

  var tree: SearchTree { run.tree }
  var node: Node { run.tree[id] }
  var detail: NodeDetail { run.tree.details[id.offset] }

  /// How texts of models are shown.
  var rich: RichText { RichText(look: look, isRaw: run.showsRaw) }

  /// The name of a fact, padded so that the facts of a section stand below each other.
  func label(_ text: String, width: Int = 9) -> Span { Span(TextWidth.padded(text, to: width), look("node.label")) }

  func value(_ text: String) -> Span { Span(text, look("node.value")) }

  func faint(_ text: String) -> Span { Span(text, look("ui.text.faint")) }

  /// A score in the colour of its third, two decimals.
  func score(_ score: Double?) -> Span {
    score.map { Span(Number.score($0), look.quality($0)) } ?? faint("   \(look.glyphs.abstained)")
  }

  /// Text of a model or a file on one line.
  func safe(_ text: String) -> String { OptionText.line(text, glyphs: look.glyphs) }

  /// A fact that begins with its label, read whole: what does not fit stands below its value.
  func folded(_ line: [Span]) -> [[Span]] {
    let indent = line.first.map { TextWidth.columns($0.text) } ?? 0
    guard width > indent + 10 else { return [cut(line)] }
    let rows = wrap(Array(line.dropFirst()), width: width - indent)
    return rows.enumerated().map { index, row in
      [index == 0 ? line[0] : Span(String(repeating: " ", count: indent))] + row
    }
  }

  /// A line that ends with an ellipsis where it does not fit.
  func cut(_ spans: [Span]) -> [Span] {
    var room = width
    var line: [Span] = []
    for span in spans {
      let text = TextWidth.truncated(span.text, to: room, ellipsis: look.glyphs.ellipsis)
      line.append(Span(text, span.style))
      room -= TextWidth.columns(text)
      if room <= 0 { break }
    }
    return line
  }
}
