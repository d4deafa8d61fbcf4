import BigInt

/// Reads a formula in plain or LaTeX spelling as an ``Algebra``; nil where it is none, or not certain.
struct AlgebraReader {
  private let text: [Character]
  private var at = 0
  private var depth = 0
  /// True where letters beside each other are a product: in a formula, not in a word.
  private let hasProducts: Bool

  static func read(_ text: some StringProtocol) -> Algebra? {
    var reader = AlgebraReader(Array(text))
    guard let value = reader.sum() else { return nil }
    reader.skipSpaces()
    return reader.at == reader.text.count ? value : nil
  }

  private init(_ text: [Character]) {
    self.text = text
    hasProducts = text.contains { $0.isNumber || "+-*/^=\\".contains($0) }
  }

  // MARK: - Grammar

  private mutating func sum() -> Algebra? {
    depth += 1
    defer { depth -= 1 }
    guard depth < 40 else { return nil }
    var total: Algebra?
    var isNegative = false
    if let sign = takeAny("+-") { isNegative = sign == "-" }
    guard let first = product() else { return nil }
    total = isNegative ? first.negated : first
    while let sign = takeAny("+-") {
      guard let next = product() else { return nil }
      total = sign == "+" ? total?.plus(next) : total?.minus(next)
    }
    return total
  }

  private mutating func product() -> Algebra? {
    guard var total = signedFactor() else { return nil }
    while true {
      if let sign = takeAny("*/") {
        guard let next = signedFactor(), let result = sign == "*" ? total.times(next) : total.divided(by: next) else {
          return nil
        }
        total = result
      } else if startsFactor {
        // Side by side: a product, or a mixed number.
        let before = at
        guard let next = factor() else { return nil }
        if isFraction(from: before), wasDigit(before: before), let whole = total.rational, whole.isInteger {
          guard let sum = total.plus(next) else { return nil }
          total = sum
        } else if text[before].isNumber {
          // Two numbers beside each other are no product; `1 1/2` is a mixed number.
          guard wasDigit(before: before), let whole = total.rational, whole.isInteger, takeAny("/") != nil,
            let bottom = factor(), let part = next.divided(by: bottom)?.rational, part.isProper,
            let sum = total.plus(Algebra(part))
          else { return nil }
          total = sum
        } else if let result = total.times(next) {
          total = result
        } else {
          return nil
        }
      } else {
        return total
      }
    }
  }

  private mutating func signedFactor() -> Algebra? {
    if takeAny("-") != nil { return factor()?.negated }
    _ = takeAny("+")
    return factor()
  }

  private mutating func factor() -> Algebra? {
    guard var value = base() else { return nil }
    while true {
      if takeAny("^") != nil {
        guard let exponent = exponent(), let result = value.power(exponent) else { return nil }
        value = result
      } else if peek == "!" {
        at += 1
        guard let number = value.rational, number.isInteger, let n = Int(exactly: number.numerator),
          (0...200).contains(n)
        else {
          return nil
        }
        value = Algebra(Rational((1...max(1, n)).reduce(BigInt(1)) { $0 * BigInt($1) }))
      } else {
        return value
      }
    }
  }

  /// What stands behind `^`: a group, or one sign.
  private mutating func exponent() -> Algebra? {
    skipSpaces()
    if peek == "{" || peek == "(" { return base() }
    if takeAny("-") != nil { return exponent()?.negated }
    return smallArgument()
  }

  private mutating func base() -> Algebra? {
    skipSpaces()
    guard let sign = peek else { return nil }
    switch sign {
    case "0"..."9", ".": return number()
    case "(": return group("(", ")")
    case "{": return group("{", "}")
    case "[": return group("[", "]")
    case "|":
      at += 1
      guard let inside = sum(), takeAny("|") != nil else { return nil }
      return inside.rational.map { Algebra($0.magnitude) } ?? Algebra(symbol: "|\(inside.spelling)|")
    case "\\": return command()
    default: return sign.isLetter ? letters() : nil
    }
  }

