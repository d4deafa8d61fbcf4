/// Turns the spelling of an answer into its value: structures first, then quantities, then words.
enum AnswerValueReader {
  typealias Form = AnswerValue.Form

  static func form(of answer: some StringProtocol) -> Form? {
    guard let text = AnswerSpelling.plain(answer) else {
      // Too long to be looked into: only the same letters are the same answer.
      return .text(answer.lowercased().split(whereSeparator: \.isWhitespace).joined(separator: " "))
    }
    return form(Substring(text), depth: 0)
  }

  private static func form(_ given: Substring, depth: Int) -> Form? {
    let text = given.trimmed
    guard text.contains(where: { !"$*_`\"'.".contains($0) }) else { return nil }
    guard depth < 6 else { return words(text) }
    if let simple = choice(text) ?? truth(text) ?? quantity(text) { return simple }
    if let stripped = withoutName(text), let value = form(stripped, depth: depth + 1) { return value }
    if let structure = union(text, depth) ?? matrix(text, depth) ?? bracketed(text, depth) ?? list(text, depth) {
      return structure
    }
    return relation(text) ?? words(text)
  }

  // MARK: - Letters and words

  /// `(A)`, `A)`, `A.`, `(A) 12 apples`, `option B`: a letter from A to J.
  private static func choice(_ text: Substring) -> Form? {
    var rest = text
    for name in ["option ", "choice ", "answer "] where rest.lowercased().hasPrefix(name) {
      rest = rest.dropFirst(name.count).trimmed
    }
    let isOpen = rest.first == "("
    if isOpen { rest = rest.dropFirst() }
    guard let letter = rest.first, letter.isASCII, ("A"..."J").contains(letter.uppercased()) else { return nil }
    let behind = rest.dropFirst()
    let isLetter =
      if isOpen {
        behind.first == ")" && (letter.isUppercase || behind.count == 1)
      } else {
        behind == ")" || letter.isUppercase && (behind.isEmpty || [") ", ". ", ": "].contains { behind.hasPrefix($0) })
      }
    guard isLetter, behind.count <= 200 else { return nil }
    return .choice(Character(letter.lowercased()))
  }

  private static func truth(_ text: Substring) -> Form? {
    switch text.lowercased() {
    case "yes", "true": .truth(true)
    case "no", "false": .truth(false)
    default: nil
    }
  }

  private static func words(_ text: Substring) -> Form? {
    var words = text.lowercased().filter { $0 != AnswerSpelling.textStart && $0 != AnswerSpelling.textEnd }
      .split { $0.isWhitespace || $0 == "\"" }.map(Substring.init)
    if words.count > 1, let first = words.first, ["the", "a", "an"].contains(first) { words.removeFirst() }
    let joined = words.joined(separator: " ").filter { $0 != "\\" }
    // Spaces around signs say nothing: `2 : 30` is `2:30`.
    var out = ""
    let signs = Array(joined)
    for (at, sign) in signs.enumerated() {
      if sign == " ", at > 0, at + 1 < signs.count,
        ":/=<>+-*^,()[]".contains(signs[at - 1]) || ":/=<>+-*^,()[]".contains(signs[at + 1])
      {
        continue
      }
      out.append(sign)
    }
    return out.isEmpty ? nil : .text(out)
  }

  // MARK: - Quantities

  /// `$18`, `18 apples`, `25%`, `1.5 million`, `2\sqrt{3}`, `90^\circ`.
  private static func quantity(_ text: Substring) -> Form? {
    if let value = AlgebraReader.read(text) { return .quantity(value, .none) }
    var rest = text
    var isNegative = false
    if rest.first == "-" || rest.first == "+" {
      isNegative = rest.first == "-"
      rest = rest.dropFirst().trimmed
    }
    for sign in ["\\approx", "approximately ", "about ", "around ", "roughly "] where rest.lowercased().hasPrefix(sign)
    {
      rest = rest.dropFirst(sign.count).trimmed
    }
    let before = rest.prefix { "$€£¥₹".contains($0) || ($0.isLetter && rest.hasCurrencyCode) }
    rest = rest.dropFirst(before.count).trimmed
    if rest.first == "-" {
      isNegative.toggle()
      rest = rest.dropFirst()
    }
    // The longest beginning that is a formula; what follows is its unit.
    for cut in cuts(rest) {
      guard let unit = unit(rest[cut...], before: before), let value = AlgebraReader.read(rest[..<cut].trimmed) else {
        continue
      }
      var scaled = value
      var words = unit.words
      while let word = words.first, let scale = scales[word] {
        guard let next = scaled.times(scale) else { return nil }
        scaled = next
        words.removeFirst()
      }
      let left = words == unit.words ? unit : AnswerUnit(words.joined(separator: " ")) ?? .none
      return .quantity(isNegative ? scaled.negated : scaled, left)
    }
    return nil
  }

