import Canvas
import TreeSearch

/// The lines of the node panel, section by section; each section is in a file of its own.
struct NodeFacts {
  let id: NodeID
  let run: OpenRun
  let look: Look
  let width: Int

  var tree: SearchTree { run.tree }
  var node: Node { run.tree[id] }
  var detail: NodeDetail { run.tree.details[id.offset] }

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
