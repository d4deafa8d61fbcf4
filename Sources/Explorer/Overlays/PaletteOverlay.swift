import Canvas

/// Commands by name, with their keys; those of other places say where, and settings are found as well.
struct PaletteOverlay: ListOverlay {
  var list = PickList()

  private func items(_ state: ExplorerState) -> [PaletteItem] { CommandSearch.offered(list.query.text, in: state) }

  func count(in state: ExplorerState) -> Int { items(state).count }

  func confirm(in state: inout ExplorerState) -> [Effect] {
    switch list.chosen(of: items(state)) {
    case .command(let command): return state.perform(command)
    case .elsewhere(let command):
      state.overlay = self
      state.message = .failure("'\(command.title)' belongs to another place: \(command.context.title.lowercased())")
    case .settings:
      var settings = SettingsOverlay()
      settings.field = list.query
      state.overlay = settings
    case nil: state.overlay = self
    }
    return []
  }

  func draw(_ state: ExplorerState, _ look: Look, on frame: inout Frame) {
    let inside = frame.popup(title: "Commands", width: 64, height: min(frame.height - 2, 20), look: look)
    list.draw(items(state).map { row($0, inside.width, state, look) }, in: inside, look, on: &frame)
  }

  private func row(_ item: PaletteItem, _ width: Int, _ state: ExplorerState, _ look: Look) -> PickList.Row {
    func row(_ title: String, _ right: String, _ scope: String, _ rightScope: String) -> PickList.Row {
      let columns = max(10, TextWidth.columns(right) + 1)
      return PickList.Row(spans: [
        Span(TextWidth.padded(title, to: max(0, width - columns)), look(scope)),
        Span(TextWidth.rightAligned(right, to: columns), look(rightScope)),
      ])
    }
    switch item {
    case .command(let command):
      let keys = state.keys.keys(of: command.id).first?.description ?? ""
      let isEnabled = command.disabledReason(state) == nil
      return row(command.title, keys, isEnabled ? "ui.text" : "ui.text.faint", "ui.key")
    case .elsewhere(let command):
      let place = "in: \(command.context.title.lowercased())"
      return row(command.title, place, "ui.text.faint", "ui.text.faint")
    case .settings(let count): return row("Settings that say it", "\(count)", "ui.text", "ui.text.faint")
    }
  }

  func sentences(matching query: String, in state: ExplorerState) -> [String] { PlainHelp.lines(query, in: state) }
}
