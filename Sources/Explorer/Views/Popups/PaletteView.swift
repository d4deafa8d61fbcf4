import Canvas

/// Commands by name, with their keys.
enum PaletteView {
  static func draw(_ list: PickList, _ state: ExplorerState, _ look: Look, on frame: inout Frame) {
    let inside = frame.popup(title: "Commands", width: 64, height: min(frame.height - 2, 20), look: look)
    let rows = CommandSearch.fuzzy(list.query.text, in: state).map { command in
      let keys = state.keys.keys(of: command.id).first?.description ?? ""
      let isEnabled = command.disabledReason(state) == nil
      let keyWidth = 10
      return ListView.Row(spans: [
        Span(
          TextWidth.padded(command.title, to: max(0, inside.width - keyWidth)),
          look(isEnabled ? "ui.text" : "ui.text.faint")),
        Span(TextWidth.rightAligned(keys, to: keyWidth), look("ui.key")),
      ])
    }
    ListView.draw(rows, list, in: inside, look, on: &frame)
  }
}
