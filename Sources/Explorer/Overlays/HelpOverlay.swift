import Canvas

/// What works here, with its keys; what does not work now says why.
struct HelpOverlay: ListOverlay {
  var list = PickList()

  private func commands(_ state: ExplorerState) -> [Command] { CommandSearch.words(list.query.text, in: state) }

  func count(in state: ExplorerState) -> Int { commands(state).count }

  func confirm(in state: inout ExplorerState) -> [Effect] { state.perform(list.chosen(of: commands(state)), of: self) }

  func draw(_ state: ExplorerState, _ look: Look, on frame: inout Frame) {
    let commands = commands(state)
    let inside = frame.popup(title: "Keys", width: 96, height: min(frame.height - 2, 34), look: look)
    let meanings =
      state.run == nil && state.rounds != nil ? StageStrip.legend(look.glyphs) : TreeSigns.legend(look.glyphs)
    let legend = look.legend(meanings, width: inside.width)
    let (area, feet) = inside.split(bottomRows: inside.height >= 12 ? legend.count + 3 : min(3, inside.height / 3))
    let keyWidth = area.width >= 60 ? 18 : 10
    var rows: [PickList.Row] = []
    var context: Context?
    for command in commands {
      if command.context != context, command.context.title != context?.title {
        rows.append(PickList.Row(spans: [Span(command.context.title, look("ui.popup.title"))], isHeading: true))
      }
      context = command.context
      rows.append(PickList.Row(spans: row(command, state, keyWidth, look)))
    }
    list.draw(rows, in: area, look, on: &frame)
    let (words, signs) = feet.split(rows: 3)
    drawDetail(of: commands, state, in: words, look, on: &frame)
    frame.lines(legend, in: signs)
  }

  /// The chosen command's sentence, which its row may have no room for.
  private func drawDetail(
    of commands: [Command], _ state: ExplorerState, in rect: Rect, _ look: Look, on frame: inout Frame
  ) {
    guard !commands.isEmpty else { return }
    let command = commands[min(list.cursor, commands.count - 1)]
    let text = command.disabledReason(state).map { "\(command.help) Not now: \($0)." } ?? command.help
    frame.lines(wrap([Span(text, look("ui.help"))], width: rect.width), in: rect.split(bottomRows: 2).bottom)
  }

  private func row(_ command: Command, _ state: ExplorerState, _ keyWidth: Int, _ look: Look) -> [Span] {
    let keys = state.keys.keys(of: command.id).map(\.description).joined(separator: " ")
    let reason = command.disabledReason(state)
    let faint = look("ui.text.faint")
    return [
      Span(TextWidth.padded("  " + keys, to: keyWidth), look("ui.key")),
      Span(TextWidth.padded(command.title, to: 32), reason == nil ? look("ui.text") : faint),
      Span("  " + (reason.map { "not now: \($0)" } ?? ""), faint),
    ]
  }

  func sentences(matching query: String, in state: ExplorerState) -> [String] { PlainHelp.lines(query, in: state) }
}

extension ExplorerState {
  /// Does the command that was chosen from a list; where none was, the list stays.
  mutating func perform(_ chosen: Command?, of list: some Overlay) -> [Effect] {
    guard let chosen else {
      overlay = list
      return []
    }
    return perform(chosen)
  }
}
