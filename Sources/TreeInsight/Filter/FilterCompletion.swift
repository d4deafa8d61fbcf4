import TreeSearch

/// What can be typed next in a filter, a breakpoint or a setting.
public struct FilterCompletion: Hashable, Sendable {
  /// One continuation.
  public struct Item: Hashable, Sendable {
    /// The text that replaces ``FilterCompletion/range``.
    public let text: String
    /// What it means, in a few words.
    public let help: String
  }

  /// Character offsets of what the continuation replaces: the word that ends at the cursor, or nothing there.
  public let range: Range<Int>
  /// Continuations, the most useful first; none where only the person knows (a number, an answer, text).
  public let items: [Item]

  /// Continuations of a filter at `cursor`, a character offset. `critics` are the names after `critic.`.
  ///
  /// Complexity: O(length + words).
  public static func filter(_ text: String, cursor: Int, critics: [String] = []) -> FilterCompletion {
    FilterCompletion(text, cursor, critics, .filter)
  }

  /// Continuations of a breakpoint, events included.
  public static func breakpoint(_ text: String, cursor: Int, critics: [String] = []) -> FilterCompletion {
    FilterCompletion(text, cursor, critics, .breakpoint)
  }

  init(range: Range<Int>, items: [Item]) { (self.range, self.items) = (range, items) }

  private init(_ text: String, _ cursor: Int, _ critics: [String], _ dialect: FilterDialect) {
    let before = String(text.prefix(max(0, cursor)))
    let end = before.count
    // Inside a quotation only the person knows.
    var words = (try? FilterLexer.tokens(before))?.dropLast()
    var typed = FilterToken(kind: .word(""), range: end..<end)
    if let last = words?.last, last.range.upperBound == end, case .word = last.kind {
      words?.removeLast()
      typed = last
    }
    range = typed.range
    let prefix = before.suffix(range.count).lowercased()
    items = words.map { Self.items(after: Array($0), typed: prefix, critics, dialect) } ?? []
  }

  private static func items(
    after tokens: [FilterToken], typed: String, _ critics: [String], _ dialect: FilterDialect
  ) -> [Item] {
    if case .sign = tokens.last?.kind { return [] }
    let last = tokens.last.flatMap { if case .word(let text) = $0.kind { text } else { nil } } ?? ""
    // A number after a sign is a value, however much it looks like a name.
    let isValue = tokens.dropLast().last.map { if case .sign = $0.kind { true } else { false } } ?? false
    if !isValue, typed.isEmpty, let signs = signs(after: last, tokens) { return signs }
    if typed.hasPrefix(FilterField.criticPrefix) {
      return critics.map { Item(text: FilterField.criticPrefix + $0, help: "the score of \($0)") }
        .filter { $0.text.lowercased().hasPrefix(typed) }
    }
    // The second word of a pair goes on from the first.
    let pair = last.lowercased() + " "
    let second = dialect.words.filter { $0.word.hasPrefix(pair + typed) }
    if !isValue, !second.isEmpty {
      return second.map { Item(text: String($0.word.dropFirst(pair.count)), help: $0.help) }
    }
    return dialect.words.filter { $0.word.lowercased().hasPrefix(typed) }.map { Item(text: $0.word, help: $0.help) }
  }

  private static func signs(after word: String, _ tokens: [FilterToken]) -> [Item]? {
    if ["answer", "rollout"].contains(word.lowercased()) {
      return [Item(text: "=", help: "the answer is"), Item(text: "!=", help: "the answer is another")]
    }
    var isField = FilterField(word) != nil
    if word.lowercased() == "differ", case .word(let first)? = tokens.dropLast().last?.kind {
      isField = first.lowercased() == "critics"
    }
    return isField ? FilterComparison.allCases.map { Item(text: $0.rawValue, help: "compares with a number") } : nil
  }
}
