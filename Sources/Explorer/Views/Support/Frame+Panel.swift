import Canvas

extension Frame {
  /// Draws a panel's rule with its title in it and returns what lies below, with a blank column of air on the left.
  mutating func panel(_ rect: Rect, title: [Span], isFocused: Bool, look: Look) -> Rect {
    let (rule, inside) = rect.split(rows: 1)
    let border = look(isFocused ? "ui.border.focused" : "ui.border")
    horizontalLine(x: rule.x, y: rule.y, length: rule.width, glyphs: look.glyphs, style: border)
    let text = title.map(\.text).joined()
    let width = min(TextWidth.columns(text), max(0, rule.width - 4))
    if width > 0 {
      put(" ", x: rule.x + 1, y: rule.y)
      put(title, x: rule.x + 2, y: rule.y, maxWidth: width)
      put(" ", x: rule.x + 2 + width, y: rule.y)
    }
    return inside
  }

  /// Draws lines of spans from the top of a rectangle.
  mutating func lines(_ lines: some Sequence<[Span]>, in rect: Rect) {
    for (index, line) in lines.enumerated() {
      guard index < rect.height else { return }
      put(line, x: rect.x, y: rect.y + index, maxWidth: rect.width)
    }
  }

  /// Draws a text field so that its cursor can be seen, and puts the hardware cursor there.
  mutating func field(_ field: TextField, x: Int, y: Int, width: Int, hasFocus: Bool, look: Look) {
    guard width > 0 else { return }
    fill(Rect(x: x, y: y, width: width, height: 1), style: look("ui.input").over(look("ui.popup")))
    let before = String(field.characters[..<field.cursor])
    let after = String(field.characters[field.cursor...])
    var start = before
    // Drop what lies left of the window, keeping room for the cursor.
    while TextWidth.columns(start) > width - 1, !start.isEmpty { start.removeFirst() }
    let used = put(start, x: x, y: y, style: look("ui.input"), maxWidth: width)
    put(after, x: x + used, y: y, style: look("ui.input"), maxWidth: width - used)
    guard hasFocus else { return }
    overlay(Rect(x: x + used, y: y, width: 1, height: 1), style: look("ui.input.cursor"))
    cursor = Cursor(x: x + used, y: y)
  }

  /// Draws an empty popup in the middle of the screen and returns its inside, with a blank column on both sides.
  mutating func popup(title: String, width: Int, height: Int, look: Look) -> Rect {
    let rect = bounds.centered(width: width, height: height)
    fill(rect, style: look("ui.popup").over(look("ui.background")))
    return box(
      rect, title: title, glyphs: look.glyphs, style: look("ui.border.focused"), titleStyle: look("ui.popup.title")
    ).inset(horizontal: 1, vertical: 0)
  }
}
