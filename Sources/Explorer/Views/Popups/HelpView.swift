import Canvas

/// What works here, with its keys; what does not work now says why.
enum HelpView {
  static func draw(_ list: PickList, _ state: ExplorerState, _ look: Look, on frame: inout Frame) {
    let commands = CommandSearch.words(list.query.text, in: state)
    let inside = frame.popup(title: "Keys", width: 96, height: min(frame.height - 2, 34), look: look)
    let legend = legend(inside.width, look)
    let (area, feet) = inside.split(bottomRows: inside.height >= 12 ? legend.count + 3 : min(3, inside.height / 3))
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
    let (words, signs) = feet.split(rows: 3)
    drawDetail(of: commands, list, state, in: words, look, on: &frame)
    frame.lines(legend, in: signs)
  }

  /// The chosen command's sentence, which its row may have no room for.
  private static func drawDetail(
    of commands: [Command], _ list: PickList, _ state: ExplorerState, in rect: Rect, _ look: Look, on frame: inout Frame
  ) {
    guard !commands.isEmpty else { return }
    let command = commands[min(list.cursor, commands.count - 1)]
    let text = command.disabledReason(state).map { "\(command.help) Not now: \($0)." } ?? command.help
    frame.lines(wrap([Span(text, look("ui.help"))], width: rect.width), in: rect.split(bottomRows: 2).bottom)
  }

  private static func row(_ command: Command, _ state: ExplorerState, _ keyWidth: Int, _ look: Look) -> [Span] {
    let keys = state.keys.keys(of: command.id).map(\.description).joined(separator: " ")
    let reason = command.disabledReason(state)
    let faint = look("ui.text.faint")
    return [
      Span(TextWidth.padded("  " + keys, to: keyWidth), look("ui.key")),
      Span(TextWidth.padded(command.title, to: 32), reason == nil ? look("ui.text") : faint),
      Span("  " + (reason.map { "not now: \($0)" } ?? ""), faint),
    ]
  }

  /// The signs of the tree, as many on a line as fit.
  private static func legend(_ width: Int, _ look: Look) -> [[Span]] {
    var lines: [[Span]] = [[]]
    var used = 0
    for (sign, meaning) in TreeSigns.legend(look.glyphs) {
      let columns = TextWidth.columns(sign) + 1 + TextWidth.columns(meaning)
      if used > 0, used + 3 + columns > width {
        lines.append([])
        used = 0
      }
      let gap = used == 0 ? "" : "   "
      lines[lines.count - 1] += [Span(gap + sign, look("ui.key")), Span(" \(meaning)", look("ui.text.faint"))]
      used += gap.count + columns
    }
    return lines
  }
}
