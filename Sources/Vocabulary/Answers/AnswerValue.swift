/// What an answer says, whatever its spelling: votes, limits, filters and correctness compare values, people see what the
/// model wrote.
///
/// The page `Answers` has the grammar and its limits.
public struct AnswerValue: Sendable {
  /// The value itself.
  let form: Form

  indirect enum Form: Hashable, Sendable {
    /// A number or an expression, with what it counts.
    case quantity(Algebra, AnswerUnit)
    /// Values in order, in brackets: a point, an interval.
    case tuple(open: Character, [Form], close: Character)
    /// Values in any order: a set, or a list without brackets.
    case set(Set<Form>)
    /// Rows of a matrix.
    case matrix([[Form]])
    /// `left ∘ right` as `form ∘ 0`, the first coefficient of the form being 1.
    case relation(Relation, Algebra)
    /// An option of a question, by its letter.
    case choice(Character)
    /// Yes and true, no and false.
    case truth(Bool)
    /// Anything else, by its letters and digits.
    case text(String)
  }

  enum Relation: String, Sendable {
    case equal = "=", unequal = "≠", less = "<", atMost = "≤", greater = ">", atLeast = "≥"

    /// The relation after both sides were multiplied by −1.
    var turned: Relation {
      switch self {
      case .less: .greater
      case .atMost: .atLeast
      case .greater: .less
      case .atLeast: .atMost
      case .equal, .unequal: self
      }
    }
  }

  /// Reads an answer; nil where it says nothing. Complexity: O(length) for ordinary answers, bounded for hostile ones.
  public init?(_ answer: some StringProtocol) {
    guard let form = AnswerValueReader.form(of: answer) else { return nil }
    self.form = form
  }

  /// True where both say the same. Reflexive and symmetric; not transitive, because a unit counts only where both sides
  /// have one: `18 m` and `18 kg` both are `18`.
  public func says(_ other: AnswerValue) -> Bool { Self.agree(form, other.form) }

  private static func agree(_ a: Form, _ b: Form) -> Bool {
    switch (a, b) {
    case (.quantity(let x, let unit), .quantity(let y, let other)): return agree(x, unit, y, other)
    case (.tuple(let open, let items, let close), .tuple(let otherOpen, let others, let otherClose)):
      return open == otherOpen && close == otherClose && agree(items, others)
    case (.tuple(_, let items, _), .matrix(let rows)), (.matrix(let rows), .tuple(_, let items, _)):
      // A vector is a point.
      return rows.allSatisfy { $0.count == 1 } && agree(items, rows.joined())
    case (.set(let items), .set(let others)): return agree(items, others)
    case (.matrix(let rows), .matrix(let others)):
      return rows.count == others.count && zip(rows, others).allSatisfy { agree($0, $1) }
    case (.choice(let letter), .text(let text)), (.text(let text), .choice(let letter)): return String(letter) == text
    case (.choice(let letter), .quantity(let value, let unit)), (.quantity(let value, let unit), .choice(let letter)):
      // A lower-case letter alone may be a variable or an option.
      return unit == .none && value == Algebra(symbol: String(letter))
    default: return a == b
    }
  }

  private static func agree(_ a: some Sequence<Form>, _ b: some Sequence<Form>) -> Bool {
    let (a, b) = (Array(a), Array(b))
    return a.count == b.count && zip(a, b).allSatisfy { agree($0, $1) }
  }

  /// Sets: each value of one stands in the other, taken once.
  private static func agree(_ a: Set<Form>, _ b: Set<Form>) -> Bool {
    if a == b { return true }
    guard a.count == b.count, a.count <= 64 else { return false }
    var left = Array(b)
    for value in a {
      guard let at = left.firstIndex(where: { agree(value, $0) }) else { return false }
      left.remove(at: at)
    }
    return true
  }

  private static func agree(_ x: Algebra, _ unit: AnswerUnit, _ y: Algebra, _ other: AnswerUnit) -> Bool {
    guard unit.fits(other) else { return false }
    if x == y { return true }
    // 25 % is 25 and 0.25, whichever is meant.
    guard unit.isPercent != other.isPercent, unit == .none || other == .none else { return false }
    let (percent, plain) = unit.isPercent ? (x, y) : (y, x)
    return plain.times(Algebra(100)) == percent
  }
}

/// What a number counts: a currency, a measure, things.
struct AnswerUnit: Hashable, Sendable {
  /// In the singular, in order of writing; none for a bare number.
  let words: [String]

