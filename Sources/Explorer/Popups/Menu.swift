import TreeInsight
import TreeSearch

/// A few choices, each with a letter.
public struct Menu: Hashable, Sendable {
  /// What a choice does.
  enum Choice: Hashable, Sendable {
    /// Puts a text on the clipboard.
    case copy(CopiedText)
    /// Selects a node.
    case select(NodeID)
    /// Sorts the rows.
    case sort(ChildOrder)
    /// Compares the run on the screen with another.
    case compare(String)
  }

  /// A row.
  struct Item: Hashable, Sendable {
    /// The letter that takes it.
    let letter: Character
    /// What it says; sanitised when it is drawn.
    let title: String
    let choice: Choice
  }

  /// What the menu is about.
  let title: String
  /// The rows, at least one.
  let items: [Item]
  /// The row that Enter takes, counted from 0.
  private(set) var cursor = 0

  init(title: String, items: [Item]) {
    self.title = title
    self.items = items
  }

  /// The choice under the cursor.
  var chosen: Choice? { items.indices.contains(cursor) ? items[cursor].choice : nil }

  /// Moves the cursor by `rows`.
  mutating func move(by rows: Int) { cursor = max(0, min(cursor + rows, items.count - 1)) }

  /// The choice with that letter.
  func choice(_ letter: Character) -> Choice? { items.first { $0.letter == letter }?.choice }
}

/// A text on its way to the clipboard.
public struct CopiedText: Hashable, Sendable {
  /// What it is, for messages: `the option`.
  public let what: String
  /// The text, without anything that a terminal would obey.
  public let text: String
}
