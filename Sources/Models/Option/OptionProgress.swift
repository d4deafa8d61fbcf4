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
  mutating func append(_ token: [UInt8]) -> Sample.Ending? {
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
