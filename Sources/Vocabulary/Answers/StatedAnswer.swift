/// Where a text states its final answer: behind `####` (GSM8K) or in `\boxed{…}` (MATH), whichever comes last; else behind
/// words that announce it, or alone in bold at the end.
///
/// What is found is what the model wrote, without the markup around it. The page `Answers` has the places in full.
public struct StatedAnswer: Equatable, Sendable {
  /// The answer as it is spelled.
  public let text: String
  /// True where nothing but punctuation follows: the text ends with its answer.
  public let endsText: Bool

  /// The final answer that `text` states; nil where it states none.
  ///
  /// - Parameter markers: texts of a prompt or problem behind which its answers stand, beside the usual places.
  /// Complexity: O(length), whatever the text holds.
  public static func last(in text: String, markers: [String] = []) -> StatedAnswer? {
    var text = text
    guard !markers.isEmpty || text.withUTF8(mayStand) else { return nil }
    return last(in: Substring(text), markers)
  }

  private static func last(in text: Substring, _ markers: [String]) -> StatedAnswer? {
    let boxed = lastBoxed(text)
    let hashed = lastHashed(text)
    if let place = [boxed, hashed].compactMap({ $0 }).max(by: { $0.inside.startIndex < $1.inside.startIndex }) {
      return place.answer
    }
    return (lastMarked(text, markers) ?? lastAnnounced(text) ?? lastAlone(text))?.answer
  }

  /// False where `bytes` cannot state an answer in any place: a quick look before ``last(in:markers:)``.
  /// Complexity: O(length).
  package static func mayStand(in bytes: [UInt8]) -> Bool { bytes.withUnsafeBufferPointer(mayStand) }

  private static func mayStand(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    var previous: UInt8 = 0x0A
    for (place, byte) in bytes.enumerated() {
      switch byte {
      case UInt8(ascii: "#"), UInt8(ascii: "\\"), UInt8(ascii: "*"), UInt8(ascii: ":"), 0x80...: return true
      default: break
      }
      let small = byte | 0x20
      if AnswerAnnouncement.stands(at: place, of: bytes, small, after: previous) { return true }
      previous = small
    }
    return false
  }

  // MARK: - Places

  /// An answer within a text.
  private struct Place {
    let inside: Substring
    let behind: Substring

    /// Nil where nothing is left after trimming.
    var answer: StatedAnswer? {
      let spelled = Self.bare(inside)
      guard spelled.contains(where: { $0.isLetter || $0.isNumber || $0 == "∞" || $0 == "\\" || $0 == "{" }) else {
        return nil
      }
      let end = behind.allSatisfy { $0.isWhitespace || ".!$*_)]\\`".contains($0) }
      return StatedAnswer(text: String(spelled), endsText: end)
    }

    /// Without emphasis, delimiters of formulas and a full stop around it.
    private static func bare(_ text: Substring) -> Substring {
      var rest = text.trimmed
      var before = rest.count + 1
      while rest.count < before, !rest.isEmpty {
        before = rest.count
        for mark in ["**", "__", "`", "$$"] {
          if rest.hasPrefix(mark), !rest.dropFirst(mark.count).contains(mark) || rest.hasSuffix(mark) {
            rest = rest.dropFirst(mark.count)
          }
          if rest.hasSuffix(mark), !rest.dropLast(mark.count).contains(mark) { rest = rest.dropLast(mark.count) }
        }
        if rest.count > 2, rest.first == "$", rest.last == "$", !rest.dropFirst().dropLast().contains("$") {
          rest = rest.dropFirst().dropLast()
        }
        if rest.count > 2, rest.first == "*", rest.last == "*" { rest = rest.dropFirst().dropLast() }
        if rest.hasPrefix("\\("), rest.hasSuffix("\\)") { rest = rest.dropFirst(2).dropLast(2) }
        if rest.hasPrefix("\\["), rest.hasSuffix("\\]") { rest = rest.dropFirst(2).dropLast(2) }
        while let last = rest.last, ".,;:。".contains(last), rest.count > 1 { rest = rest.dropLast() }
        rest = rest.trimmed
      }
      return rest
    }
  }

