/// Finds the expressions at the two ends of what stands between two equals signs.
///
/// `has 3 + 4` ends with `3 + 4`; `7 apples and 5 + 2` starts with `7` and ends with `5 + 2`. Whatever is not surely
/// arithmetic makes an expression unknown: a wrong contradiction costs more than a missed one.
struct ExpressionReader {
  /// The expression that begins the tokens, right after an equals sign.
  private(set) var first: Expression?
  /// The expression that ends the tokens, right before an equals sign.
  private(set) var last: Expression?

  /// Words that make the number after them something else.
  private static let spoilersBefore: Set<String> = [
    "than", "by", "from", "per", "half", "double", "twice", "triple", "thrice", "root", "square", "cube", "into",
    "over",
    "log", "sin", "cos", "tan", "sqrt", "divided", "multiplied", "times", "to", "another", "remainder", "mod", "modulo",
  ]
  /// Words that make the number before them something else.
  private static let spoilersAfter: Set<String> = [
    "squared", "cubed", "dozen", "dozens", "hundred", "thousand", "million", "billion", "trillion", "factorial", "half",
    "halves", "third", "thirds", "fourth", "fourths", "quarter", "quarters", "fifth", "fifths", "tenth", "tenths",
    "more",
    "less", "fewer", "remainder", "mod", "modulo", "divided", "multiplied", "rem", "score", "pair", "pairs", "point",
  ]
  /// Words after a number that are no unit of it.
  private static let noUnits: Set<String> = [
    "a", "an", "and", "are", "as", "at", "because", "but", "each", "for", "he", "her", "his", "in", "is", "it", "left",
    "now", "of", "on", "or", "per", "remain", "remaining", "she", "since", "so", "that", "the", "their", "then",
    "there",
    "they", "to", "total", "altogether", "was", "we", "were", "when", "which", "while", "will", "with", "you", "i",
    "if",
  ]
  /// Words between a number and the operator after it, at most.
  private static let maximumWords = 3

  private var current: Expression?
  private var startsSide = false
  private var sawAny = false
  private var sawOpaque = false
  private var words: [String] = []
  private var depth = 0

  /// Reads `tokens`, none of them an equals sign. `isAfterEquals`: whether one stands before them.
  init(_ tokens: ArraySlice<PlacedToken>, isAfterEquals: Bool) {
    let tokens = Self.balanced(tokens)
    for (i, token) in tokens.enumerated() {
      let next = i + 1 < tokens.count ? tokens[i + 1] : nil
      let isLineStart = i == 0 ? !isAfterEquals : tokens[i - 1].token == .lineEnd
      read(token, next: next, isLineStart: isLineStart)
      if token.token != .lineEnd { sawAny = true }
    }
    let reachesEnd = current != nil
    close()
    if !reachesEnd { last = nil }
  }

  /// The tokens with every bracket that has no partner replaced by an end of expression.
  private static func balanced(_ tokens: ArraySlice<PlacedToken>) -> [PlacedToken] {
    var out = Array(tokens)
    var open: [Int] = []
    for i in out.indices {
      switch out[i].token {
      case .open: open.append(i)
      case .close: if open.popLast() == nil { out[i] = PlacedToken(token: .stop, spaceBefore: out[i].spaceBefore) }
      default: break
      }
    }
    for i in open { out[i] = PlacedToken(token: .stop, spaceBefore: out[i].spaceBefore) }
    return out
  }

  private var wantsOperand: Bool {
    switch current?.pieces.last {
    case .sign, .open, .negate: true
    default: false
    }
  }

  private mutating func begin(_ piece: Expression.Piece?) {
    current = Expression(pieces: piece.map { [$0] } ?? [])
    if sawOpaque || words.last.map(Self.spoilersBefore.contains) == true { current?.isUnknown = true }
    startsSide = !sawAny
    sawOpaque = false
    words = []
    depth = piece == .open ? 1 : 0
  }

  private mutating func close() {
    guard var done = current else { return }
    if wantsOperand || depth != 0 { done.isUnknown = true }
    if startsSide { first = done }
    last = done
    current = nil
    startsSide = false
    words = []
    depth = 0
  }

