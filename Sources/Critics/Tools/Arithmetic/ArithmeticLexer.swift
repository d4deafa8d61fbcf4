import Vocabulary
import BigInt

/// Cuts a text into arithmetic tokens in one pass over its scalars.
struct ArithmeticLexer {
  /// Longer numbers are not judged.
  static let maximumDigits = 40

  private let scalars: [Unicode.Scalar]
  private var at = 0
  private var tokens: [PlacedToken] = []
  private var sawSpace = true

  /// The tokens of `text`. Complexity: O(length).
  static func tokens(of text: some Sequence<Unicode.Scalar>) -> [PlacedToken] {
    var lexer = ArithmeticLexer(Array(text))
    lexer.run()
    return lexer.tokens
  }

  private init(_ scalars: [Unicode.Scalar]) { self.scalars = scalars }

  private func peek(_ ahead: Int = 0) -> Unicode.Scalar? {
    at + ahead < scalars.count ? scalars[at + ahead] : nil
  }

  private mutating func emit(_ token: ArithmeticToken, _ length: Int = 1) {
    tokens.append(PlacedToken(token: token, spaceBefore: sawSpace))
    sawSpace = false
    at += length
  }

  private static func isDigit(_ scalar: Unicode.Scalar?) -> Bool { scalar.map { ("0"..."9").contains($0) } ?? false }