  private mutating func group(_ open: Character, _ close: Character) -> Algebra? {
    guard takeAny(String(open)) != nil, let inside = sum(), takeAny(String(close)) != nil else { return nil }
    return inside
  }

  // MARK: - Numbers

  private mutating func number() -> Algebra? {
    guard let (value, end) = NumberSpelling.read(text, from: at) else { return nil }
    at = end
    return Algebra(value)
  }

  // MARK: - Names

  /// A letter, or letters that are a product; a name with an index is one symbol.
  private mutating func letters() -> Algebra? {
    let run = text[at...].prefix { $0.isLetter }
    let name = String(run)
    guard run.count == 1 || (run.count == 2 && hasProducts) || Self.functions.contains(name) || name == "pi" else {
      return nil
    }
    // `18 cm` and `5 m` are measures; `2 x` is a product.
    if AnswerUnit.isMeasure(name), run.count == 2 || text[..<at].last == " " { return nil }
    if Self.functions.contains(name) {
      at += run.count
      return function(name)
    }
    if name == "pi" {
      at += 2
      return Algebra(symbol: "pi")
    }
    at += 1
    return symbol(String(run.first ?? "x"))
  }

  /// A symbol with the index behind it.
  private mutating func symbol(_ name: String) -> Algebra? {
    guard peek == "_" else { return Algebra(symbol: name) }
    at += 1
    if peek == "{" {
      guard let end = text[at...].firstIndex(of: "}") else { return nil }
      let index = String(text[(at + 1)..<end])
      at = end + 1
      return Algebra(symbol: "\(name)_\(index)")
    }
    guard let index = peek else { return nil }
    at += 1
    return Algebra(symbol: "\(name)_\(index)")
  }

  private static let functions: Set = [
    "sin", "cos", "tan", "cot", "sec", "csc", "log", "ln", "exp", "arcsin", "arccos", "arctan", "sqrt", "gcd", "max",
    "min",
  ]

  private mutating func command() -> Algebra? {
    at += 1
    let name = String(text[at...].prefix { $0.isASCII && $0.isLetter })
    guard !name.isEmpty else { return nil }
    at += name.count
    switch name {
    case "frac":
      guard let top = smallArgument(), let bottom = smallArgument() else { return nil }
      return top.divided(by: bottom)
    case "sqrt":
      skipSpaces()
      guard peek == "[" else { return smallArgument()?.root }
      guard let degree = group("[", "]")?.rational, degree.isInteger, let n = Int(exactly: degree.numerator) else {
        return nil
      }
      return smallArgument()?.root(n)
    case "binom":
      guard let n = smallArgument()?.rational, let k = smallArgument()?.rational else { return nil }
      return Self.choose(n, k)
    case "pi": return Algebra(symbol: "pi")
    case "infty": return Algebra(symbol: "∞")
    case let name where Self.functions.contains(name): return function(name)
    case "alpha", "beta", "gamma", "delta", "theta", "lambda", "mu", "sigma", "phi", "omega", "rho", "epsilon",
      "varphi",
      "tau", "psi", "eta", "Delta", "Omega", "ell":
      return symbol(name)
    default: return nil
    }
  }

  /// A function of what follows is a symbol, named by its argument's canonical spelling.
  private mutating func function(_ name: String) -> Algebra? {
    if name == "sqrt" { return smallArgument()?.root }
    var name = name
    skipSpaces()
    if peek == "_" {
      at += 1
      guard let index = smallArgument() else { return nil }
      name += "_\(index.spelling)"
    }
    var power: Algebra?
    if takeAny("^") != nil {
      guard let exponent = exponent() else { return nil }
      power = exponent
    }
    skipSpaces()
    let argument = peek == "(" || peek == "{" ? base() : factor()
    guard let argument else { return nil }
    let value = Algebra(symbol: "\(name)(\(argument.spelling))")
    return power.map { value.power($0) } ?? value
  }

