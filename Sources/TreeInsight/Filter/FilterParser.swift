import TreeSearch

/// Reads filters and breakpoints by recursive descent.
///
///     any  := all ("or" all)*            or: also |
///     all  := part ("and"? part)*
///     part := ("not" | "!") part | "(" any ")" | term
///     term := FIELD SIGN NUMBER | ("answer" | "rollout") ("=" | "!=") VALUE | "thought" "=" VALUE | STATE | EVENT | TEXT
struct FilterParser {
  private let dialect: FilterDialect
  private let tokens: [FilterToken]
  private var at = 0
  private var depth = 0

  /// Parentheses and negations inside one another.
  private static let mostNested = 64

  /// The condition that `source` states. Throws ``FilterError``. Complexity: O(length).
  static func condition(_ source: String, _ dialect: FilterDialect) throws(FilterError) -> Condition {
    var parser = FilterParser(dialect: dialect, tokens: try FilterLexer.tokens(source))
    let condition = try parser.any()
    guard parser.token.kind == .end else {
      throw FilterError(at: parser.token.column, "this ) closes nothing")
    }
    return condition
  }

  private init(dialect: FilterDialect, tokens: [FilterToken]) {
    self.dialect = dialect
    self.tokens = tokens
  }

  private var token: FilterToken { tokens[at] }

  /// The word at hand, if it is one of the language's: in lower case.
  private var word: String? { if case .word(let text) = token.kind { text.lowercased() } else { nil } }

  private mutating func any() throws(FilterError) -> Condition {
    var parts = [try all()]
    while token.kind == .or || word == "or" {
      at += 1
      parts.append(try all())
    }
    return parts.count == 1 ? parts[0] : .any(parts)
  }

  private mutating func all() throws(FilterError) -> Condition {
    var parts: [Condition] = []
    while !endsGroup {
      if !parts.isEmpty, word == "and" { at += 1 }
      parts.append(try part())
    }
    guard !parts.isEmpty else {
      throw FilterError(at: token.column, "expected terms such as \(dialect.sample), found \(token.name)")
    }
    return parts.count == 1 ? parts[0] : .all(parts)
  }

  private var endsGroup: Bool { [.end, .close, .or].contains(token.kind) || word == "or" }

  private mutating func part() throws(FilterError) -> Condition {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.mostNested else {
      throw FilterError(at: token.column, "expected at most \(Self.mostNested) parentheses inside one another")
    }
    let start = token
    if start.kind == .not || word == "not" {
      at += 1
      guard !endsGroup else {
        throw FilterError(at: token.column, "expected a term after \(start.name), found \(token.name)")
      }
      let part = try part()
      guard part.events.isEmpty else {
        throw FilterError(at: start.column, "an event cannot be negated: expected a condition on the node")
      }
      return .not(part)
    }
    guard start.kind == .open else { return .term(try term()) }
    at += 1
    let inside = try any()
    guard token.kind == .close else {
      throw FilterError(at: token.column, "expected ) for the ( in column \(start.column)")
    }
    at += 1
    return inside
  }

  private mutating func term() throws(FilterError) -> FilterTerm {
    let first = token
    at += 1
    switch first.kind {
    case .quoted(let text):
      guard !text.isEmpty else { throw FilterError(at: first.column, "expected some text between the quotation marks") }
      return .text(SoughtText(text))
    case .word(let text): return try term(text, first)
    default: throw FilterError(at: first.column, "expected a field before \(first.name)")
    }
  }

  private mutating func term(_ text: String, _ first: FilterToken) throws(FilterError) -> FilterTerm {
    let name = text.lowercased()
    if name == "answer" { return try answer() }
    // The word alone asks whether there is any thinking.
    if name == "thought", case .sign = token.kind { return .thought(SoughtText(try thought())) }
    if name == "critics" {
      try second("differ", after: name)
      return try comparison(.spread, "critics differ")
    }
    if dialect == .rule, let field = TrajectoryField(rawValue: name) {
      let (comparison, number) = try compared(text)
      return .trajectory(field, comparison, number)
    }
    if !isSign, let question = try question(name, first) { return .whole(question) }
    if let field = FilterField(text) { return try comparison(field, text) }
    if case .sign(let sign) = token.kind {
      if FilterState(rawValue: name) != nil || FilterQuestion(name) != nil {
        throw FilterError(
          at: token.column, "'\(name)' is true or not, and has no number: expected no \(sign) after it")
      }
      if name == "rollout" { return try rollout() }
      let nearest = dialect.nearest(to: name, field: true).map { "did you mean '\($0)'?" }
      let own = dialect == .rule ? TrajectoryField.allCases.map(\.rawValue) : []
      let fields = (own + FilterField.names.prefix(12).map(\.name)).joined(separator: ", ")
      throw FilterError(
        at: first.column, "unknown field '\(text)': \(nearest ?? "expected \(fields), critic.NAME, answer or thought")")
    }
    if let state = FilterState(rawValue: name) { return .state(state) }
    if let event = try event(name, first) { return event }
    return try looseText(text, first)
  }

