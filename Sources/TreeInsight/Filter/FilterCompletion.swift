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
    let (words, typed) = Self.split(text, cursor)
    range = typed.range
    let prefix = text.prefix(max(0, cursor)).suffix(range.count).lowercased()
    items = words.map { Self.items(after: $0, typed: prefix, critics, dialect) } ?? []
  }

  /// The tokens before the word that ends at the cursor, and that word; no tokens inside a quotation, where only the person knows.
  private static func split(_ text: String, _ cursor: Int) -> (before: [FilterToken]?, typed: FilterToken) {
    let before = String(text.prefix(max(0, cursor)))
    let end = before.count
    var words = (try? FilterLexer.tokens(before))?.dropLast()
    var typed = FilterToken(kind: .word(""), range: end..<end)
    if let last = words?.last, last.range.upperBound == end, case .word = last.kind {
      words?.removeLast()
      typed = last
    }
    return (words.map { Array($0) }, typed)
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

extension FilterCompletion {
  /// A field that rows of a list can be asked for.
  public struct RowField: Hashable, Sendable {
    /// Its name.
    public let name: String
    /// What it is, in a few words.
    public let help: String
    /// True where it is compared as a number, false where as a text.
    public let isNumber: Bool

    /// A field.
    public init(_ name: String, _ help: String, isNumber: Bool = false) {
      (self.name, self.help, self.isNumber) = (name, help, isNumber)
    }
  }

  /// A word that rows of a list say.
  public struct RowWord: Hashable, Sendable {
    /// The word.
    public let word: String
    /// What it means, in a few words.
    public let help: String

    /// A word.
    public init(_ word: String, _ help: String) { (self.word, self.help) = (word, help) }
  }

  /// Continuations of a query of rows at `cursor`, a character offset: words and fields, behind a field its signs, behind the sign
  /// of a text what `values` says of it.
  ///
  /// Complexity: O(length + words), and that of `values`.
  public static func rows(
    _ text: String, cursor: Int, fields: [RowField], words: [RowWord], values: (String) -> [String]
  ) -> FilterCompletion {
    let (before, typed) = split(text, cursor)
    guard let before else { return FilterCompletion(range: typed.range, items: []) }
    let prefix = String(text.prefix(max(0, cursor)).suffix(typed.range.count)).lowercased()
    func starting(_ items: [Item]) -> FilterCompletion {
      FilterCompletion(range: typed.range, items: items.filter { $0.text.lowercased().hasPrefix(prefix) })
    }
    func field(_ token: FilterToken?) -> RowField? {
      guard case .word(let name)? = token?.kind else { return nil }
      return fields.first { $0.name == name.lowercased() }
    }
    if case .sign? = before.last?.kind {
      let field = field(before.dropLast().last)
      return starting(field.map { field in values(field.name).map { Item(text: $0, help: field.help) } } ?? [])
    }
    func signs(of field: RowField) -> [Item] {
      (field.isNumber ? FilterComparison.allCases : [.equal, .unequal]).map {
        Item(text: $0.rawValue, help: field.help)
      }
    }
    if prefix.isEmpty, let field = field(before.last) { return starting(signs(of: field)) }
    // A name that is there in full is gone on from.
    if let field = field(typed) {
      let end = typed.range.upperBound
      return FilterCompletion(range: end..<end, items: signs(of: field))
    }
    let joining = [("not", "what follows must not hold"), ("or", "one of both must hold")]
    return starting(
      words.map { Item(text: $0.word, help: $0.help) } + fields.map { Item(text: $0.name, help: $0.help) }
        + joining.map { Item(text: $0.0, help: $0.1) })
  }
}
