import Canvas

/// One line that a command asks for, what can be typed, and what was wrong.
enum PromptView {
  static func draw(_ prompt: Prompt, critics: [String], _ look: Look, on frame: inout Frame) {
    let inside = frame.popup(title: prompt.title, width: 72, height: 5, look: look)
    frame.field(prompt.field, x: inside.x, y: inside.y, width: inside.width, hasFocus: true, look: look)
    if prompt.isLocated, let cursor = frame.cursor {
      frame.put("^", x: cursor.x, y: inside.y + 1, style: look("ui.error"), maxWidth: 1)
    }
    if prompt.problem == nil, let count = prompt.count {
      frame.putRight(count, right: inside.right, y: inside.y + 1, style: look("ui.notice"), maxWidth: inside.width)
    }
    let text = prompt.problem ?? continuations(prompt, critics, look) ?? prompt.hint
    frame.putTruncated(
      text, x: inside.x, y: inside.y + 2, style: look(prompt.problem == nil ? "ui.text.faint" : "ui.error"),
      maxWidth: inside.width, ellipsis: look.glyphs.ellipsis)
  }

  /// What Tab would complete, the first with its meaning; nil while nothing is typed or nothing is known.
  private static func continuations(_ prompt: Prompt, _ critics: [String], _ look: Look) -> String? {
    guard !prompt.field.characters.isEmpty, !prompt.field.isSuggestion,
      let items = prompt.completion(critics: critics)?.items, let first = items.first
    else { return nil }
    let others = items.dropFirst().map(\.text).joined(separator: " ")
    return OptionText.line("Tab: \(first.text) (\(first.help))  \(others)", glyphs: look.glyphs)
  }
}
