/// Makes hostile text (a model's, a file's, a server's, a paste's) fit to be shown: one table says which scalars are unsafe,
/// and a policy says what stands in their place.
///
/// The table knows nothing of columns; what a screen makes of a safe scalar is a matter of the module that draws.
public enum SafeText {
  /// What takes the place of an unsafe scalar.
  public enum Substitute: Sendable {
    /// A control's own picture (`␛` for an escape), U+FFFD for all else: nothing vanishes unseen.
    case picture
    /// A space: for words within a sentence.
    case space
    /// A space for what parts words or lines (tab, line feed, line and paragraph separator), and nothing for all else: for
    /// text that a person edits, where what cannot be seen cannot be removed.
    case nothing
  }

  /// True where `scalar` must not be shown as it is: it acts on a terminal (controls), breaks a line, changes the direction
  /// of reading, joins or hides what stands beside it (joiners, variation selectors, tags, fillers), or means nothing that
  /// two programs agree on (private and unassigned scalars, surrogates). Complexity: O(1).
  @inlinable
  public static func isUnsafe(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x20...0x7E, 0xA0...0xAC, 0xAE...0x2FF: false
    case 0..<0x300: true
    // Arrows, operators, lines and blocks, of which a screen is full.
    case 0x2190...0x2426, 0x2460...0x25FF: false
    default: isUnsafe(lookedUp: scalar)
    }
  }

  @usableFromInline
  static func isUnsafe(lookedUp scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned: true
    default: scalar.properties.isDefaultIgnorableCodePoint
    }
  }

  /// `text` on one line, each unsafe scalar replaced. What is safe stays as it is, so that a second time changes nothing.
  /// Complexity: O(length).
  public static func line(_ text: some StringProtocol, replacing substitute: Substitute = .picture) -> String {
    var safe = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      if !isUnsafe(scalar) {
        safe.append(scalar)
      } else if let sign = sign(for: scalar, substitute) {
        safe.append(sign)
      }
    }
    return String(safe)
  }

  /// `text` on one line of at most `limit` characters, the words one space apart: a quotation within a note.
  /// Complexity: O(limit), however long the text is.
  public static func quotation(_ text: String, limit: Int) -> String {
    let beginning = Substring(text.unicodeScalars.prefix(4 * limit))
    return cut(line(beginning, replacing: .space).split(separator: " ").joined(separator: " "), limit: limit)
  }

  /// JSON in which every unsafe scalar is written as `\u…`: what it says stays the same, and a terminal shows it as it is. Its line
  /// breaks and tabs, which JSON has between its values only, are kept.
  ///
  /// - Parameter text: valid JSON. Complexity: O(length).
  public static func json(_ text: String) -> String {
    if text.utf8.allSatisfy({ $0 < 0x7F }) { return text }
    var safe = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      guard scalar.value >= 0x7F, isUnsafe(scalar) else {
        safe.append(scalar)
        continue
      }
      for unit in String(scalar).utf16 {
        let digits = String(unit, radix: 16)
        safe.append(contentsOf: ("\\u" + String(repeating: "0", count: 4 - digits.count) + digits).unicodeScalars)
      }
    }
    return String(safe)
  }

  /// The first `limit` characters, 3 at least; where something is left out, three points say so.
  public static func cut(_ text: String, limit: Int) -> String {
    text.count <= limit ? text : text.prefix(limit - 3) + "..."
  }

  private static func sign(for scalar: Unicode.Scalar, _ substitute: Substitute) -> Unicode.Scalar? {
    switch (substitute, scalar.value) {
    case (.picture, 0..<0x20): Unicode.Scalar(0x2400 + scalar.value)
    case (.picture, 0x7F): "\u{2421}"
    case (.picture, _): "\u{FFFD}"
    case (.space, _), (.nothing, 0x09), (.nothing, 0x0A), (.nothing, 0x2028), (.nothing, 0x2029): " "
    case (.nothing, _): nil
    }
  }
}

extension String {
  /// True where all of it is printable ASCII, of which each byte is safe and one column. Complexity: O(length).
  package var isPlain: Bool { utf8.allSatisfy { (0x20...0x7E).contains($0) } }

  /// One line that a terminal shows as it is, with a visible sign in place of every unsafe scalar (``SafeText``).
  ///
  /// For messages and lists; data is never passed through it. Complexity: O(length).
  public var printable: String {
    isPlain ? self : SafeText.line(self)
  }
}
