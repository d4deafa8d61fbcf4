import TreeInsight

/// A row of a list that can be asked for by words and fields.
protocol QueriedRow: Sendable {
  /// What can be asked for by name, as `agree` in `agree<4` and `by` in `by=ana`.
  static var fields: [RowField] { get }
  /// Words that are often looked for, which are named to whoever types.
  static var words: [RowWord] { get }
  /// A number of it by its name; nil where it has none.
  func number(_ name: String) -> Double?
  /// A text of it by its name; nil where it has none.
  func text(_ name: String) -> String?
  /// True where words of a query are found in it.
  func says(_ text: SoughtText) -> Bool
}

/// A field of rows by its name.
typealias RowField = FilterCompletion.RowField
/// A word that rows say, with its meaning.
typealias RowWord = FilterCompletion.RowWord

/// What the shown rows of a list must have: `wrong not committed`, `agree<4 or worth>.5`, `split=dev (ana or bob)`, `"the text"`.
///
/// Words are looked for in the row; between words both must hold. It is typed letter by letter: what is not finished yet asks for
/// nothing.
struct RowQuery<Row: QueriedRow>: Sendable {
  /// The text it was made from.
  let source: String
  private let condition: RowCondition

  /// Reads a query. Throws `FilterError` for one that cannot be read. Complexity: O(length).
  init(_ source: String) throws(FilterError) {
    self.source = source
    var reader = Reader(tokens: try FilterLexer.tokens(source))
    condition = try reader.whole()
  }

  /// True where the row has what is asked for. Complexity: O(text of the row × terms).
  func matches(_ row: Row) -> Bool { condition.holds(row) }

  /// Reads by recursive descent, as filters of nodes are read.
  private struct Reader {
    let tokens: [FilterToken]
    var at = 0
    var depth = 0

    private var token: FilterToken { tokens[at] }
    private var word: String? { if case .word(let text) = token.kind { text.lowercased() } else { nil } }
    private var endsGroup: Bool { [.end, .close, .or].contains(token.kind) || word == "or" }

    mutating func whole() throws(FilterError) -> RowCondition {
      let condition = try any()
      guard token.kind == .end else { throw FilterError(at: token.column, "this ) closes nothing") }
      return condition
    }

    private mutating func any() throws(FilterError) -> RowCondition {
      var parts = [try all()]
      while token.kind == .or || word == "or" {
        at += 1
        // Nothing after it yet: what stands there so far.
        if !endsGroup { parts.append(try all()) }
      }
      return .any(parts)
    }

    private mutating func all() throws(FilterError) -> RowCondition {
      var parts: [RowCondition] = []
      while !endsGroup {
        if word == "and" { at += 1 } else { parts.append(try part()) }
      }
      return .all(parts)
    }

    private mutating func part() throws(FilterError) -> RowCondition {
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
      -> RowCondition
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
      let field = name.lowercased()
      let known = Row.fields.first { $0.name == field }
      if known?.isNumber == true {
        guard let number = Double(text) else {
          throw FilterError(at: value.column, "\(name): expected a number, found '\(text)'")
        }
        return .number(field, comparison, number)
      }
      guard known != nil, [.equal, .unequal].contains(comparison) else {
        let names = Row.fields.map { $0.isNumber ? $0.name : "\($0.name)=" }
        throw FilterError(at: first.column, "unknown field '\(name)': expected \(names.joined(separator: ", "))")
      }
      return .equal(field, text.lowercased(), isEqual: comparison == .equal)
    }
  }
}

/// What a query asks of a row.
private indirect enum RowCondition: Sendable {
  case all([RowCondition])
  case any([RowCondition])
  case not(RowCondition)
  case text(SoughtText)
  case number(String, FilterComparison, Double)
  case equal(String, String, isEqual: Bool)

  func holds(_ row: some QueriedRow) -> Bool {
    switch self {
    case .all(let parts): parts.allSatisfy { $0.holds(row) }
    case .any(let parts): parts.contains { $0.holds(row) }
    case .not(let part): !part.holds(row)
    case .text(let text): row.says(text)
    case .number(let field, let comparison, let number):
      row.number(field).map { comparison.holds($0, number) } ?? false
    case .equal(let field, let value, let isEqual):
      row.text(field).map { ($0.lowercased() == value) == isEqual } ?? !isEqual
    }
  }
}
