import Vocabulary
import BigInt

/// A word problem as far as bookkeeping goes: which numbers are said of whom.
struct Story {
  /// One sentence of the question.
  struct Sentence {
    let names: Set<String>
    /// Those of whom it says a number. `Raj has 7 more than Finn` says one of Raj; and of Finn as well where nothing before says
    /// how many Finn has, since that then follows from Raj.
    let bearers: Set<String>
    /// Numbers it states, in order.
    let stated: [Rational]
    /// Those and what its words bring in: of a week, 7.
    let numbers: [Rational]
    /// It compares: what one has follows from what another has.
    let compares: Bool
    let asks: Bool
  }

  let sentences: [Sentence]
  /// The people and things with a name of their own.
  let names: Set<String>

  /// Reads a question. Complexity: O(its length).
  init(_ question: String) {
    let parts = Self.sentences(of: question.prefix(ArithmeticClaims.maximumScalars))
    let names = Self.names(in: parts)
    self.names = names
    var known: Set<String> = []
    sentences = parts.map { part in
      let words = Self.words(of: part)
      let stated = Self.numbers(in: part, Self.amounts)
      let here = Set(words).intersection(names)
      let measure = words.lastIndex { Self.measures.contains($0) }
      let subjects = measure.map { here.intersection(words[..<$0]) } ?? here
      let isMeasured = !subjects.isEmpty && here.subtracting(subjects).isSubset(of: known)
      let bearers = isMeasured ? subjects : here
      if !stated.isEmpty { known.formUnion(bearers) }
      return Sentence(
        names: here, bearers: bearers, stated: stated, numbers: stated + Self.numbers(in: part, Self.hints),
        compares: measure != nil, asks: part.hasSuffix("?"))
    }
  }

  /// Every number the question states or brings in.
  var numbers: Set<Rational> { Set(sentences.flatMap(\.numbers)) }

  /// Whom a line is about; nil where it names nobody or several.
  func subject(of line: some StringProtocol) -> String? {
    let found = Set(Self.words(of: line)).intersection(names)
    return found.count == 1 ? found.first : nil
  }

  /// The named ones whose numbers may count for `name`: itself, and whomever a comparison measures it by.
  func kin(of name: String) -> Set<String> {
    sentences.filter { $0.compares && $0.names.contains(name) }.reduce(into: [name]) { $0.formUnion($1.names) }
  }

  /// Whom the question asks about, with whomever those are measured by.
  var asked: Set<String> {
    sentences.filter(\.asks).flatMap(\.names).reduce(into: []) { asked, name in
      asked.insert(name)
      for sentence in sentences where sentence.compares && sentence.bearers.contains(name) {
        asked.formUnion(sentence.names)
      }
    }
  }

  // MARK: - Reading

  private static func sentences(of text: Substring) -> [Substring] {
    var out: [Substring] = []
    var start = text.startIndex
    for at in text.indices where ".?!\n".contains(text[at]) {
      let next = text.index(after: at)
      // A point within a number ends nothing.
      if text[at] == ".", next < text.endIndex, !text[next].isWhitespace { continue }
      out.append(text[start..<next])
      start = next
    }
    if start < text.endIndex { out.append(text[start...]) }
    return out
  }

  private static func words(of text: some StringProtocol) -> [String] {
    String(text).split { !$0.isLetter }.map(String.init)
  }

  /// Capitalised words that are no beginnings of sentences alone, or begin several, or one that compares.
  private static func names(in sentences: [Substring]) -> Set<String> {
    var seen: [String: Int] = [:]
    for sentence in sentences {
      let words = words(of: sentence)
      let compares = words.contains { measures.contains($0) }
      for (index, word) in words.enumerated() where word.count > 1 && word.first?.isUppercase == true {
        seen[word, default: 0] += index > 0 || compares ? 2 : 1
      }
    }
    return Set(seen.filter { $0.value > 1 }.keys).subtracting(openers)
  }

  /// Words behind which stands by whom somebody is measured.
  private static let measures: Set<String> = ["than", "as"]

  private static let openers: Set<String> = [
    "How", "What", "The", "There", "Then", "They", "If", "In", "On", "At", "He", "She", "It", "His", "Her", "Their",
    "Each", "Every", "After", "Before", "When", "While", "And", "But", "So", "For", "Find", "Use", "Let", "Now", "This",
    "That", "These", "Those", "One", "Two", "Three", "Four", "Five", "All", "Both", "Today", "Yesterday", "Tomorrow",
  ]

  /// The numbers that a text states in digits or in `words`, in order; of the hints, words alone.
  private static func numbers(in text: Substring, _ words: [String: [BigInt]]) -> [Rational] {
    var found: [Rational] = []
    for placed in ArithmeticLexer.tokens(of: text.unicodeScalars) {
      switch placed.token {
      case .number(let literal):
        let value = literal.value.magnitude
        if words == amounts {
          found.append(literal.isPercent ? value.times(Rational(100)) ?? value : value)
        } else if literal.isPercent {
          found += [value, Rational(100)]
        }
      case .word(let word): found += (words[word.lowercased()] ?? []).map { Rational($0) }
      default: break
      }
    }
    return found
  }

  /// Words that state a number.
  private static let amounts: [String: [BigInt]] = [
    "zero": [0], "two": [2], "three": [3], "four": [4], "five": [5], "six": [6], "seven": [7], "eight": [8],
    "nine": [9], "ten": [10], "eleven": [11], "twelve": [12], "twenty": [20], "thirty": [30], "forty": [40],
    "fifty": [50], "hundred": [100], "thousand": [1000], "half": [2], "twice": [2], "double": [2], "triple": [3],
    "thrice": [3],
  ]

  /// Words that bring one in.
  private static let hints: [String: [BigInt]] = [
    "halves": [2], "pair": [2], "pairs": [2], "couple": [2], "both": [2], "third": [3], "thirds": [3], "quarter": [4],
    "quarters": [4], "average": [2], "dozen": [12], "dozens": [12], "percent": [100], "cents": [100], "day": [24, 7],
    "days": [24, 7], "week": [7], "weeks": [7], "weekly": [7], "hour": [60], "hours": [60], "minute": [60],
    "minutes": [60], "month": [30, 12], "months": [30, 12], "year": [12, 365, 52], "years": [12, 365, 52],
    "square": [2], "squared": [2],
  ]
}

/// A formula of a solution, and whom its line is about.
struct StoryLine {
  let subject: String?
  let claim: ArithmeticClaim

  /// The formulas of a text, line by line. Complexity: O(its length).
  static func all(in text: String, of story: Story) -> [StoryLine] {
    text.prefix(ArithmeticClaims.maximumScalars).split(whereSeparator: \.isNewline).flatMap { line in
      let subject = story.subject(of: line)
      return ArithmeticClaims.all(in: line.unicodeScalars).filter { $0.left.hasOperator }.map {
        StoryLine(subject: subject, claim: $0)
      }
    }
  }

  /// The numbers that the formula works on.
  var operands: [ArithmeticToken.Literal] { claim.left.literals }
}

extension ArithmeticToken.Literal {
  /// What it may mean: `25%` is a quarter, or 25.
  var readings: Set<Rational> {
    var values: Set = [value.magnitude]
    if isPercent, let whole = value.times(Rational(100)) { values.insert(whole) }
    return values
  }
}
