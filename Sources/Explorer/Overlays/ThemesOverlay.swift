import Canvas

/// Themes by name; the one under the cursor is in force while it is there, and Escape puts back the one before.
struct ThemesOverlay: ListOverlay {
  var list: PickList
  private let before: String

  /// The list with its cursor on the theme in force.
  init(_ state: ExplorerState) {
    before = state.theme
    list = PickList(cursor: state.themes.firstIndex(of: state.theme) ?? 0)
  }

  /// Themes whose name holds what is typed.
  private func names(_ state: ExplorerState) -> [String] {
    let query = list.query.text.lowercased()
    return query.isEmpty ? state.themes : state.themes.filter { $0.lowercased().contains(query) }
  }

  func count(in state: ExplorerState) -> Int { names(state).count }

  func changed(in state: inout ExplorerState) -> [Effect] {
    guard let chosen = list.chosen(of: names(state)), chosen != state.theme else { return [] }
    return use(chosen, in: &state)
  }

  func close(in state: inout ExplorerState) -> [Effect] { state.theme == before ? [] : use(before, in: &state) }

  private func use(_ name: String, in state: inout ExplorerState) -> [Effect] {
    state.theme = name
    return [.session(.setTheme(name))]
  }

  func draw(_ state: ExplorerState, _ look: Look, on frame: inout Frame) {
    let names = names(state)
    let inside = frame.popup(
      title: "Theme", width: 40, height: min(frame.height - 2, max(6, names.count + 4)), look: look)
    let rows = names.map { PickList.Row(spans: [Span(OptionText.line($0, glyphs: look.glyphs), look("ui.text"))]) }
    list.draw(rows, in: inside, look, on: &frame)
  }

  func sentences(matching query: String, in state: ExplorerState) -> [String] { PlainHelp.lines(query, in: state) }
}