  /// The last `\boxed{…}` or `\fbox{…}` whose braces are closed, or `\boxed 5`.
  private static func lastBoxed(_ text: Substring) -> Place? {
    guard text.utf8.contains(UInt8(ascii: "\\")) else { return nil }
    var found: Place?
    // Braces that are open wait on a stack, so that nothing is read twice.
    var open: [(start: Substring.Index, isBox: Bool)] = []
    var at = text.startIndex
    var isBoxNext = false
    while at < text.endIndex {
      let rest = text[at...]
      let next = text.index(after: at)
      switch text[at] {
      case "\\":
        if let name = ["\\boxed", "\\fbox"].first(where: { rest.hasPrefix($0) }),
          rest.dropFirst(name.count).first?.isLetter != true
        {
          let behind = rest.dropFirst(name.count)
          let argument = behind.drop { $0 == " " }
          at = argument.startIndex
          isBoxNext = argument.first == "{"
          if !isBoxNext, behind.first == " ", let sign = argument.first, sign.isNumber || sign.isLetter || sign == "-" {
            let word = argument.prefix { $0.isNumber || $0.isLetter || "-.,/".contains($0) }
            let end = word.last == "." || word.last == "," ? word.dropLast() : word
            let place = Place(inside: end, behind: text[end.endIndex...])
            if place.answer != nil { found = place }
          }
          continue
        }
        at = text.index(at, offsetBy: 2, limitedBy: text.endIndex) ?? text.endIndex
        // An escaped brace is a sign like any other, and so is what stands behind a command's backslash.
        if rest.dropFirst().first?.isLetter == true { at = next }
        continue
      case "{":
        open.append((next, isBoxNext))
      case "}":
        if let (start, isBox) = open.popLast(), isBox, start >= (found?.inside.startIndex ?? text.startIndex) {
          let place = Place(inside: text[start..<at], behind: text[next...])
          if place.answer != nil { found = place }
        }
      default: break
      }
      isBoxNext = false
      at = next
    }
    return found
  }

  /// The rest of the last line that holds `####` and is no heading.
  private static func lastHashed(_ text: Substring) -> Place? {
    var found: Place?
    guard text.utf8.contains(UInt8(ascii: "#")) else { return nil }
    for line in text.split(omittingEmptySubsequences: true, whereSeparator: \.isNewline) {
      guard let marks = line.firstRange(of: "##") else { continue }
      let before = line[..<marks.lowerBound]
      let hashes = line[marks.lowerBound...].prefix { $0 == "#" }
      let inside = line[hashes.endIndex...]
      let isMarker = hashes.count == 4
      let startsLine = before.allSatisfy { $0.isWhitespace || $0 == "*" || $0 == ">" }
      // `So #### 18` in the middle of a line is meant as the marker; other headings stand at a line's beginning.
      guard startsLine || (isMarker && before.last?.isWhitespace == true) else { continue }
      let behind = text[line.endIndex...]
      let place = Place(inside: inside, behind: behind)
      guard let answer = place.answer else { continue }
      let isLast = behind.allSatisfy(\.isWhitespace)
      if isMarker
        ? isAnswer(answer.text, isLast: isLast) : isLast && isPlainValue(answer.text) && !isNumbered(answer.text)
      {
        found = place
      }
    }
    return found
  }

  /// False for what is a heading (`Step 1: add`, `2. Subtract`, `Calculating the total`): it does not look like a value, or is
  /// numbered.
  private static func isAnswer(_ text: String, isLast: Bool) -> Bool {
    if text.hasSuffix(":") || isNumbered(text) { return false }
    if isPlainValue(text) { return true }
    // Words alone are an answer (`Monday`, `New York`) where nothing follows and they do not announce work.
    let words = text.lowercased().split { !$0.isLetter }.map(String.init)
    return isLast && words.count <= 3 && !text.contains(",") && words.first?.hasSuffix("ing") != true
      && headings.isDisjoint(with: words)
  }

  /// True for `1. Add` and `(2) Subtract`: the number of an item in a list.
  private static func isNumbered(_ text: String) -> Bool {
    let digits = text.drop { $0 == "(" }.prefix { $0.isNumber }
    let behind = text[digits.endIndex...]
    return (1...2).contains(digits.count)
      && (behind.hasPrefix(". ") || behind.hasPrefix(") ") || behind.hasPrefix(": "))
  }

  private static let headings: Set = [
    "step", "part", "case", "solution", "explanation", "calculation", "calculations", "given", "conclusion", "method",
    "approach", "understanding", "verification", "note", "summary", "problem", "question", "analysis", "answer",
    "final", "let", "find", "calculate", "calculating", "finding", "determine", "determining", "introduction",
    "result", "results", "first", "second", "third", "next", "then", "now", "last", "total", "cost", "add",
    "subtract", "multiply", "divide", "compute", "understand", "setup", "plan", "solve", "check", "equation",
    "formula", "simplify", "substitute",
  ]

