/// Where one word ends and another begins, in bytes that a tokenizer has cut anywhere.
enum WordBoundary {
  /// True for the white space of ASCII.
  static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }

  /// True where `next` begins a new word after `text`: it starts with white space, or `text` ends in white space or in
  /// punctuation that does not join two halves of a word or number (3.14, don't). Half a character is no boundary.
  static func lies(between text: [UInt8], and next: [UInt8]) -> Bool {
    // The last two characters, and the first one.
    let tail = String(decoding: text.suffix(8), as: UTF8.self).unicodeScalars
    guard let last = tail.last, last != replacement else { return false }
    if last.properties.isWhitespace { return true }
    guard let first = String(decoding: next.prefix(4), as: UTF8.self).unicodeScalars.first else { return false }
    if first.properties.isWhitespace { return true }
    guard isPunctuation(last) else { return false }
    let joins = tail.dropLast().last.map(isWordLike) == true && isWordLike(first)
    return !joins
  }

  /// What half a character is decoded to; most likely half a letter.
  private static let replacement: Unicode.Scalar = "\u{FFFD}"

  private static func isWordLike(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.isAlphabetic || scalar.properties.numericType != nil || scalar == replacement
  }

  private static func isPunctuation(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation, .initialPunctuation,
      .finalPunctuation, .otherPunctuation:
      true
    default: false
    }
  }
}
