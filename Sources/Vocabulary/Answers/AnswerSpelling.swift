/// How an answer is spelled, brought into one form that the readers of values understand: signs of many scripts become
/// ASCII, markup and LaTeX's layout go, text in braces is marked as text.
struct AnswerSpelling {
  /// What stands between these was written as text inside a formula: a unit, a word, a letter.
  static let (textStart, textEnd): (Character, Character) = ("\u{E000}", "\u{E001}")
  /// Longest answer that is looked at, in characters: hostile input must not buy time with size.
  static let limit = 1000

  private var text: String

  /// The plain form of `answer`; nil where it is longer than ``limit`` characters.
  static func plain(_ answer: some StringProtocol) -> String? {
    guard answer.utf8.count <= 4 * limit, answer.count <= limit else { return nil }
    var spelling = AnswerSpelling(text: asciiSigns(answer))
    spelling.dropWrapping()
    if spelling.text.contains("\\") || spelling.text.contains("{") || spelling.text.contains("~") {
      spelling.readLaTeX()
    }
    spelling.dropWrapping()
    return spelling.text
  }

  // MARK: - Signs

  /// Digits of every script, minus and multiplication signs, spaces, vulgar fractions and superscripts in ASCII.
  private static func asciiSigns(_ answer: some StringProtocol) -> String {
    var out = String.UnicodeScalarView()
    for scalar in answer.unicodeScalars {
      if scalar.isASCII {
        // The marks of text are this type's own.
        out.append(scalar)
      } else if let spelled = signs[scalar] {
        out.append(contentsOf: spelled.unicodeScalars)
      } else if scalar.properties.numericType == .decimal, let digit = scalar.properties.numericValue {
        out.append(contentsOf: String(Int(digit)).unicodeScalars)
      } else if scalar.properties.numericType == .numeric, let value = scalar.properties.numericValue,
        let fraction = vulgar(value)
      {
        out.append(
          contentsOf: (out.last.map { $0.properties.numericType == .decimal } == true ? " " : "").unicodeScalars)
        out.append(contentsOf: fraction.unicodeScalars)
      } else if scalar.properties.isWhitespace {
        out.append(" ")
      } else if (0xFF01...0xFF5E).contains(scalar.value), let plain = Unicode.Scalar(scalar.value - 0xFEE0) {
        out.append(plain)
      } else if scalar.value != 0xE000, scalar.value != 0xE001 {
        out.append(scalar)
      }
    }
    return String(out)
  }

  private static let signs: [Unicode.Scalar: String] = [
    "\u{2212}": "-", "\u{2012}": "-", "\u{2013}": "-", "\u{2010}": "-", "\u{2011}": "-", "\u{FE63}": "-",
    "\u{00D7}": "*", "\u{22C5}": "*", "\u{00B7}": "*", "\u{2217}": "*", "\u{2219}": "*", "\u{00F7}": "/",
    "\u{2215}": "/",
    "\u{2044}": "/", "\u{03C0}": "\\pi ", "\u{221A}": "\\sqrt ", "\u{221E}": "\\infty ", "\u{00B0}": "^\\circ ",
    "\u{00B2}": "^2", "\u{00B3}": "^3", "\u{00B9}": "^1", "\u{2070}": "^0", "\u{2074}": "^4", "\u{2264}": "\\le ",
    "\u{2265}": "\\ge ", "\u{2260}": "\\ne ", "\u{222A}": "\\cup ", "\u{2248}": "\\approx ", "\u{FF0C}": ", ",
    "\u{3001}": ", ", "\u{066C}": ",", "\u{066B}": ".", "\u{066A}": "%", "\u{2019}": "'", "\u{2018}": "'",
    "\u{201C}": "\"",
    "\u{201D}": "\"", "\u{3002}": ".", "\u{200B}": "", "\u{FEFF}": "", "\u{00B1}": "\\pm ",
  ]

  /// The fraction in lowest terms that a single sign stands for, as `1/2`; nil where it stands for none.
  private static func vulgar(_ value: Double) -> String? {
    for denominator in 2...10 {
      let numerator = value * Double(denominator)
      if abs(numerator - numerator.rounded()) < 1e-9, (1...9).contains(numerator) {
        return "\(Int(numerator.rounded()))/\(denominator)"
      }
    }
    return nil
  }

  // MARK: - Wrapping

