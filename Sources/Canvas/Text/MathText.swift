/// Formulas in LaTeX as people write them: `\frac{1}{2}` as `½`, `\cdot` as `·`, `x^{2}` as `x²`, `\sqrt{2}` as `√2`.
///
/// What is not understood stays as it is, so that nothing is ever lost; text without a formula comes back unchanged.
public enum MathText {
  /// Groups inside one another that are read; deeper ones stay as they are.
  private static let deepest = 24

  /// `text` with its formulas in Unicode. Complexity: O(length).
  public static func readable(_ text: String) -> String {
    guard text.utf8.contains(where: { $0 == UInt8(ascii: "\\") || $0 == UInt8(ascii: "^") }) else { return text }
    var reader = MathReader(text: Array(text), depth: deepest)
    return reader.all()
  }
}

/// Reads a text from its beginning to its end, once.
private struct MathReader {
  let text: [Character]
  /// Groups that may still be opened.
  let depth: Int
  private var at = 0
  private var isMath = false

  init(text: [Character], depth: Int) {
    self.text = text
    self.depth = depth
  }

  mutating func all() -> String {
    var out = ""
    while at < text.count { piece(into: &out) }
    return out
  }

  private mutating func piece(into out: inout String) {
    let start = at
    switch text[at] {
    case "\\": command(into: &out)
    case "$" where start + 1 < text.count && endsFormula(from: start) != nil:
      // The delimiters of a formula say nothing to a reader; a price in dollars has no end, and stays.
      let double = text[start + 1] == "$"
      at += double ? 2 : 1
      let end = endsFormula(from: start) ?? text.count
      var inner = MathReader(text: Array(text[at..<end]), depth: depth)
      inner.isMath = true
      out += inner.all()
      at = min(text.count, end + (double ? 2 : 1))
    case "^" where !out.isEmpty: power(into: &out)
    case "_" where isMath && !out.isEmpty: index(into: &out)
    default:
      out.append(text[at])
      at += 1
    }
  }

  /// Where the formula that begins with the `$` at `start` ends; nil where it is no formula.
  private func endsFormula(from start: Int) -> Int? {
    let isDouble = text[start + 1] == "$"
    let from = start + (isDouble ? 2 : 1)
    guard from < text.count, !text[from].isWhitespace else { return nil }
    var end = from
    while end < min(text.count, from + 400), text[end] != "$" { end += 1 }
    guard end < text.count, text[end] == "$", end > from, !text[end - 1].isWhitespace else { return nil }
    if isDouble { return end + 1 < text.count && text[end + 1] == "$" ? end : nil }
    return end + 1 < text.count && text[end + 1].isNumber ? nil : end
  }

  private mutating func command(into out: inout String) {
    let start = at
    at += 1
    guard at < text.count else { return out.append("\\") }
    let first = text[at]
    guard first.isASCII, first.isLetter else {
      at += 1
      if "()[]".contains(first) { return isMath.toggle() }
      out +=
        ",;:! ".contains(first) ? (first == "!" ? "" : " ") : "%$#&_{}".contains(first) ? String(first) : "\\\(first)"
      return
    }
    while at < text.count, text[at].isASCII, text[at].isLetter { at += 1 }
    let name = String(text[start + 1..<at])
    if let sign = MathSigns.signs[name] {
      out += sign
      return
    }
    let resume = at
    switch name {
    case "frac", "dfrac", "tfrac", "cfrac":
      if let above = group(), let below = group() { return out += fraction(above, below, after: out.last) }
    case "sqrt":
      let degree = degree()
      if let inside = group() {
        let root = degree.map { MathSigns.roots[$0] ?? (MathSigns.raised($0) ?? $0 + " ") + "√" } ?? "√"
        return out += root + MathSigns.held(inside)
      }
    case "text", "textbf", "textit", "mathrm", "mathbf", "operatorname", "boxed", "mbox":
      if let inside = group() { return out += inside }
    case "left", "right", "displaystyle", "bigl", "bigr", "big", "Big":
      if at < text.count, text[at] == "." { at += 1 }
      return
    default: break
    }
    at = resume
    out += "\\" + name
  }

  private func fraction(_ above: String, _ below: String, after last: Character?) -> String {
    // `2½`, but not `12` before a `/`.
    if let sign = MathSigns.fractions["\(above)/\(below)"] { return sign }
    let gap = last?.isNumber == true ? " " : ""
    return gap + MathSigns.held(above) + "/" + MathSigns.held(below)
  }

  private mutating func power(into out: inout String) {
    let resume = at
    at += 1
    let isKnown = isMath || out.last.map { $0.isNumber || $0.isLetter || $0 == ")" } ?? false
    let braced = at < text.count && text[at] == "{"
    if isKnown, let inside = braced ? group() : word() {
      if inside == "°" || inside == "\\circ" { return out += "°" }
      if let raised = MathSigns.raised(inside) { return out += raised }
      return out += "^" + (braced ? MathSigns.held(inside) : inside)
    }
    at = resume + 1
    out.append("^")
  }