  private mutating func read(_ placed: PlacedToken, next: PlacedToken?, isLineStart: Bool) {
    switch placed.token {
    case .number(let literal): operand(.number(literal), placed)
    case .open: operand(.open, placed)
    case .close: closeBracket()
    case .sign(let sign): self.sign(sign, placed, next, isLineStart)
    case .word("x"):
      if current != nil, !wantsOperand, words.count <= 1, Self.isOperand(next) {
        sign(.times, placed, next, false)
      } else {
        opaque()
      }
    case .word(let word): self.word(word)
    case .opaque: opaque()
    case .stop, .lineEnd, .equals:
      close()
      words = []
      sawOpaque = false
    }
  }

  private static func isOperand(_ token: PlacedToken?) -> Bool {
    switch token?.token {
    case .number, .open: true
    default: false
    }
  }

  private mutating func operand(_ piece: Expression.Piece, _ placed: PlacedToken) {
    if current == nil {
      let isCall = piece == .open && !words.isEmpty && !placed.spaceBefore
      begin(piece)
      if isCall { current?.isUnknown = true }
    } else if wantsOperand {
      current?.pieces.append(piece)
      if piece == .open { depth += 1 }
      words = []
    } else {
      // a second number: `7 apples and 5` are two expressions, `2 1/2` and `2 (3)` are not understood
      let isAdjacent = words.isEmpty
      if isAdjacent { current?.isUnknown = true } else if words.count <= 2 { current?.isDoubtful = true }
      let said = words
      close()
      words = said
      begin(piece)
      if isAdjacent { current?.isUnknown = true }
    }
  }

  private mutating func closeBracket() {
    guard current != nil, depth > 0 else {
      close()
      return
    }
    if wantsOperand { current?.isUnknown = true }
    current?.pieces.append(.close)
    depth -= 1
    words = []
  }

  private mutating func sign(
    _ sign: ArithmeticToken.Operator, _ placed: PlacedToken, _ next: PlacedToken?, _ isLineStart: Bool
  ) {
    if current != nil, !wantsOperand {
      guard words.count <= Self.maximumWords else {
        close()
        begin(nil)
        current?.isUnknown = true
        current?.pieces.append(.sign(sign))
        return
      }
      current?.pieces.append(.sign(sign))
      words = []
    } else if sign == .minus, current != nil {
      current?.pieces.append(.negate)
    } else if current != nil {
      current?.isUnknown = true
    } else if isLineStart, placed.spaceAfter, sign != .of {
      return  // a bullet
    } else if sign == .minus, !placed.spaceAfter, placed.spaceBefore || words.isEmpty, Self.isOperand(next) {
      let follows = !words.isEmpty
      begin(.negate)
      if follows { current?.isDoubtful = true }
    } else {
      begin(nil)  // an operator whose left side is a word: `Total - 3`
      current?.isUnknown = true
      current?.pieces.append(.sign(sign))
    }
  }

  private mutating func word(_ word: String) {
    guard current != nil else {
      words.append(word)
      if words.count > 8 { words.removeFirst() }
      return
    }
    if wantsOperand { current?.isUnknown = true }
    if words.isEmpty {
      if Self.spoilersAfter.contains(word) { current?.isUnknown = true }
      setUnit(word)
    }
    words.append(word)
    if words.count > 8 { words.removeFirst() }
  }

  private mutating func setUnit(_ word: String) {
    guard var pieces = current?.pieces, case .number(var literal)? = pieces.last, literal.unit == nil,
      !Self.noUnits.contains(word)
    else { return }
    literal.unit = Self.singular(word)
    pieces[pieces.count - 1] = .number(literal)
    current?.pieces = pieces
  }

  private static func singular(_ word: String) -> String {
    for ending in ["xes", "ches", "shes", "sses"] where word.hasSuffix(ending) { return String(word.dropLast(2)) }
    return word.hasSuffix("s") && word.count > 2 ? String(word.dropLast()) : word
  }

  private mutating func opaque() {
    if current != nil {
      let touches = words.isEmpty || wantsOperand
      if touches { current?.isUnknown = true }
      close()
    }
    sawOpaque = true
    words = []
  }
}
