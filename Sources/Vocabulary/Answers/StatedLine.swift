/// What a line of a solution says, whatever its spelling: lines that write the same numbers, with the operands of sums and
/// products in another order, are one line.
///
/// `30 + 5 = 35`, `5+30=35` and `30.0 + 5 = $35` are equal; `25 + 10 = 35` and `5 − 30 = 35` are others. Words count in their
/// order, whatever their case; punctuation, emphasis and the delimiters of formulas do not. Equal lines say the same; lines that
/// say the same in other words are not found out.
public struct StatedLine: Hashable, Sendable {
  /// A spelling that equal lines share.
  private let form: String

  /// Reads a line. Complexity: O(length · log length); of a line of more than 1,000 characters only the spaces are evened out.
  public init(_ line: some StringProtocol) {
    guard let plain = AnswerSpelling.plain(line) else {
      form = line.split(whereSeparator: \.isWhitespace).joined(separator: " ")
      return
    }
    form = LineReader.form(of: plain)
  }

  /// The lines of `text` that say something, in order. Complexity: that of ``init(_:)`` for each.
  public static func all(in text: some StringProtocol) -> [StatedLine] {
    text.split(whereSeparator: \.isNewline).map { StatedLine($0) }.filter { !$0.form.isEmpty }
  }
}

/// Brings a line into the form that equal lines share: what stands between signs of relation and punctuation is a formula with
/// words around it, or words alone.
private struct LineReader {
  enum Token: Hashable {
    /// A number by its value.
    case number(Rational)
    case word(String)
    /// `+ - * / ^ ( )`.
    case sign(Character)
    /// `=`, `<` and their like.
    case relation(String)
    /// What parts clauses.
    case stop
  }

  static func form(of plain: String) -> String {
    var out: [String] = []
    var piece: [Token] = []
    func close() {
      if !piece.isEmpty { out.append(FormulaReader.form(of: piece)) }
      piece = []
    }
    for token in tokens(of: Array(plain.lowercased())) {
      switch token {
      case .relation(let sign):
        close()
        out.append(sign)
      case .stop: close()
      default: piece.append(token)
      }
    }
    close()
    // No token holds this sign.
    return out.joined(separator: "\u{1}")
  }

  private static let relations: Set = [
    "\\le", "\\ge", "\\ne", "\\approx", "\\to", "\\rightarrow", "\\implies", "\\lt", "\\gt",
  ]

  private static func tokens(of text: [Character]) -> [Token] {
    var tokens: [Token] = []
    var at = 0
    while at < text.count {
      let sign = text[at]
      let next = at + 1 < text.count ? text[at + 1] : " "
      if isDigit(sign) || (sign == "." && isDigit(next)), let (value, end) = NumberSpelling.read(text, from: at) {
        tokens.append(.number(value))
        at = end
        continue
      }
      var length = 1
      if sign.isLetter || sign == "\\" && next.isLetter {
        length += text[(at + 1)...].prefix { $0.isLetter || isDigit($0) || "_'".contains($0) }.count
        let word = String(text[at..<(at + length)])
        tokens.append(relations.contains(word) ? .relation(word) : .word(word))
      } else if "=<>".contains(sign) || sign == "-" && next == ">" {
        length += text[(at + 1)...].prefix { "=<>".contains($0) }.count
        let word = String(text[at..<(at + length)])
        tokens.append(.relation(word == "==" ? "=" : word))
      } else if sign == "*", next == "*" {
        length = 2
        tokens.append(.sign("^"))
      } else if sign == "-", next.isLetter, at > 0, text[at - 1].isLetter || isDigit(text[at - 1]), isHyphen(text, at) {
        // A word's hyphen: `twenty-five`, `5-gallon`.
      } else if "+-*/^()".contains(sign) {
        tokens.append(.sign(sign))
      } else if sign == "#" {
        length += text[(at + 1)...].prefix { $0 == "#" }.count
        tokens.append(.word("#"))
      } else if ",;:.!?".contains(sign) {
        tokens.append(.stop)
      } else if !sign.isWhitespace, !"$€£¥₹\"'`_".contains(sign),
        !sign.unicodeScalars.allSatisfy(\.properties.isDefaultIgnorableCodePoint),
        sign != AnswerSpelling.textStart, sign != AnswerSpelling.textEnd, sign.asciiValue.map({ $0 >= 0x20 }) ?? true
      {
        // A missing currency is no other amount; any other sign is a word of its own.
        tokens.append(.word(String(sign)))
      }
      at += length
    }
    return tokens
  }

  /// Between two single letters it is a minus.
  private static func isHyphen(_ text: [Character], _ at: Int) -> Bool {
    let isLong = at + 2 < text.count && text[at + 2].isLetter
    return isLong || at > 1 && (text[at - 2].isLetter || isDigit(text[at - 2]))
  }

  private static func isDigit(_ sign: Character) -> Bool { sign.isASCII && sign.isNumber }
}

