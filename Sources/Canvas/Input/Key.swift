/// A key press as the explorer's key maps name it.
public enum Key: Hashable, Sendable {
  /// A printable character, the space included; upper case stands for itself.
  case character(Character)
  /// Control and a lower-case letter or one of `@ [ \ ] ^ _`.
  case control(Character)
  /// Enter or Return.
  case enter
  /// Escape on its own.
  case escape
  /// Tab.
  case tab
  /// Shift and Tab.
  case backTab
  /// Arrow up.
  case up
  /// Arrow down.
  case down
  /// Arrow left.
  case left
  /// Arrow right.
  case right
  /// Page up.
  case pageUp
  /// Page down.
  case pageDown
  /// Home.
  case home
  /// End.
  case end
  /// Backspace.
  case backspace
  /// Delete.
  case delete
  /// Insert.
  case insert
  /// A function key, 1…63.
  case function(Int)
}

extension Key: CustomStringConvertible {
  /// The keys with names, in the form that key maps use.
  private static let named: [(name: String, key: Key)] = [
    ("Enter", .enter), ("Escape", .escape), ("Tab", .tab), ("BackTab", .backTab), ("Up", .up), ("Down", .down),
    ("Left", .left), ("Right", .right), ("PageUp", .pageUp), ("PageDown", .pageDown), ("Home", .home), ("End", .end),
    ("Backspace", .backspace), ("Delete", .delete), ("Insert", .insert), ("Space", .character(" ")),
  ]

  /// Reads the form that `description` prints: `a`, `A`, `<`, `Space`, `^d`, `^` (the character), `Enter`, `F5`.
  /// Names may be written in any case; nil for anything else.
  public init?(name: String) {
    if name.count == 1, let character = name.first {
      guard Key.isPrintable(character) else { return nil }
      self = .character(character)
      return
    }
    if let match = Key.named.first(where: { $0.name.lowercased() == name.lowercased() }) {
      self = match.key
      return
    }
    if name.count == 2, name.first == "^", let letter = name.last?.lowercased().first {
      guard Key.canBeControl(letter) else { return nil }
      self = .control(letter)
      return
    }
    let digits = name.dropFirst()
    guard let first = name.first, first == "F" || first == "f", !digits.isEmpty,
      digits.utf8.allSatisfy({ (48...57).contains($0) }), let number = Int(digits), (1...63).contains(number)
    else { return nil }
    self = .function(number)
  }

  /// The form that `init(name:)` reads.
  public var description: String {
    if let match = Key.named.first(where: { $0.key == self }) { return match.name }
    return switch self {
    case .character(let character): String(character)
    case .control(let letter): "^\(letter)"
    case .function(let number): "F\(number)"
    default: ""  // every other case is in the table
    }
  }

  /// The printable character that typing this key adds to a text field, nil for every other key.
  public var typed: Character? {
    if case .character(let character) = self { character } else { nil }
  }

  /// Whether Control makes a code of its own with this character (^h, ^i and ^m are Backspace, Tab and Enter).
  private static func canBeControl(_ letter: Character) -> Bool {
    switch letter {
    case "a"..."z": !["h", "i", "j", "m"].contains(letter)
    case "@", "\\", "]", "^", "_": true
    default: false
    }
  }

  private static func isPrintable(_ character: Character) -> Bool {
    var iterator = Clusters(String(character)).makeIterator()
    return iterator.next()?.text == String(character) && character != " "
  }
}