  private static let scales: [String: Algebra] = [
    "hundred": Algebra(100), "thousand": Algebra(1000), "million": Algebra(1_000_000),
    "billion": Algebra(1_000_000_000),
    "trillion": Algebra(1_000_000_000_000),
  ]

  /// Places at which a unit may begin, the last first: before a word, a per cent or currency sign, or marked text.
  private static func cuts(_ text: Substring) -> [Substring.Index] {
    guard text.first.map({ $0.isNumber || ".\\(".contains($0) }) == true else { return [] }
    var places: [Substring.Index] = [text.endIndex]
    var previous: Character = " "
    for at in text.indices {
      let sign = text[at]
      let begins =
        (sign.isLetter
          && (previous.isNumber || previous == " " || previous == "}" || previous == ")" || previous == "-"))
        || "%$€£¥₹".contains(sign) || sign == AnswerSpelling.textStart
        || (sign == "^" && text[at...].hasPrefix("^\\circ"))
        || (sign == "^" && text[at...].hasPrefix("^{\\circ"))
      if begins { places.append(at) }
      previous = sign
    }
    return places.count > 12 ? Array(places.prefix(12)).reversed() : places.reversed()
  }

  private static func unit(_ behind: Substring, before: Substring) -> AnswerUnit? {
    let text = behind.trimmed
    if text.isEmpty, before.isEmpty { return AnswerUnit.none }
    // A single letter right behind a number is a variable, and no measure that anybody would guess.
    if text.count == 1, before.isEmpty, text != "%", !"$€£¥₹".contains(text), behind.first != " " { return nil }
    return AnswerUnit(before + " " + text)
  }

  // MARK: - Names and relations

  /// What stands behind `x =`, `f(x) =`, `total cost =`; nil without such a name.
  private static func withoutName(_ text: Substring) -> Substring? {
    guard let sign = text.firstIndex(of: "="), text[text.index(after: sign)...].firstIndex(of: "=") == nil,
      sign > text.startIndex
    else { return nil }
    let name = text[..<sign].trimmed
    guard let first = name.first, first.isLetter || first == "\\" || first == AnswerSpelling.textStart,
      name.count <= 40,
      !name.contains(where: { "<>+*,".contains($0) }), !name.hasSuffix("\\"), isName(name)
    else { return nil }
    return text[text.index(after: sign)...]
  }

  /// A letter with an index or an argument, or words; not a product such as `2x`.
  private static func isName(_ name: Substring) -> Bool {
    if name.count == 1 { return true }
    if name.contains(" ") || name.first == AnswerSpelling.textStart {
      return name.allSatisfy {
        $0.isLetter || $0 == " " || $0 == AnswerSpelling.textStart || $0 == AnswerSpelling.textEnd
      }
    }
    let argument = name.dropFirst()
    if argument.first == "(" { return argument.last == ")" && argument.count <= 6 }
    if argument.first == "_" { return argument.count <= 8 }
    return name.first == "\\" ? name.dropFirst().allSatisfy(\.isLetter) : name.count > 2 && name.allSatisfy(\.isLetter)
  }

  private static func relation(_ text: Substring) -> Form? {
    let signs: [(String, AnswerValue.Relation)] = [
      ("\\le", .atMost), ("\\ge", .atLeast), ("<=", .atMost), (">=", .atLeast), ("\\ne", .unequal), ("!=", .unequal),
      ("<", .less),
      (">", .greater), ("=", .equal),
    ]
    for (sign, relation) in signs {
      guard let place = text.firstRange(of: sign) else { continue }
      guard let left = AlgebraReader.read(text[..<place.lowerBound].trimmed),
        let right = AlgebraReader.read(text[place.upperBound...].trimmed),
        let (form, isNegated) = left.minus(right)?.monic
      else { return nil }
      return .relation(isNegated ? relation.turned : relation, form)
    }
    return nil
  }