  /// Drops spaces, emphasis, quotation marks and the delimiters of formulas around the whole, and a full stop behind it.
  private mutating func dropWrapping() {
    var rest = Substring(text)
    var before = rest.count + 1
    while rest.count < before {
      before = rest.count
      rest = rest.trimmed
      for (open, close) in Self.wrappers where rest.hasPrefix(open) && rest.hasSuffix(close) {
        let inside = rest.dropFirst(open.count).dropLast(close.count)
        if rest.count > open.count + close.count, !inside.contains(open) { rest = inside }
      }
      // Emphasis that began before the answer or goes on behind it.
      for mark in ["**", "__"] where rest.hasSuffix(mark) && !rest.dropLast(2).contains(mark) {
        rest = rest.dropLast(2)
      }
      for mark in ["**", "__"] where rest.hasPrefix(mark) && !rest.dropFirst(2).contains(mark) {
        rest = rest.dropFirst(2)
      }
      if rest.hasSuffix("\\]") || rest.hasSuffix("\\)"), !rest.contains("\\[") && !rest.contains("\\(") {
        rest = rest.dropLast(2)
      }
      // A dollar sign behind an answer ends a formula that began before it.
      if rest.hasSuffix("$"), !rest.dropLast().contains("$") { rest = rest.dropLast() }
      while let last = rest.last, ".;!".contains(last), rest.count > 1, !rest.hasSuffix("\\!"), !rest.isFactorial {
        rest = rest.dropLast()
      }
      while let last = rest.last, ",:".contains(last), rest.count > 1 { rest = rest.dropLast() }
    }
    text = String(rest)
  }

  private static let wrappers = [
    ("$$", "$$"), ("$", "$"), ("\\(", "\\)"), ("\\[", "\\]"), ("***", "***"), ("**", "**"), ("__", "__"), ("*", "*"),
    ("`", "`"), ("\"", "\""), ("'", "'"),
  ]

  // MARK: - LaTeX

  private mutating func readLaTeX() {
    text = text.replacing("{,}", with: ",")
    var out = ""
    var rest = Substring(text)
    while let sign = rest.first {
      guard sign == "\\" else {
        out.append(sign == "~" ? " " : sign)
        rest = rest.dropFirst()
        continue
      }
      let name = rest.dropFirst().prefix { $0.isASCII && $0.isLetter }
      if name.isEmpty {
        let escaped = rest.dropFirst().first
        rest = rest.dropFirst(2)
        switch escaped {
        case "$", "%", "#", "&", "_": out.append(escaped ?? " ")
        case "{", "}", "\\", "|": out += "\\" + String(escaped ?? " ")
        case "!", ",": break  // the thin spaces of 10\,000
        default: out.append(" ")
        }
        continue
      }
      rest = rest.dropFirst(1 + name.count)
      switch name {
      case "text", "textbf", "textit", "textrm", "mathrm", "mathbf", "mbox", "operatorname", "textnormal", "mathit",
        "hbox",
        "texttt", "emph", "mathsf", "bf":
        guard let (inside, after) = rest.braced else { continue }
        out += " " + String(Self.textStart) + inside.trimmed + String(Self.textEnd) + " "
        rest = after
      case "left", "right", "big", "Big", "bigl", "bigr", "Bigl", "Bigr", "displaystyle", "mathopen", "mathclose",
        "limits":
        if name == "left" || name == "right", rest.first == "." { rest = rest.dropFirst() }
      case "quad", "qquad", "space", "enspace", "thinspace": out.append(" ")
      case "dfrac", "tfrac", "cfrac": out += "\\frac"
      case "cdot", "times": out += "*"
      case "div": out += "/"
      case "leq", "leqslant": out += "\\le "
      case "geq", "geqslant": out += "\\ge "
      case "neq": out += "\\ne "
      case "degree": out += "^\\circ "
      case "lbrace": out += "\\{"
      case "rbrace": out += "\\}"
      case "dollar": out += "$"
      case "percent": out += "%"
      default: out += "\\" + name + (rest.first?.isLetter == true ? " " : "")
      }
    }
    text = out
    // Nothing but text: `\text{A}`.
    let whole = Substring(text).trimmed
    if whole.first == Self.textStart, whole.last == Self.textEnd, whole.count(where: { $0 == Self.textStart }) == 1 {
      text = String(whole.dropFirst().dropLast())
    }
  }
}

extension Substring {
  /// Without white space at both ends.
  var trimmed: Substring {
    guard let start = firstIndex(where: { !$0.isWhitespace }), let end = lastIndex(where: { !$0.isWhitespace }) else {
      return ""
    }
    return self[start...end]
  }

  /// What stands in the balanced braces at its beginning, and what follows them; nil where none are closed.
  var braced: (inside: Substring, after: Substring)? {
    guard let open = firstIndex(where: { $0 != " " }), self[open] == "{" else { return nil }
    var depth = 0
    var at = open
    while at < endIndex {
      if self[at] == "\\" {
        at = index(at, offsetBy: 2, limitedBy: endIndex) ?? endIndex
        continue
      }
      if self[at] == "{" { depth += 1 }
      if self[at] == "}" { depth -= 1 }
      let next = index(after: at)
      if depth == 0 { return (self[index(after: open)..<at], self[next...]) }
      at = next
    }
    return nil
  }

  /// True where the exclamation mark at the end is a factorial's.
  fileprivate var isFactorial: Bool {
    last == "!" && dropLast().last.map { $0.isNumber || $0 == ")" || $0 == "}" } == true
  }
}
