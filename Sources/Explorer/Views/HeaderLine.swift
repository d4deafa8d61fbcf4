import Canvas
import TreeSearch

/// The first row: what is searched, and by which model.
enum HeaderLine {
  static func draw(_ state: ExplorerState, in rect: Rect, _ look: Look, on frame: inout Frame) {
    let separator = Span("  \(look.glyphs.separator)  ", look("ui.text.faint"))
    var spans = [Span(" etascope", look("ui.title"))]
    var right = ""
    if let run = state.run {
      let header = run.tree.header
      func safe(_ text: String) -> String { OptionText.line(text, glyphs: look.glyphs) }
      spans += [separator, Span(safe(header.problem.id), look("ui.text"))]
      if let answer = header.problem.answer { spans += [separator, Span("answer \(safe(answer))", look("ui.text"))] }
      if let model = header.models["policy"] { spans += [separator, Span(safe(model), look("ui.text.faint"))] }
      right = "seed \(header.seed) "
    } else {
      spans += [separator, Span("problems", look("ui.text"))]
    }
    let used = frame.put(spans, x: rect.x, y: rect.y, maxWidth: rect.width)
    if used + right.count + 2 <= rect.width {
      frame.putRight(right, right: rect.right, y: rect.y, style: look("ui.text.faint"))
    }
  }
}
