import Canvas

/// A few choices with their letters.
enum MenuView {
  static func draw(_ menu: Menu, _ look: Look, on frame: inout Frame) {
    let inside = frame.popup(
      title: menu.title, width: 72, height: min(frame.height - 2, menu.items.count + 2), look: look)
    let top = max(0, menu.cursor - inside.height + 1)
    for row in 0..<inside.height where menu.items.indices.contains(top + row) {
      let item = menu.items[top + row]
      let line = inside.row(row)
      let isChosen = top + row == menu.cursor
      if isChosen { frame.fill(line, style: look("list.row.selected").over(look("ui.popup"))) }
      frame.put(String(item.letter), x: line.x, y: line.y, style: isChosen ? .plain : look("ui.key"))
      frame.putTruncated(
        OptionText.line(item.title, glyphs: look.glyphs), x: line.x + 3, y: line.y,
        style: isChosen ? .plain : look("ui.text"), maxWidth: line.width - 3, ellipsis: look.glyphs.ellipsis)
      if isChosen { frame.cursor = Frame.Cursor(x: line.x, y: line.y) }
    }
  }
}