/// Reads what stands between two relations: words, then a sum of products whose order says nothing.
private struct FormulaReader {
  private indirect enum Form {
    case leaf(String)
    case sum([(isNegative: Bool, of: Form)])
    case product([(isInverse: Bool, of: Form)])

    /// The operands in the order of their spelling.
    var spelling: String {
      switch self {
      case .leaf(let text): text
      case .sum(let terms):
        "(" + terms.map { ($0.isNegative ? "-" : "+") + $0.of.spelling }.sorted().joined(separator: " ") + ")"
      case .product(let factors):
        "(" + factors.map { ($0.isInverse ? "/" : "*") + $0.of.spelling }.sorted().joined(separator: " ") + ")"
      }
    }
  }

  private let tokens: [LineReader.Token]
  private var at: Int
  private var depth = 0
  /// Whether operands are told with the words behind them.
  private var tellsUnits = true
  private var units: Set<String> = []

  /// The form of `tokens`, none of which is a relation or a stop: of what is no formula the tokens one by one.
  static func form(of tokens: [LineReader.Token]) -> String {
    let start = tokens.firstIndex { if case .word = $0 { false } else { true } } ?? tokens.count
    guard start < tokens.count else { return raw(tokens) }
    // Words before the first number tell whose it is; before an operator they are what it works on.
    var begin = start
    if case .sign(let sign) = tokens[start], sign != "(" { begin = 0 }
    var reader = FormulaReader(tokens: tokens, at: begin)
    guard var found = reader.whole() else { return raw(tokens) }
    var tail = ""
    if reader.units.count == 1, let unit = reader.units.first {
      // A unit that all share, or that only one tells, is that of the whole.
      reader.at = begin
      reader.tellsUnits = false
      guard let bare = reader.whole() else { return raw(tokens) }
      (found, tail) = (bare, " \(unit)")
    }
    return raw(tokens[..<begin]) + " " + found.spelling + tail
  }

  private init(tokens: [LineReader.Token], at: Int) { (self.tokens, self.at) = (tokens, at) }

  private static func raw(_ tokens: some Sequence<LineReader.Token>) -> String {
    tokens.map { token in
      switch token {
      case .number(let value): "\(value)"
      case .word(let word), .relation(let word): word
      case .sign(let sign): String(sign)
      case .stop: ","
      }
    }.joined(separator: " ")
  }

  private mutating func whole() -> Form? {
    guard let form = sum(), at == tokens.count else { return nil }
    return form
  }

  private mutating func take(_ signs: String) -> Character? {
    guard at < tokens.count, case .sign(let sign) = tokens[at], signs.contains(sign) else { return nil }
    at += 1
    return sign
  }

  private mutating func sum() -> Form? {
    depth += 1
    defer { depth -= 1 }
    guard depth < 40 else { return nil }
    var terms: [(isNegative: Bool, of: Form)] = []
    var sign = take("+-") ?? "+"
    repeat {
      guard let next = product() else { return nil }
      // What stands in brackets of its own is part of the sum.
      if case .sum(let inside) = next {
        terms += inside.map { ($0.isNegative != (sign == "-"), $0.of) }
      } else {
        terms.append((sign == "-", next))
      }
      guard let another = take("+-") else { break }
      sign = another
    } while true
    return terms.count == 1 && !terms[0].isNegative ? terms[0].of : .sum(terms)
  }

  private mutating func product() -> Form? {
    var factors: [(isInverse: Bool, of: Form)] = []
    var sign: Character = "*"
    var isNegative = false
    repeat {
      guard var next = power() else { return nil }
      while case .sum(let terms) = next, terms.count == 1 {
        // A minus before a factor is one before the product.
        if terms[0].isNegative { isNegative.toggle() }
        next = terms[0].of
      }
      if case .product(let inside) = next {
        factors += inside.map { ($0.isInverse != (sign == "/"), $0.of) }
      } else {
        factors.append((sign == "/", next))
      }
      guard let another = take("*/") else { break }
      sign = another
    } while true
    let form = factors.count == 1 ? factors[0].of : .product(factors)
    return isNegative ? .sum([(true, form)]) : form
  }

  private mutating func power() -> Form? {
    if take("-") != nil { return power().map { .sum([(true, $0)]) } }
    guard let base = operand() else { return nil }
    guard take("^") != nil else { return base }
    return power().map { .leaf("(^\(base.spelling) \($0.spelling))") }
  }

  /// What stands between two operators: a number or brackets with the words behind them, words alone, or a row of these.
  private mutating func operand() -> Form? {
    var parts: [Form] = []
    var words: [String] = []
    var isPlain = true
    row: while at < tokens.count {
      switch tokens[at] {
      case .number(let value):
        isPlain = isPlain && parts.isEmpty && words.isEmpty
        parts += words.map { .leaf($0) } + [.leaf("\(value)")]
        words = []
        at += 1
      case .word(let word):
        words.append(word)
        at += 1
      case .sign("("):
        at += 1
        guard let inside = sum(), take(")") != nil else { return nil }
        isPlain = isPlain && parts.isEmpty && words.isEmpty
        parts += words.map { .leaf($0) } + [inside]
        words = []
      default: break row
      }
    }
    guard !parts.isEmpty || !words.isEmpty else { return nil }
    guard isPlain, parts.count == 1 else {
      return .leaf((parts.map(\.spelling) + words).joined(separator: " "))
    }
    let unit = words.joined(separator: " ")
    if !unit.isEmpty { units.insert(unit) }
    return unit.isEmpty || !tellsUnits ? parts[0] : .leaf("\(parts[0].spelling) \(unit)")
  }
}
