import Canvas

/// A few choices, each with a letter.
struct Menu: Overlay {
  /// A row.
  struct Item: Sendable {
    /// The letter that takes it.
    let letter: Character
    /// What it says; sanitised when it is drawn.
    let title: String
    /// What it does; the menu has left the screen.
    let choose: @Sendable (inout ExplorerState) -> [Effect]
  }

  /// What the menu is about.
  let title: String
  /// The rows, at least one.
  let items: [Item]
  /// The row that Enter takes, counted from 0.
  private(set) var cursor = 0

  init(title: String, items: [Item], cursor: Int = 0) {
    self.title = title
    self.items = items
    self.cursor = cursor
  }

  /// One choice for each element, with letters in order.
  init<Element>(
    title: String, _ all: some Sequence<Element>, cursor: Int = 0, item: (Character, Element) -> Item
  ) {
    self.init(title: title, items: zip("abcdefghijklmnopqrstuvwxyz", all).map { item($0, $1) }, cursor: cursor)
  }

  mutating func move(by rows: Int, in state: ExplorerState) { cursor = max(0, min(cursor + rows, items.count - 1)) }

  func press(_ key: Key, in state: inout ExplorerState) -> [Effect]? {
    guard let item = items.first(where: { $0.letter == key.typed }) else { return nil }
    state.overlay = nil
    return item.choose(&state)
  }

  func confirm(in state: inout ExplorerState) -> [Effect] {
    items.indices.contains(cursor) ? items[cursor].choose(&state) : []
  }

  func draw(_ state: ExplorerState, _ look: Look, on frame: inout Frame) {
    let inside = frame.popup(title: title, width: 72, height: min(frame.height - 2, items.count + 2), look: look)
    let top = max(0, cursor - inside.height + 1)
    for row in 0..<inside.height where items.indices.contains(top + row) {
      let item = items[top + row]
      let line = inside.row(row)
      let isChosen = top + row == cursor
      if isChosen { frame.fill(line, style: look("list.row.selected").over(look("ui.popup"))) }
      frame.put(String(item.letter), x: line.x, y: line.y, style: isChosen ? .plain : look("ui.key"))
      frame.putTruncated(
        OptionText.line(item.title, glyphs: look.glyphs), x: line.x + 3, y: line.y,
        style: isChosen ? .plain : look("ui.text"), maxWidth: line.width - 3, ellipsis: look.glyphs.ellipsis)
      if isChosen { frame.cursor = Frame.Cursor(x: line.x, y: line.y) }
    }
  }

  func question(in state: ExplorerState) -> [String] {
    ["\(title): type a letter, or cancel."]
      + items.map { "\($0.letter): \(OptionText.line($0.title, glyphs: .ascii))" }
  }

  mutating func fill(_ line: String, in state: ExplorerState) -> Bool {
    guard let at = items.firstIndex(where: { $0.letter == line.first }) else { return false }
    cursor = at
    return true
  }
}
