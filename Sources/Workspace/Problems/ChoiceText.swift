/// Options in one text with a letter before each: `a ) 38 , b ) 27`, `A. yes B. no`.
enum LetteredText {
  /// The options' texts, A first; nil where they do not begin with A and go on letter by letter.
  static func texts(_ text: String) -> [String]? {
    var texts: [String] = []
    var rest = Substring(text)
    for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ" {
      guard let mark = mark(letter, in: rest) else { break }
      if letter == "A" {
        guard rest[..<mark.lowerBound].allSatisfy(\.isWhitespace) else { return nil }
      } else {
        texts.append(cleaned(rest[..<mark.lowerBound]))
      }
      rest = rest[mark.upperBound...]
    }
    texts.append(cleaned(rest))
    return texts.count > 1 ? texts : nil
  }

  /// `text` without `letter` and its sign before it; nil where it does not begin so.
  static func dropping(_ letter: String, from text: String) -> String? {
    guard let first = letter.first, let mark = mark(first, in: Substring(text)) else { return nil }
    guard text[..<mark.lowerBound].allSatisfy(\.isWhitespace) else { return nil }
    let rest = String(text[mark.upperBound...]).trimmed
    return rest.isEmpty ? nil : rest
  }

  /// Where `letter` stands alone before a bracket, a full stop or a colon.
  private static func mark(_ letter: Character, in text: Substring) -> Range<Substring.Index>? {
    var at = text.startIndex
    var before: Character = " "
    while at < text.endIndex {
      let sign = text[at]
      if sign == letter || String(sign).uppercased() == String(letter), !before.isLetter, !before.isNumber {
        var end = text.index(after: at)
        while end < text.endIndex, text[end] == " " { end = text.index(after: end) }
        if end < text.endIndex, ").:".contains(text[end]) {
          let start = before == "(" ? text.index(before: at) : at
          return start..<text.index(after: end)
        }
      }
      before = sign
      at = text.index(after: at)
    }
    return nil
  }

  private static func cleaned(_ text: Substring) -> String {
    var text = String(text).trimmed
    while let last = text.last, ",;|(".contains(last) { text = String(text.dropLast()).trimmed }
    return text
  }
}

/// A list of texts as it stands in a table's cell: JSON's, or Python's and NumPy's with their quotation marks.
enum QuotedList {
  /// The texts in `list`; nil where it is none.
  static func texts(_ list: String) -> [String]? {
    if let elements = try? JSONScanner.elements(of: Array(list.utf8)[...], knowsNaN: true) {
      let words = elements.compactMap(\.word)
      return words.count == elements.count ? words : nil
    }
    guard list.hasPrefix("["), list.hasSuffix("]") else { return nil }
    var texts: [String] = []
    var rest = list.dropFirst().dropLast()
    while true {
      rest = rest.drop { $0.isWhitespace || $0 == "," }
      guard let mark = rest.first else { return texts }
      if mark == "'" || mark == "\"" {
        rest = rest.dropFirst()
        var text = ""
        while let sign = rest.first, sign != mark {
          rest = rest.dropFirst()
          if sign == "\\", let escaped = rest.first {
            text.append(escaped == "n" ? "\n" : escaped == "t" ? "\t" : escaped)
            rest = rest.dropFirst()
          } else {
            text.append(sign)
          }
        }
        guard rest.first == mark else { return nil }
        rest = rest.dropFirst()
        texts.append(text)
      } else {
        let word = rest.prefix { !$0.isWhitespace && $0 != "," && $0 != "'" && $0 != "\"" }
        guard !word.isEmpty else { return nil }
        texts.append(String(word))
        rest = rest.dropFirst(word.count)
      }
    }
  }
}
