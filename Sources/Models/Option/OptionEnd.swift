import Vocabulary

/// Where an option ends: the termination function β of the options framework (AlphaLLM, section 4.2).
///
/// Whatever is set here, an option also ends at the end of text and at its request's length cap.
public struct OptionEnd: Sendable, Hashable {
  /// Texts, as bytes, that end the option with the token that completes one of them; they may span tokens.
  public var stops: [[UInt8]]
  /// A stop text counts only if the option holds a formula by then; without one the next stop text ends it in any case,
  /// as AlphaLLM's code reads on for one more span and no further.
  public var needsFormula: Bool
  /// Ends the option before a token whose distribution (temperature 1, nothing left out) has a greater entropy than this,
  /// in nats, if that token would begin a new word; nil switches it off.
  public var entropy: Double?

  /// Makes a rule; with everything left out an option ends with the text or at its length cap only.
  public init(stops: [[UInt8]] = [], needsFormula: Bool = false, entropy: Double? = nil) {
    self.stops = stops
    self.needsFormula = needsFormula
    self.entropy = entropy
  }

  /// Throws where a field is out of its range; `model` names the model in the message.
  func validated(for model: String) throws {
    if stops.contains(where: \.isEmpty) { throw ModelError(model, "stops", "expected texts of at least one byte") }
    if let entropy, !(entropy >= 0 && entropy.isFinite) {
      throw ModelError(model, "entropy", "expected a finite number of 0 or more, got \(entropy)")
    }
  }
}

/// An option under way, as far as its termination rule looks at it: the bytes so far and the stop texts passed over.
struct OptionProgress {
  private let end: OptionEnd
  private var bytes: [UInt8] = []
  /// Where the next stop text may begin: after the token that completed the last one.
  private var stopsFrom = 0
  private var hasPassedStop = false
  private var saysSomething = false

  init(_ end: OptionEnd) { self.end = end }

  /// Takes the bytes of the next token; what ends the option with it, if anything does.
  ///
  /// Complexity: O(token × stop texts); O(option) more where a stop text is completed.
  mutating func append(_ token: [UInt8]) -> Termination? {
    let start = bytes.count
    bytes += token
    saysSomething = saysSomething || token.contains { !WordBoundary.isSpace($0) }
    guard completesStop(after: start) else { return nil }
    stopsFrom = bytes.count
    guard end.needsFormula else { return .stopText }
    if FormulaFinder.holdsFormula(bytes) { return .formula }
    defer { hasPassedStop = true }
    return hasPassedStop ? .stopText : nil
  }

  /// The entropy above which the next token, whose bytes are `next`, is left to the next option. Nil where the rule is
  /// off, where the option would be blank, and where a word would be cut.
  func threshold(before next: [UInt8]) -> Double? {
    guard let entropy = end.entropy, saysSomething, WordBoundary.lies(between: bytes, and: next) else { return nil }
    return entropy
  }

  /// True where a stop text ends in what follows the first `start` bytes.
  private func completesStop(after start: Int) -> Bool {
    end.stops.contains { stop in
      let first = max(stopsFrom, start - stop.count + 1)
      return first + stop.count <= bytes.count && bytes[first...].firstRange(of: stop) != nil
    }
  }
}

/// Where one word ends and another begins, in bytes that a tokenizer has cut anywhere.
enum WordBoundary {
  /// True for the white space of ASCII.
  static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }

  /// True where `next` begins a new word after `text`: it starts with white space, or `text` ends in white space or in
  /// punctuation that does not join two halves of a word or number (3.14, don't). Half a character is no boundary.
  static func lies(between text: [UInt8], and next: [UInt8]) -> Bool {
    // The last two characters, and the first one.
    let tail = String(decoding: text.suffix(8), as: UTF8.self).unicodeScalars
    guard let last = tail.last, last != replacement else { return false }
    if last.properties.isWhitespace { return true }
    guard let first = String(decoding: next.prefix(4), as: UTF8.self).unicodeScalars.first else { return false }
    if first.properties.isWhitespace { return true }
    guard isPunctuation(last) else { return false }
    let joins = tail.dropLast().last.map(isWordLike) == true && isWordLike(first)
    return !joins
  }

  /// What half a character is decoded to; most likely half a letter.
  private static let replacement: Unicode.Scalar = "\u{FFFD}"

  private static func isWordLike(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.isAlphabetic || scalar.properties.numericType != nil || scalar == replacement
  }

  private static func isPunctuation(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation, .initialPunctuation,
      .finalPunctuation, .otherPunctuation:
      true
    default: false
    }
  }
}
