import Canvas

/// What works here, with its keys; what does not work now says why.
enum HelpView {
  static func draw(_ list: PickList, _ state: ExplorerState, _ look: Look, on frame: inout Frame) {
    let commands = CommandSearch.words(list.query.text, in: state)
    let inside = frame.popup(title: "Keys", width: 96, height: min(frame.height - 2, 34), look: look)
    let (area, feet) = inside.split(bottomRows: inside.height >= 12 ? legendHeight(inside.width, look) + 1 : 0)
    let keyWidth = area.width >= 60 ? 18 : 10
    var rows: [ListView.Row] = []
    var context: Context?
    for command in commands {
      if command.context != context, command.context.title != context?.title {
        rows.append(ListView.Row(spans: [Span(command.context.title, look("ui.popup.title"))], isHeading: true))
      }
      context = command.context
      rows.append(ListView.Row(spans: row(command, state, keyWidth, look)))
    }
    ListView.draw(rows, list, in: area, look, on: &frame)
    frame.lines(legend(inside.width, look), in: feet.split(rows: 1).bottom)
  }

  private static func row(_ command: Command, _ state: ExplorerState, _ keyWidth: Int, _ look: Look) -> [Span] {
    let keys = state.keys.keys(of: command.id).map(\.description).joined(separator: " ")
    let reason = command.disabledReason(state)
    let faint = look("ui.text.faint")
    return [
      Span(TextWidth.padded("  " + keys, to: keyWidth), look("ui.key")),
      Span(TextWidth.padded(command.title, to: 26), reason == nil ? look("ui.text") : faint),
      Span("  " + (reason.map { "(\($0))" } ?? command.help), faint),
    ]
  }

  private static func legend(_ width: Int, _ look: Look) -> [[Span]] {
    let spans = TreeSigns.legend(look.glyphs).flatMap { sign, meaning in
      [Span(sign, look("ui.key")), Span(" \(meaning.replacing(" ", with: "\u{A0}"))   ", look("ui.text.faint"))]
    }
    return wrap(spans, width: width)
  }

  private static func legendHeight(_ width: Int, _ look: Look) -> Int { legend(width, look).count }
}