  /// True for a number, a formula, a letter, a list, yes or no: what nobody would write as a heading.
  private static func isPlainValue(_ text: String) -> Bool {
    guard let value = AnswerValue(text) else { return false }
    switch value.form {
    case .text: return false
    case .quantity(_, let unit): return unit.words.count <= 3
    case .set(let values): return !values.contains { if case .text = $0 { true } else { false } }
    default: return true
    }
  }

  /// What stands behind the last marker of the prompt's or the problem's own, up to the line's end.
  private static func lastMarked(_ text: Substring, _ markers: [String]) -> Place? {
    let places = markers.filter { !$0.isEmpty }.compactMap { marker in text.ranges(of: marker).last }
    guard let place = places.max(by: { $0.lowerBound < $1.lowerBound }) else { return nil }
    let inside = text[place.upperBound...].prefix { !$0.isNewline }
    let found = Place(inside: inside, behind: text[inside.endIndex...])
    return found.answer == nil ? nil : found
  }

  /// Bytes of a line in which an answer is announced: a longer one is no sentence.
  private static let longestLine = 4000

  /// What stands behind the last words that announce an answer: `The answer is 18.`, `**Answer:** 18`, `A: 18`, a heading
  /// `## Answer` with the answer below it.
  private static func lastAnnounced(_ text: Substring) -> Place? {
    var found: Place?
    let lines = text.split(omittingEmptySubsequences: true, whereSeparator: \.isNewline)
    for (number, line) in lines.enumerated() where line.utf8.count <= longestLine {
      if let inside = announced(line) {
        if let place = value(at: inside, in: text) { found = place }
      } else if isAnswerHeading(line), number + 1 < lines.count, let place = value(at: lines[number + 1], in: text) {
        found = place
      }
    }
    return found
  }

  /// The longest beginning of `inside` that is a value: the sentence, else what stands before a comma or a conjunction.
  private static func value(at inside: Substring, in text: Substring) -> Place? {
    var ends = [inside.endIndex]
    for separator in [". ", "; ", ", ", " because ", " since ", " which ", " and ", " so ", " ("] {
      if let range = inside.firstRange(of: separator) { ends.append(range.lowerBound) }
    }
    for end in ends.sorted(by: >) {
      let place = Place(inside: inside[..<end], behind: text[end...])
      guard let answer = place.answer, let value = AnswerValue(answer.text) else { continue }
      if case .text(let words) = value.form, words.split(separator: " ").count > 4 { continue }
      return place
    }
    return nil
  }

  /// What follows an announcement in a line; nil where the line holds none.
  private static func announced(_ line: Substring) -> Substring? {
    let plain = line.drop { $0.isWhitespace || "*_#>-".contains($0) }
    for name in ["A", "Ans", "ANS"] where plain.hasPrefix(name + ":") || plain.hasPrefix(name + "：") {
      return plain.dropFirst(name.count + 1)
    }
    let folded = line.lowercased()
    // Lower case may change the length of a line; then its words are not told apart by place.
    guard folded.utf8.count == line.utf8.count else { return nil }
    var best: Substring?
    for end in AnswerAnnouncement.ends(in: folded) {
      let offset = folded.utf8.distance(from: folded.startIndex, to: end)
      let start = line.utf8.index(line.startIndex, offsetBy: offset)
      var rest = line[start...]
      // `answer**:`, `answer is: `, `answer is therefore`
      rest = rest.drop { $0.isWhitespace || "*_:：=".contains($0) }
      if best.map({ rest.startIndex > $0.startIndex }) ?? true { best = rest }
    }
    return best
  }

  private static func isAnswerHeading(_ line: Substring) -> Bool {
    guard line.trimmed.first == "#" || line.trimmed.hasPrefix("**") else { return false }
    let words = line.lowercased().filter { $0.isLetter || $0 == " " }.split(separator: " ")
    return words == ["answer"] || words == ["final", "answer"] || words == ["the", "answer"]
  }

  /// The last line, where it is bold as a whole and a value: `**18**`.
  private static func lastAlone(_ text: Substring) -> Place? {
    guard text.utf8.contains(UInt8(ascii: "*")) else { return nil }
    guard
      let line = text.split(omittingEmptySubsequences: true, whereSeparator: \.isNewline).last(where: {
        !$0.trimmed.isEmpty
      })
    else {
      return nil
    }
    let bold = line.trimmed
    guard bold.count > 4, bold.hasPrefix("**"), bold.hasSuffix("**") || bold.hasSuffix("**.") else { return nil }
    let place = Place(inside: bold, behind: text[line.endIndex...])
    // `**1.**` is the number of a step.
    let isStep = bold.dropFirst(2).dropLast(2).trimmed.last == "."
    return !isStep && place.answer.map { isPlainValue($0.text) } == true ? place : nil
  }
}
