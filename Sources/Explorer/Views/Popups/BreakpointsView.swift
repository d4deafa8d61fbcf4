import Canvas

/// The breakpoints of a run; those that are off are faint.
enum BreakpointsView {
  static func draw(_ cursor: Int, _ state: ExplorerState, _ look: Look, on frame: inout Frame) {
    let entries = state.breakpoints.entries
    let inside = frame.popup(
      title: "Breakpoints", width: 72, height: min(frame.height - 2, max(6, entries.count + 4)), look: look)
    let (list, feet) = inside.split(bottomRows: 2)
    if entries.isEmpty {
      frame.put("No breakpoint is set.", x: list.x, y: list.y, style: look("ui.text.faint"), maxWidth: list.width)
    }
    let top = max(0, cursor - list.height + 1)
    for index in 0..<list.height where entries.indices.contains(top + index) {
      let entry = entries[top + index]
      let line = list.row(index)
      let isChosen = top + index == cursor
      if isChosen { frame.fill(line, style: look("list.row.selected").over(look("ui.popup"))) }
      let style = isChosen ? Style.plain : look(entry.isEnabled ? "ui.text" : "ui.text.faint")
      let text = OptionText.line(entry.breakpoint.source, glyphs: look.glyphs)
      let used = frame.put(entry.isEnabled ? "on   " : "off  ", x: line.x, y: line.y, style: style)
      frame.putTruncated(
        text, x: line.x + used, y: line.y, style: style, maxWidth: line.width - used, ellipsis: look.glyphs.ellipsis)
    }
    let hints = CommandTable.commands(in: [.breakpoints, .popup]).compactMap { command -> String? in
      guard let hint = command.hint, let key = state.keys.keys(of: command.id).first, command.id != "popup.confirm"
      else { return nil }
      return "\(key) \(hint)"
    }
    frame.putTruncated(
      hints.joined(separator: "  "), x: feet.x, y: feet.bottom - 1, style: look("ui.text.faint"), maxWidth: feet.width,
      ellipsis: look.glyphs.ellipsis)
  }
}