  private static func isLetter(_ scalar: Unicode.Scalar?) -> Bool {
    guard let scalar else { return false }
    if scalar.isASCII { return ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar) || scalar == "_" }
    return scalar.properties.isAlphabetic
  }

  private mutating func run() {
    while let scalar = peek() {
      if scalar == "\n" || scalar == "\r" {
        emit(.lineEnd)
        sawSpace = true
      } else if scalar.properties.isWhitespace {
        at += 1
        sawSpace = true
        if !tokens.isEmpty { tokens[tokens.count - 1].spaceAfter = true }
      } else if Self.isDigit(scalar)
        || (scalar == "." && Self.isDigit(peek(1)) && !Self.isDigit(at > 0 ? scalars[at - 1] : nil))
      {
        number()
      } else if Self.isLetter(scalar) {
        word()
      } else {
        symbol(scalar)
      }
    }
  }

  private mutating func word() {
    var end = at
    var text = ""
    var isPlain = true
    while end < scalars.count, Self.isLetter(scalars[end]) || Self.isDigit(scalars[end]) || scalars[end] == "'" {
      if Self.isDigit(scalars[end]) || scalars[end] == "_" { isPlain = false }
      if end - at < 24 { text += scalars[end].properties.lowercaseMapping }
      end += 1
    }
    let length = end - at
    switch text {
    case _ where !isPlain: emit(.opaque, length)
    case "x" where sawSpace: emit(.word("x"), length)  // the reader decides between a factor and a variable
    case "times": emit(.sign(.times), length)
    case "plus": emit(.sign(.plus), length)
    case "minus": emit(.sign(.minus), length)
    case "of": emit(.sign(.of), length)
    case "percent": percent(length)
    case _ where length == 1 && text != "a": emit(.opaque, length)
    default: emit(.word(text), length)
    }
  }

  private mutating func percent(_ length: Int) {
    guard case .number(var literal)? = tokens.last?.token, !literal.isPercent,
      let value = literal.value.divided(by: Rational(100))
    else { return emit(.opaque, length) }
    literal.value = value
    literal.isPercent = true
    literal.text += "%"
    tokens[tokens.count - 1] = PlacedToken(
      token: .number(literal), spaceBefore: tokens[tokens.count - 1].spaceBefore)
    sawSpace = false
    at += length
  }

  private mutating func number() {
    var digits = ""
    var text = ""
    var decimals = 0
    var end = at
    while Self.isDigit(scalar(end)) {
      digits.unicodeScalars.append(scalars[end])
      text.unicodeScalars.append(scalars[end])
      end += 1
      if digits.count > Self.maximumDigits { break }
      if scalar(end) == ",", digits.count <= 3 || text.contains(","), isGroup(end + 1) {
        text += ","
        end += 1
      }
    }
    if scalar(end) == ".", Self.isDigit(scalar(end + 1)) {
      text += text.isEmpty ? "0." : "."
      end += 1
      while Self.isDigit(scalar(end)), digits.count <= Self.maximumDigits {
        digits.unicodeScalars.append(scalars[end])
        text.unicodeScalars.append(scalars[end])
        decimals += 1
        end += 1
      }
    }
    finishNumber(digits, text, decimals, end)
  }

  private func scalar(_ index: Int) -> Unicode.Scalar? { index < scalars.count ? scalars[index] : nil }

  /// Whether exactly three digits stand at `index`: the group after a thousands separator.
  private func isGroup(_ index: Int) -> Bool {
    (0..<3).allSatisfy { Self.isDigit(scalar(index + $0)) } && !Self.isDigit(scalar(index + 3))
  }

  private mutating func finishNumber(_ digits: String, _ text: String, _ decimals: Int, _ numberEnd: Int) {
    var end = numberEnd
    var isOpaque = digits.count > Self.maximumDigits
    // 3:30, 1.2.3, 5th, 3x, 1e5 are no plain numbers; `5kg` is a number and its unit
    if Self.isDigit(scalar(end)) || ((scalar(end) == ":" || scalar(end) == ".") && Self.isDigit(scalar(end + 1))) {
      isOpaque = true
    }
    var letters = 0
    while Self.isLetter(scalar(end + letters)) { letters += 1 }
    let suffix = String(String.UnicodeScalarView(scalars[end..<end + min(letters, 24)])).lowercased()
    if letters == 1 || Self.isDigit(scalar(end + letters)) && letters > 0 || ["st", "nd", "rd", "th"].contains(suffix) {
      isOpaque = true
    }
    guard !isOpaque, let whole = BigInt(digits), let value = Rational(whole, BigInt(10).power(decimals)) else {
      while let next = scalar(end),
        Self.isDigit(next) || Self.isLetter(next) || next == "." || next == ":" || next == ","
      {
        if !Self.isDigit(next), !Self.isLetter(next), !Self.isDigit(scalar(end + 1)) { break }
        end += 1
      }
      return emit(.opaque, max(1, end - at))
    }
    emit(.number(.init(value: value, decimals: decimals, text: text)), end - at)
  }

  private mutating func symbol(_ scalar: Unicode.Scalar) {
    switch scalar {
    case "+": emit(.sign(.plus))
    case "-", "\u{2212}": minus()
    case "*": peek(1) == "*" ? emit(.sign(.power), 2) : emit(.sign(.times))
    case "\u{00D7}", "\u{00B7}", "\u{22C5}", "\u{2219}": emit(.sign(.times))
    case "/": Self.isLetter(peek(1)) ? emit(.stop) : emit(.sign(.divide))
    case "\u{00F7}", "\u{2215}": emit(.sign(.divide))
    case "^": emit(.sign(.power))
    case "(": emit(.open)
    case ")": emit(.close)
    case "=": equals()
    case "\u{2248}": emit(.equals(exact: false))
    case "%": percent(1)
    case "$", "\u{20AC}", "\u{00A3}", "\u{00A5}", "\u{00A2}": currency(scalar)
    case "!", "<", ">", "~": peek(1) == "=" ? emit(.stop, 2) : emit(scalar == "!" && !sawSpace ? .opaque : .stop)
    case "\\": latex()
    case ",", ";", ":", ".", "?", "\"", "{", "}", "[", "]", "#", "\u{2014}": emit(.stop)
    default: emit(.opaque)
    }
  }

  /// `5-gallon` is a word's hyphen, `->` an arrow.
  private mutating func minus() {
    if peek(1) == ">" { return emit(.stop, 2) }
    if !sawSpace, Self.isLetter(peek(1)) {
      emit(.stop)
    } else {
      emit(.sign(.minus))
    }
  }

  private mutating func equals() {
    if peek(1) == ">" || peek(1) == "<" { return emit(.stop, 2) }
    emit(.equals(exact: true), peek(1) == "=" ? 2 : 1)
  }

  /// A sign before its number (`$5`, `-$5`) or after it (`5€`) becomes the number's unit.
  private mutating func currency(_ sign: Unicode.Scalar) {
    if !sawSpace, case .number(var literal)? = tokens.last?.token, literal.unit == nil, !Self.isDigit(peek(1)) {
      literal.unit = String(sign)
      tokens[tokens.count - 1] = PlacedToken(token: .number(literal), spaceBefore: tokens[tokens.count - 1].spaceBefore)
      at += 1
      return
    }
    at += 1
    while peek() == " " { at += 1 }
    guard Self.isDigit(peek()) || peek() == "." && Self.isDigit(peek(1)) else { return }
    number()
    if case .number(var literal)? = tokens.last?.token {
      literal.unit = String(sign)
      tokens[tokens.count - 1] = PlacedToken(token: .number(literal), spaceBefore: tokens[tokens.count - 1].spaceBefore)
    }
  }

  private mutating func latex() {
    if let bracket = peek(1), "()[]".unicodeScalars.contains(bracket) { return emit(.stop, 2) }
    for (name, sign) in [("times", ArithmeticToken.Operator.times), ("cdot", .times), ("div", .divide)] {
      let end = at + 1 + name.unicodeScalars.count
      if end <= scalars.count, scalars[at + 1..<end].elementsEqual(name.unicodeScalars),
        !Self.isLetter(self.scalar(end))
      {
        return emit(.sign(sign), end - at)
      }
    }
    emit(.opaque)
  }
}