  static let none = AnswerUnit(words: [])
  static let percent = AnswerUnit(words: ["%"])

  var isPercent: Bool { words == ["%"] }

  /// True where the two may be the same: one is missing, or one says no more than the other (`apple`, `red apple`).
  func fits(_ other: AnswerUnit) -> Bool {
    if words.isEmpty || other.words.isEmpty || words == other.words { return true }
    let (short, long) = words.count <= other.words.count ? (words, other.words) : (other.words, words)
    let difference = Set(long).subtracting(short)
    return Set(short).isSubset(of: long)
      && difference.isDisjoint(with: ["per", "square", "cubic", "^2", "^3", "/", "*", "%"])
  }

  private init(words: [String]) { self.words = words }

  /// Reads what stands before or behind a number; nil where it is no unit.
  init?(_ text: some StringProtocol) {
    let plain = text.lowercased().filter { !"{}\\$\u{E000}\u{E001}".contains($0) || $0 == "$" }
    var words: [String] = []
    for part in plain.replacing("^", with: " ^").replacing("/", with: " / ").replacing("*", with: " * ").split(
      separator: " ")
    {
      let word = part.trimmingPunctuation
      if word.isEmpty { continue }
      guard word.allSatisfy({ $0.isLetter || "'-$€£¥₹%^/*.".contains($0) }) || word == "^2" || word == "^3" else {
        return nil
      }
      if Self.fillers.contains(String(word)) { continue }
      words.append(Self.known[String(word)] ?? Self.singular(String(word)))
    }
    guard words.count <= 5, Self.clauses.isDisjoint(with: words) else { return nil }
    if words == ["degree", "celsiu"] || words == ["^", "circ", "c"] { words = ["degree", "celsius"] }
    self.words = words
  }

  /// True for the abbreviation of a measure: `cm`, `m`, `kg`.
  static func isMeasure(_ word: String) -> Bool { known[word] != nil }

  /// What begins or makes up a clause: a sentence is no unit.
  private static let clauses: Set = [
    "because", "since", "which", "that", "she", "he", "they", "it", "i", "we", "is", "are", "was", "were", "ha", "have",
    "had", "so",
    "if", "then", "and", "or", "not", "when", "out",
  ]

  private static let fillers: Set = [
    "of", "the", "a", "an", "in", "total", "more", "left", "each", "exactly", "only", "about",
  ]

  private static let known: [String: String] = [
    "$": "dollar", "usd": "dollar", "dollars": "dollar", "us$": "dollar", "€": "euro", "eur": "euro", "euros": "euro",
    "£": "pound", "gbp": "pound", "¥": "yen", "₹": "rupee", "cents": "cent", "¢": "cent", "percent": "%", "pct": "%",
    "^circ": "degree", "degrees": "degree", "°": "degree", "deg": "degree", "feet": "foot", "ft": "foot",
    "inches": "inch",
    "meters": "meter", "metres": "meter", "metre": "meter", "m": "meter", "km": "kilometer", "kilometers": "kilometer",
    "kilometres": "kilometer", "cm": "centimeter", "centimeters": "centimeter", "centimetres": "centimeter",
    "mm": "millimeter", "kg": "kilogram", "kilograms": "kilogram", "kgs": "kilogram", "g": "gram", "grams": "gram",
    "hrs": "hour", "hr": "hour", "hours": "hour", "h": "hour", "mins": "minute", "min": "minute", "minutes": "minute",
    "secs": "second", "sec": "second", "s": "second", "seconds": "second", "lbs": "pound", "lb": "pound",
    "pounds": "pound",
    "mph": "mph", "l": "liter", "liters": "liter", "litres": "liter", "ml": "milliliter", "people": "person",
    "children": "child", "men": "man", "women": "woman", "mice": "mouse", "sq": "square", "boxes": "box", "²": "^2",
  ]

  private static func singular(_ word: String) -> String {
    if word.count > 4, word.hasSuffix("ies") { return word.dropLast(3) + "y" }
    for ending in ["ches", "shes", "sses", "xes"] where word.hasSuffix(ending) { return String(word.dropLast(2)) }
    return word.count > 3 && word.hasSuffix("s") && !word.hasSuffix("ss") ? String(word.dropLast()) : word
  }
}

extension Substring {
  fileprivate var trimmingPunctuation: Substring {
    var word = self
    while let last = word.last, ".,;:".contains(last) { word = word.dropLast() }
    return word
  }
}
