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

  /// The greatest useful number of lines to scroll by.
  static func lastScroll(_ run: OpenRun, in rect: Rect, glyphs: GlyphSet) -> Int {
    let area = textArea(rect.split(rows: 1).bottom)
    let panel = NodePanel(run: run, look: Look(theme: .monochrome, glyphs: glyphs))
    return max(0, panel.lines(width: area.width).count - area.height)
  }

  private static func textArea(_ inside: Rect) -> Rect {
    Rect(x: inside.x + 1, y: inside.y, width: inside.width - 2, height: inside.height)
  }

  /// The whole text: what the option says first, then its numbers, then where it stands.
  func lines(width: Int) -> [[Span]] {
    guard width > 0 else { return [] }
    let facts = NodeFacts(id: run.cursor, run: run, look: look, width: width)
    let sections = [
      facts.option, facts.counts + facts.critics, facts.selection + facts.widening, facts.rollouts, facts.tokens,
      facts.prefix,
    ]
    return Array(sections.filter { !$0.isEmpty }.joined(separator: [[]]))
  }
}