  private mutating func index(into out: inout String) {
    let resume = at
    at += 1
    if let inside = at < text.count && text[at] == "{" ? group() : word(), let lowered = MathSigns.lowered(inside) {
      return out += lowered
    }
    at = resume + 1
    out.append("_")
  }

  /// One letter, a number with its sign, or a command.
  private mutating func word() -> String? {
    guard at < text.count else { return nil }
    if text[at] == "\\" {
      var sign = ""
      command(into: &sign)
      return sign
    }
    let start = at
    if text[at] == "-", at + 1 < text.count, text[at + 1].isNumber { at += 1 }
    if text[at].isNumber {
      // LaTeX raises one digit; people who write plain text mean the number.
      repeat { at += 1 } while !isMath && at < text.count && text[at].isNumber
      return String(text[start..<at])
    }
    guard text[at].isLetter else { return nil }
    at += 1
    return String(text[start])
  }

  /// What stands between the braces here, read; nil, and nothing is read, where there are none or they have no end.
  private mutating func group() -> String? {
    guard depth > 0, at < text.count, text[at] == "{" else { return nil }
    var open = 0
    for end in at..<text.count {
      if text[end] == "{" { open += 1 }
      if text[end] == "}" { open -= 1 }
      if open == 0 {
        var inner = MathReader(text: Array(text[(at + 1)..<end]), depth: depth - 1)
        inner.isMath = true
        at = end + 1
        return inner.all()
      }
    }
    return nil
  }

  private mutating func degree() -> String? {
    guard at < text.count, text[at] == "[", let end = text[at...].prefix(8).firstIndex(of: "]") else { return nil }
    defer { at = end + 1 }
    return String(text[(at + 1)..<end])
  }
}

/// The signs that formulas are written with.
private enum MathSigns {
  static let signs: [String: String] = [
    "cdot": "·", "times": "×", "div": "÷", "pm": "±", "mp": "∓", "le": "≤", "leq": "≤", "ge": "≥", "geq": "≥",
    "ne": "≠",
    "neq": "≠", "approx": "≈", "equiv": "≡", "sim": "∼", "infty": "∞", "sum": "Σ", "prod": "Π", "int": "∫", "to": "→",
    "rightarrow": "→", "Rightarrow": "⇒", "implies": "⇒", "iff": "⇔", "ldots": "…", "dots": "…", "cdots": "⋯",
    "angle": "∠", "circ": "°", "degree": "°", "triangle": "△", "in": "∈", "cup": "∪", "cap": "∩", "subset": "⊂",
    "therefore": "∴", "because": "∵", "perp": "⊥", "parallel": "∥", "forall": "∀", "exists": "∃", "mid": "|",
    "quad": "  ", "qquad": "    ", "lfloor": "⌊", "rfloor": "⌋", "lceil": "⌈", "rceil": "⌉", "star": "⋆", "ast": "*",
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "theta": "θ", "lambda": "λ", "mu": "μ",
    "pi": "π", "rho": "ρ", "sigma": "σ", "tau": "τ", "phi": "φ", "varphi": "φ", "omega": "ω", "Delta": "Δ",
    "Omega": "Ω", "Sigma": "Σ", "log": "log", "ln": "ln", "sin": "sin", "cos": "cos", "tan": "tan", "min": "min",
    "max": "max", "gcd": "gcd", "lcm": "lcm", "bmod": "mod",
  ]
  static let fractions = [
    "1/2": "½", "1/3": "⅓", "2/3": "⅔", "1/4": "¼", "3/4": "¾", "1/5": "⅕", "2/5": "⅖", "3/5": "⅗", "4/5": "⅘",
    "1/6": "⅙", "5/6": "⅚", "1/8": "⅛", "3/8": "⅜", "5/8": "⅝", "7/8": "⅞",
  ]
  static let roots = ["3": "∛", "4": "∜"]
  private static let high: [Character: Character] = [
    "0": "⁰", "1": "¹", "2": "²", "3": "³", "4": "⁴", "5": "⁵", "6": "⁶", "7": "⁷", "8": "⁸", "9": "⁹", "+": "⁺",
    "-": "⁻", "(": "⁽", ")": "⁾", "n": "ⁿ", "i": "ⁱ", "x": "ˣ",
  ]
  private static let low: [Character: Character] = [
    "0": "₀", "1": "₁", "2": "₂", "3": "₃", "4": "₄", "5": "₅", "6": "₆", "7": "₇", "8": "₈", "9": "₉", "+": "₊",
    "-": "₋", "n": "ₙ", "i": "ᵢ", "k": "ₖ", "x": "ₓ",
  ]

  /// All of `text` raised; nil where a character of it has no such form.
  static func raised(_ text: String) -> String? { shifted(text, high) }

  /// All of `text` lowered.
  static func lowered(_ text: String) -> String? { shifted(text, low) }

  /// In parentheses where it is more than one number or word.
  static func held(_ text: String) -> String {
    text.allSatisfy { $0.isLetter || $0.isNumber || $0 == "." } ? text : "(\(text))"
  }

  private static func shifted(_ text: String, _ table: [Character: Character]) -> String? {
    let shifted = text.compactMap { table[$0] }
    return shifted.count == text.count && !text.isEmpty ? String(shifted) : nil
  }
}
