import Canvas

/// Commands by name, with their keys.
struct PaletteOverlay: ListOverlay {
  var list = PickList()

  private func commands(_ state: ExplorerState) -> [Command] { CommandSearch.fuzzy(list.query.text, in: state) }

  func count(in state: ExplorerState) -> Int { commands(state).count }

  func confirm(in state: inout ExplorerState) -> [Effect] { state.perform(list.chosen(of: commands(state)), of: self) }

  func draw(_ state: ExplorerState, _ look: Look, on frame: inout Frame) {
    let inside = frame.popup(title: "Commands", width: 64, height: min(frame.height - 2, 20), look: look)
    let rows = commands(state).map { command in
      let keys = state.keys.keys(of: command.id).first?.description ?? ""
      let isEnabled = command.disabledReason(state) == nil
      let keyWidth = 10
      return PickList.Row(spans: [
        Span(
          TextWidth.padded(command.title, to: max(0, inside.width - keyWidth)),
          look(isEnabled ? "ui.text" : "ui.text.faint")),
        Span(TextWidth.rightAligned(keys, to: keyWidth), look("ui.key")),
      ])
    }
    list.draw(rows, in: inside, look, on: &frame)
  }

  func sentences(matching query: String, in state: ExplorerState) -> [String] { PlainHelp.lines(query, in: state) }
}
