import TreeInsight

/// What shown problems must have: `wrong not committed`, `agree<4 or worth>.5`, `split=dev (ana or bob)`, `"the text"`.
///
/// Words are looked for in the row; between words both must hold. It is typed letter by letter: what is not finished yet asks for
/// nothing.
struct ProblemQuery: Sendable {
  /// The text it was made from.
  let source: String
  private let condition: Condition

  private indirect enum Condition: Sendable {
    case all([Condition])
    case any([Condition])
    case not(Condition)
    case text(SoughtText)
    case number(Field, FilterComparison, Double)
    case equal(Column, String, isEqual: Bool)

    func holds(_ entry: ProblemEntry) -> Bool {
      switch self {
      case .all(let parts): parts.allSatisfy { $0.holds(entry) }
      case .any(let parts): parts.contains { $0.holds(entry) }
      case .not(let part): !part.holds(entry)
      case .text(let text): entry.says(text)
      case .number(let field, let comparison, let number):
        field.value(entry).map { comparison.holds($0, number) } ?? false
      case .equal(let column, let value, let isEqual):
        column.value(entry).map { ($0.lowercased() == value) == isEqual } ?? !isEqual
      }
    }
  }

  /// A number of a row.
  enum Field: String, CaseIterable {
    case agree, sims, tokens, worth

    func value(_ entry: ProblemEntry) -> Double? {
      guard let result = entry.result else { return nil }
      return switch self {
      case .agree: result.agreement.map(Double.init)
      case .sims: Double(result.simulations)
      case .tokens: Double(result.tokens)
      case .worth: result.worth?.total
      }
    }
  }

  /// A text of a row.
  enum Column: String, CaseIterable {
    case id, answer, reference, tier, split, by, verdict

    func value(_ entry: ProblemEntry) -> String? {
      switch self {
      case .id: entry.id
      case .answer: entry.result?.answer
      case .reference: entry.answer
      case .tier: entry.tier
      case .split: entry.split
      case .by: entry.decision?.who
      case .verdict: entry.decision.map { $0.verdict?.rawValue ?? "none" }
      }
    }
  }

  /// Reads a query. Throws `FilterError` for one that cannot be read. Complexity: O(length).
  init(_ source: String) throws(FilterError) {
    self.source = source
    var reader = Reader(tokens: try FilterLexer.tokens(source))
    condition = try reader.whole()
  }

  /// True where the row has what is asked for. Complexity: O(text of the row × terms).
  func matches(_ entry: ProblemEntry) -> Bool { condition.holds(entry) }

  /// Reads by recursive descent, as filters of nodes are read.
  private struct Reader {
    let tokens: [FilterToken]
    var at = 0
    var depth = 0

    private var token: FilterToken { tokens[at] }
    private var word: String? { if case .word(let text) = token.kind { text.lowercased() } else { nil } }
    private var endsGroup: Bool { [.end, .close, .or].contains(token.kind) || word == "or" }

    mutating func whole() throws(FilterError) -> Condition {
      let condition = try any()
      guard token.kind == .end else { throw FilterError(at: token.column, "this ) closes nothing") }
      return condition
    }

    private mutating func any() throws(FilterError) -> Condition {
      var parts = [try all()]
      while token.kind == .or || word == "or" {
        at += 1
        // Nothing after it yet: what stands there so far.
        if !endsGroup { parts.append(try all()) }
      }
      return .any(parts)
    }

    private mutating func all() throws(FilterError) -> Condition {
      var parts: [Condition] = []
      while !endsGroup {
        if word == "and" { at += 1 } else { parts.append(try part()) }
      }
      return .all(parts)
    }

    private mutating func part() throws(FilterError) -> Condition {
      depth += 1
      defer { depth -= 1 }
      guard depth < 64 else {
        throw FilterError(at: token.column, "expected at most 64 parentheses inside one another")
      }
      let first = token
      at += 1
      switch first.kind {
      case .not: return endsGroup ? .all([]) : .not(try part())
      case .word(let text) where text.lowercased() == "not": return endsGroup ? .all([]) : .not(try part())
      case .open:
        let inside = try any()
        if token.kind == .close { at += 1 }
        return inside
      case .quoted(let text): return .text(SoughtText(text))
      case .word(let text):
        guard case .sign(let sign) = token.kind else { return .text(SoughtText(text)) }
        return try compared(text, sign, first)
      default: throw FilterError(at: first.column, "expected a word or a field before \(first.name)")
      }
    }

    private mutating func compared(_ name: String, _ sign: String, _ first: FilterToken) throws(FilterError)
      -> Condition
    {
      guard let comparison = FilterComparison(sign) else {
        throw FilterError(at: token.column, "\(name): expected one of < <= = != >= >, found '\(sign)'")
      }
      at += 1
      let value = token
      // Not typed yet.
      if value.kind == .end { return .all([]) }
      at += 1
      let text: String
      switch value.kind {
      case .word(let word), .quoted(let word): text = word
      default: throw FilterError(at: value.column, "\(name): expected a value, found \(value.name)")
      }
      if let field = Field(rawValue: name.lowercased()) {
        guard let number = Double(text) else {
          throw FilterError(at: value.column, "\(name): expected a number, found '\(text)'")
        }
        return .number(field, comparison, number)
      }
      guard let column = Column(rawValue: name.lowercased()), [.equal, .unequal].contains(comparison) else {
        let known = Field.allCases.map(\.rawValue) + Column.allCases.map { "\($0.rawValue)=" }
        throw FilterError(at: first.column, "unknown field '\(name)': expected \(known.joined(separator: ", "))")
      }
      return .equal(column, text.lowercased(), isEqual: comparison == .equal)
    }
  }
}
