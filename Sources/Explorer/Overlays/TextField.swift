import Canvas
import Vocabulary

/// A line of text being edited.
struct TextField: Hashable, Sendable {
  /// Longest text, in characters.
  static let limit = 4096

  /// What stands in the field.
  private(set) var characters: [Character]
  /// Characters before the cursor.
  private(set) var cursor: Int
  /// True until the first edit: typing then replaces a suggested text as a whole.
  private(set) var isSuggestion: Bool

  /// A field with `text` in it; a suggestion goes away when something else is typed.
  init(_ text: String = "", isSuggestion: Bool = false) {
    characters = TextField.printable(text)
    cursor = characters.count
    self.isSuggestion = isSuggestion && !text.isEmpty
  }

  /// The text.
  var text: String { String(characters) }

  /// Adds text at the cursor; what could act on a terminal is left out, line ends and tabs become spaces.
  mutating func insert(_ text: String) {
    if isSuggestion {
      characters = []
      cursor = 0
    }
    isSuggestion = false
    let added = TextField.printable(text).prefix(TextField.limit - characters.count)
    characters.insert(contentsOf: added, at: cursor)
    cursor += added.count
  }

  /// Moves the cursor by `count` characters, to the ends at most.
  mutating func move(by count: Int) {
    isSuggestion = false
    cursor = max(0, min(cursor + max(-TextField.limit, min(count, TextField.limit)), characters.count))
  }

  /// Removes the character before the cursor.
  mutating func deleteBackward() {
    isSuggestion = false
    guard cursor > 0 else { return }
    cursor -= 1
    characters.remove(at: cursor)
  }

  /// Removes the character at the cursor.
  mutating func deleteForward() {
    isSuggestion = false
    if cursor < characters.count { characters.remove(at: cursor) }
  }

  /// Removes everything before the cursor.
  mutating func deleteToStart() {
    isSuggestion = false
    characters.removeFirst(cursor)
    cursor = 0
  }

  /// Removes everything from the cursor on.
  mutating func deleteToEnd() {
    isSuggestion = false
    characters.removeLast(characters.count - cursor)
  }

  /// Removes the word before the cursor and the spaces between.
  mutating func deleteWord() {
    isSuggestion = false
    while cursor > 0, characters[cursor - 1] == " " { deleteBackward() }
    while cursor > 0, characters[cursor - 1] != " " { deleteBackward() }
  }

  private static func printable(_ text: String) -> [Character] {
    let beginning = Substring(text.unicodeScalars.prefix(4 * limit))
    return Array(SafeText.line(beginning, replacing: .nothing).prefix(limit))
  }
}

extension Frame {
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
}