  // MARK: - Structures

  private static func union(_ text: Substring, _ depth: Int) -> Form? {
    let parts = split(text, at: ["\\cup"])
    guard parts.count > 1 else { return nil }
    return forms(parts, depth).map { .set(Set($0)) }
  }

  private static func matrix(_ text: Substring, _ depth: Int) -> Form? {
    guard text.hasPrefix("\\begin{"), let name = text.dropFirst(6).braced, name.inside.hasSuffix("matrix"),
      text.hasSuffix("\\end{\(name.inside)}")
    else { return nil }
    let body = name.after.dropLast(6 + name.inside.count)
    let rows = body.split(separator: "\\\\").map { split($0, at: ["&"]) }
    let forms = rows.compactMap { self.forms($0, depth) }
    return forms.count == rows.count && !forms.isEmpty ? .matrix(forms) : nil
  }

  private static func bracketed(_ text: Substring, _ depth: Int) -> Form? {
    let isSet = text.hasPrefix("\\{") && text.hasSuffix("\\}")
    if isSet || (text.first == "{" && text.last == "}") {
      let inside = isSet ? text.dropFirst(2).dropLast(2) : text.dropFirst().dropLast()
      if inside.trimmed.isEmpty { return .set([]) }
      return forms(split(inside, at: separators), depth).map { .set(Set($0)) }
    }
    guard let open = text.first, let close = text.last, "([".contains(open), ")]".contains(close), text.count > 2 else {
      return nil
    }
    let parts = split(text.dropFirst().dropLast(), at: [","])
    guard parts.count > 1, isBalanced(text.dropFirst().dropLast()) else { return nil }
    return forms(parts, depth).map { .tuple(open: open, $0, close: close) }
  }

  private static let separators = [",", ";", " and ", " or "]

  /// Values side by side without brackets: `3, 5 and 7`.
  private static func list(_ text: Substring, _ depth: Int) -> Form? {
    let parts = split(text, at: separators).map(\.trimmed).filter { !$0.isEmpty }
    guard parts.count > 1, parts.count <= 64, let values = forms(parts, depth) else { return nil }
    // Words with commas are a sentence, not a list of values.
    let isOfValues = values.allSatisfy {
      if case .text(let text) = $0 { text.count <= 30 && !text.contains(" ") } else { true }
    }
    return isOfValues ? .set(Set(values)) : nil
  }

  private static func forms(_ parts: [Substring], _ depth: Int) -> [Form]? {
    let values = parts.compactMap { form($0, depth: depth + 1) }
    return values.count == parts.count ? values : nil
  }

  /// The parts between separators that stand outside of brackets.
  private static func split(_ text: Substring, at separators: [String]) -> [Substring] {
    var parts: [Substring] = []
    var start = text.startIndex
    var at = text.startIndex
    var depth = 0
    while at < text.endIndex {
      let sign = text[at]
      if "([{".contains(sign) { depth += 1 }
      if ")]}".contains(sign) { depth -= 1 }
      if depth == 0, let found = separators.first(where: { text[at...].hasPrefix($0) }), !isGrouping(text, at) {
        parts.append(text[start..<at])
        at = text.index(at, offsetBy: found.count)
        start = at
      } else {
        at = text.index(after: at)
      }
    }
    return parts + [text[start...]]
  }

  /// True for the comma of `10,000`: digits by threes on both sides.
  private static func isGrouping(_ text: Substring, _ comma: Substring.Index) -> Bool {
    guard text[comma] == "," else { return false }
    let before = text[..<comma].reversed().prefix { $0.isNumber }.count
    let after = text[text.index(after: comma)...].prefix { $0.isNumber }.count
    return (1...3).contains(before) && after == 3
  }

  private static func isBalanced(_ text: Substring) -> Bool {
    var depth = 0
    for sign in text {
      if "([{".contains(sign) { depth += 1 }
      if ")]}".contains(sign) { depth -= 1 }
      if depth < 0 { return false }
    }
    return depth == 0
  }
}

extension Substring {
  /// True where a currency's code stands before a number: `USD 18`.
  fileprivate var hasCurrencyCode: Bool {
    let code = prefix { $0.isLetter }
    return ["USD", "EUR", "GBP", "US", "Rs"].contains(String(code)) && !dropFirst(code.count).isEmpty
  }
}