  /// True where a sign follows.
  private var isSign: Bool { if case .sign = token.kind { true } else { false } }

  /// What only the whole tree can say, where the word asks for it. A breakpoint or a rule says why it cannot.
  private func question(_ name: String, _ first: FilterToken) throws(FilterError) -> FilterQuestion? {
    guard let question = FilterQuestion(name) else {
      guard dialect == .filter, name.hasPrefix(FilterQuestion.prefix) else { return nil }
      let selections = FinalSelection.allCases.map(\.rawValue).joined(separator: ", ")
      throw FilterError(
        at: first.column + FilterQuestion.prefix.count, "chosen: expected \(selections), found \(first.name)")
    }
    guard dialect == .filter else {
      throw FilterError(
        at: first.column, "'\(name)' is asked of a whole tree: only a filter knows it; \(Self.quote(name))")
    }
    return question
  }

  /// An event, where the word begins one. A filter says why it cannot have it.
  private mutating func event(_ name: String, _ first: FilterToken) throws(FilterError) -> FilterTerm? {
    for known in FilterEvents.names {
      let parts = known.name.split(separator: " ").map(String.init)
      guard parts[0] == name else { continue }
      guard dialect == .breakpoint else {
        // `best` alone is no event: it may well be text.
        if parts.count > 1, word != parts[1] { return nil }
        throw FilterError(
          at: first.column, "'\(known.name)' is an event: only a breakpoint knows it; \(Self.quote(name))")
      }
      if parts.count > 1 { try second(parts[1], after: name) }
      return .event(known.event)
    }
    return nil
  }

  /// A word that is none of the language's is text, unless it is nearly one.
  private func looseText(_ text: String, _ first: FilterToken) throws(FilterError) -> FilterTerm {
    if let nearest = dialect.nearest(to: text) {
      throw FilterError(at: first.column, "unknown word '\(text)': did you mean '\(nearest)'? \(Self.quote(text))")
    }
    return .text(SoughtText(text))
  }

  private static func quote(_ text: String) -> String { "\"\(text)\" looks for the text" }

  private mutating func second(_ word: String, after first: String) throws(FilterError) {
    guard self.word == word else {
      throw FilterError(at: token.column, "expected '\(first) \(word)', found \(token.name) after '\(first)'")
    }
    at += 1
  }

  private mutating func comparison(_ field: FilterField, _ name: String) throws(FilterError) -> FilterTerm {
    let (comparison, number) = try compared(name)
    return .number(field, comparison, number)
  }

  /// The sign and the number behind the field `name`.
  private mutating func compared(_ name: String) throws(FilterError) -> (FilterComparison, Double) {
    guard case .sign(let sign) = token.kind, let comparison = FilterComparison(sign) else {
      throw FilterError(at: token.column, "\(name): expected \(FilterComparison.list), found \(token.name)")
    }
    at += 1
    let value = token
    guard case .word(let text) = value.kind, let number = Double(text), number.isFinite else {
      throw FilterError(at: value.column, "\(name): expected a number, found \(value.name)")
    }
    at += 1
    return (comparison, number)
  }

  /// The text that thinking is to hold.
  private mutating func thought() throws(FilterError) -> String {
    guard case .sign(let sign) = token.kind, FilterComparison(sign) == .equal else {
      throw FilterError(at: token.column, "thought: expected =, found \(token.name)")
    }
    at += 1
    let value = token
    switch value.kind {
    case .word(let text), .quoted(let text):
      at += 1
      return text
    default: throw FilterError(at: value.column, "thought: expected a text, found \(value.name)")
    }
  }

  private mutating func answer() throws(FilterError) -> FilterTerm {
    let (answer, isEqual) = try comparedAnswer("answer")
    return .answer(answer, isEqual: isEqual)
  }

  /// What a fast rollout from a node is to answer.
  private mutating func rollout() throws(FilterError) -> FilterTerm {
    let (answer, isEqual) = try comparedAnswer("rollout", note: "; 'rollouts' counts them")
    return .rollout(answer, isEqual: isEqual)
  }

  /// `=` or `!=` and the answer behind it.
  private mutating func comparedAnswer(
    _ name: String, note: String = ""
  ) throws(FilterError) -> (answer: String, isEqual: Bool) {
    guard case .sign(let sign) = token.kind, let comparison = FilterComparison(sign),
      [.equal, .unequal].contains(comparison)
    else { throw FilterError(at: token.column, "\(name): expected = or !=, found \(token.name)\(note)") }
    at += 1
    let value = token
    switch value.kind {
    case .word(let text), .quoted(let text):
      at += 1
      return (text, comparison == .equal)
    default: throw FilterError(at: value.column, "\(name): expected an answer, found \(value.name)")
    }
  }
}
