import Canvas

/// Themes by name; the one under the cursor is in force while it is there.
enum ThemesView {
  static func draw(_ list: PickList, _ state: ExplorerState, _ look: Look, on frame: inout Frame) {
    let names = state.themes(matching: list.query.text)
    let inside = frame.popup(
      title: "Theme", width: 40, height: min(frame.height - 2, max(6, names.count + 4)), look: look)
    let rows = names.map { ListView.Row(spans: [Span(OptionText.line($0, glyphs: look.glyphs), look("ui.text"))]) }
    ListView.draw(rows, list, in: inside, look, on: &frame)
  }
}