  /// An argument of a LaTeX command: a group, a digit, a letter or another command.
  private mutating func smallArgument() -> Algebra? {
    skipSpaces()
    guard let sign = peek else { return nil }
    if sign == "{" { return group("{", "}") }
    if sign == "(" { return group("(", ")") }
    if sign == "\\" { return command() }
    at += 1
    if let digit = sign.wholeNumberValue { return Algebra(digit) }
    return sign.isLetter ? Algebra(symbol: String(sign)) : nil
  }

  private static func choose(_ n: Rational, _ k: Rational) -> Algebra? {
    guard n.isInteger, k.isInteger, let n = Int(exactly: n.numerator), let k = Int(exactly: k.numerator),
      (0...1000).contains(n),
      (0...n).contains(k)
    else { return nil }
    var value = BigInt(1)
    for i in 0..<min(k, n - k) { value = value * BigInt(n - i) / BigInt(i + 1) }
    return Algebra(Rational(value))
  }

  // MARK: - Signs

  private var peek: Character? { at < text.count ? text[at] : nil }

  private mutating func skipSpaces() { while peek == " " { at += 1 } }

  private mutating func takeAny(_ signs: String) -> Character? {
    skipSpaces()
    guard let sign = peek, signs.contains(sign) else { return nil }
    at += 1
    return sign
  }

  private var startsFactor: Bool {
    mutating get {
      skipSpaces()
      guard let sign = peek else { return false }
      return sign.isNumber || sign.isLetter || "({[\\.".contains(sign)
    }
  }

  private func isFraction(from start: Int) -> Bool { text[start...].starts(with: "\\frac") }

  /// True where the last sign before `start`, spaces left out, is a digit: `1\frac{1}{2}`, but not `x\frac{1}{2}`.
  private func wasDigit(before start: Int) -> Bool { text[..<start].last { $0 != " " }?.isNumber ?? false }
}

/// A number as people write it: grouped by threes, with a decimal point, in powers of ten.
enum NumberSpelling {
  /// The number that begins at `start`, without a sign, and where it ends; nil where none does or its grouping is no
  /// grouping (`1,00`). Complexity: O(length).
  static func read(_ text: [Character], from start: Int) -> (value: Rational, end: Int)? {
    var at = start
    var digits = String(text[at...].prefix { isDigit($0) })
    at += digits.count
    if (1...3).contains(digits.count), digits != "0" {
      // The first separator decides which one it is.
      while at < text.count, ",_' ".contains(text[at]) {
        let group = text[(at + 1)...].prefix { isDigit($0) }
        guard group.count == 3, text[start..<at].allSatisfy({ isDigit($0) || $0 == text[at] }) else { break }
        digits += String(group)
        at += 4
      }
    }
    var places = 0
    if at < text.count, text[at] == "." {
      let fraction = text[(at + 1)...].prefix { isDigit($0) }
      guard !digits.isEmpty || !fraction.isEmpty else { return nil }
      digits += String(fraction)
      places = fraction.count
      at += 1 + places
    }
    guard !digits.isEmpty, digits.count <= 1000, var number = BigInt(digits).flatMap({ Rational($0) }) else {
      return nil
    }
    var exponent = -places
    if at < text.count, "eE".contains(text[at]) {
      var end = at + 1
      let isNegative = end < text.count && text[end] == "-"
      if end < text.count, "+-".contains(text[end]) { end += 1 }
      let power = text[min(end, text.count)...].prefix { isDigit($0) }
      if (1...3).contains(power.count), let value = Int(String(power)) {
        exponent += isNegative ? -value : value
        at = end + power.count
      }
    }
    if exponent != 0 {
      guard let scale = Rational(10).power(exponent), let scaled = number.times(scale) else { return nil }
      number = scaled
    }
    return (number, at)
  }

  private static func isDigit(_ sign: Character) -> Bool { sign.isASCII && sign.isNumber }
}
