import BigInt
import Vocabulary

/// A step cut into words, numbers and signs: what tools read that look for sentences of a known form.
struct StepWords {
  /// One of them.
  enum Piece: Hashable {
    /// Letters and apostrophes, in lower case.
    case word(String)
    /// Digits, with commas between thousands and a point, as they stand.
    case number(Number)
    /// Anything else but blanks; a line break is one.
    case sign(Character)
  }

  /// A number as it is written.
  struct Number: Hashable {
    let value: Rational
    /// Digits behind the point.
    let decimals: Int
    let text: String

    /// The number as a whole one; nil for a fraction and what is too large.
    var whole: Int? { value.isInteger ? Int(exactly: value.numerator) : nil }
  }

  /// Digits of a number that is read; what is longer is taken for a sign.
  private static let longest = 30

  let pieces: [Piece]

  /// The pieces of `text`. Complexity: O(length).
  init(_ text: String) {
    var rest = text[...]
    var pieces: [Piece] = []
    while let first = rest.first {
      if first.isNewline {
        pieces.append(.sign("\n"))
        rest.removeFirst()
      } else if first.isWhitespace {
        rest.removeFirst()
      } else if first.isASCII, first.isNumber {
        pieces.append(Self.number(&rest))
      } else if first.isLetter {
        let word = rest.prefix { $0.isLetter || $0 == "'" || $0 == "’" }
        pieces.append(.word(word.lowercased()))
        rest = rest[word.endIndex...]
      } else {
        pieces.append(.sign(first))
        rest.removeFirst()
      }
    }
    self.pieces = pieces
  }

  private static func number(_ rest: inout Substring) -> Piece {
    func digits(_ text: Substring) -> Substring { text.prefix { $0.isASCII && $0.isNumber } }
    var whole = String(digits(rest))
    rest = rest.dropFirst(whole.count)
    var text = whole
    let mayBeGrouped = whole.count <= 3
    while mayBeGrouped, rest.first == ",", digits(rest.dropFirst()).count == 3 {
      let group = digits(rest.dropFirst())
      (whole, text) = (whole + group, text + "," + group)
      rest = rest.dropFirst(4)
    }
    var decimals = ""
    if rest.first == ".", rest.dropFirst().first.map({ $0.isASCII && $0.isNumber }) == true {
      decimals = String(digits(rest.dropFirst()))
      rest = rest.dropFirst(1 + decimals.count)
      text += "." + decimals
    }
    guard whole.count + decimals.count <= longest, let top = BigInt(whole + decimals),
      let value = Rational(top, BigInt(10).power(decimals.count))
    else { return .sign("#") }
    return .number(Number(value: value, decimals: decimals.count, text: text))
  }

  /// The piece at a place; nil beyond the end.
  subscript(_ place: Int) -> Piece? { pieces.indices.contains(place) ? pieces[place] : nil }

  /// The word at a place; nil where there is none.
  func word(_ place: Int) -> String? { if case .word(let word)? = self[place] { word } else { nil } }

  /// The number at a place; nil where there is none.
  func number(_ place: Int) -> Number? { if case .number(let number)? = self[place] { number } else { nil } }

  /// True where one of these words stands at a place.
  func has(_ words: Set<String>, at place: Int) -> Bool { word(place).map(words.contains) ?? false }

  /// True where a sentence, or a part of it, may end before a place.
  func ends(at place: Int) -> Bool {
    switch self[place] {
    case nil: true
    case .sign(let sign)?: ".,;:!?)\n".contains(sign)
    case .word(let word)?: ["so", "and", "because", "which", "since"].contains(word)
    case .number?: false
    }
  }
}

extension ToolFinding {
  /// What was read of a step: refuted by the first part that is wrong, else what holds; unsure where nothing was read. The words are the
  /// tool's own.
  static func read(_ claims: [(isRight: Bool, words: String)], nothing: String) -> ToolFinding {
    if let wrong = claims.first(where: { !$0.isRight }) { return ToolFinding(.refuted, cut(wrong.words)) }
    guard !claims.isEmpty else { return ToolFinding(.unsure, nothing) }
    return ToolFinding(.holds, cut("checked: " + claims.prefix(3).map(\.words).joined(separator: ", ")))
  }
}
