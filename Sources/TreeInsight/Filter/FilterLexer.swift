import TreeSearch

/// A piece of a filter and where it begins.
package struct FilterToken: Hashable {
  /// What it is.
  package enum Kind: Hashable {
    /// A field, a state, a number or any other run of characters.
    case word(String)
    /// What stood between quotation marks.
    case quoted(String)
    /// A run of `<`, `>`, `=` and a `!` before them, whether or not it means anything.
    case sign(String)
    case open, close, not, or
    /// The end of the text.
    case end
  }

  /// What it is.
  package let kind: Kind
  /// Character offsets of the token in the text.
  let range: Range<Int>
  /// The first character, counted from 1.
  package var column: Int { range.lowerBound + 1 }

  /// The token as an error message names it.
  package var name: String {
    switch kind {
    case .word(let text): "'\(text)'"
    case .quoted(let text): "\"\(text)\""
    case .sign(let text): "'\(text)'"
    case .open: "'('"
    case .close: "')'"
    case .not: "'!'"
    case .or: "'|'"
    case .end: "the end"
    }
  }
}

/// Cuts a filter into tokens. Complexity: O(length).
package struct FilterLexer {
  private let text: [Character]
  private var at = 0

  /// The tokens of `source`, `.end` last. Throws ``FilterError`` for a quotation that is never closed.
  package static func tokens(_ source: String) throws(FilterError) -> [FilterToken] {
    var lexer = FilterLexer(text: Array(source))
    var tokens: [FilterToken] = []
    repeat { tokens.append(try lexer.next()) } while tokens.last?.kind != .end
    return tokens
  }

  /// True where `text` is read as one word, without quotation marks.
  package static func isWord(_ text: String) -> Bool {
    !text.isEmpty && text.allSatisfy { !$0.isWhitespace && !reserved.contains($0) }
  }

  private init(text: [Character]) { self.text = text }

  private static let comparison: Set<Character> = ["<", ">", "="]
  private static let reserved: Set<Character> = ["<", ">", "=", "!", "|", "(", ")", "\""]

  private mutating func next() throws(FilterError) -> FilterToken {
    while at < text.count, text[at].isWhitespace { at += 1 }
    let start = at
    guard at < text.count else { return FilterToken(kind: .end, range: at..<at) }
    let kind = try kind(of: text[at])
    return FilterToken(kind: kind, range: start..<at)
  }

  private mutating func kind(of first: Character) throws(FilterError) -> FilterToken.Kind {
    let start = at
    at += 1
    switch first {
    case "(": return .open
    case ")": return .close
    case "|":
      if at < text.count, text[at] == "|" { at += 1 }
      return .or
    case "\"":
      guard let end = text[at...].firstIndex(of: "\"") else {
        throw FilterError(at: start + 1, "this quotation has no end: expected another \"")
      }
      defer { at = end + 1 }
      return .quoted(String(text[at..<end]))
    case "!" where at >= text.count || text[at] != "=": return .not
    case "!", "<", ">", "=":
      while at < text.count, Self.comparison.contains(text[at]) { at += 1 }
      return .sign(String(text[start..<at]))
    default:
      while at < text.count, !text[at].isWhitespace, !Self.reserved.contains(text[at]) { at += 1 }
      return .word(String(text[start..<at]))
    }
  }
}

/// A set of words that one kind of text may use.
enum FilterDialect: Hashable, Sendable {
  /// Conditions on nodes.
  case filter
  /// Conditions on nodes, and events.
  case breakpoint
  /// Conditions on finished trajectories.
  case rule

  /// Terms that are often used, for messages.
  var sample: String {
    switch self {
    case .filter: "n>10, q<0.4, pruned or \"text\""
    case .breakpoint: "n>10, terminal, merge or best changes"
    case .rule: "score>=0.8, agree>=4 or not contradicted"
    }
  }

  /// Every word with its meaning, in the order of completion: fields, states, events, connectives.
  var words: [(word: String, help: String)] {
    (self == .rule ? TrajectoryField.allCases.map { ($0.rawValue, $0.help) } : [])
      + FilterField.names.map { ($0.name, $0.help) }
      + [
        (FilterField.criticPrefix, "the score of any critic by name"), ("answer", "the final answer stated"),
        ("rollout", "what a fast rollout from here answers"),
        ("critics differ", "greatest score of a learned critic less the least"),
      ]
      + FilterState.allCases.map { ($0.rawValue, $0.help) }
      + (self == .filter ? FilterQuestion.words.map { ($0.word, $0.help) } : [])
      + (self == .breakpoint ? FilterEvents.names.map { ($0.name, $0.help) } : [])
      + [
        ("not", "what follows must not hold"), ("or", "one of both must hold"),
        ("and", "both must hold, as without it"),
      ]
  }

  /// The word that `text` is probably meant to be: at most one letter of a short word is wrong, two of a longer one.
  /// One or two letters are meant as they stand, unless a comparison follows them (`field`).
  ///
  /// Complexity: O(words × length²), for words of a few letters.
  func nearest(to text: String, field: Bool = false) -> String? {
    let typed = Array(text.lowercased().utf8)
    guard typed.count <= 16 else { return nil }
    let scored = words.map { (word: $0.word, distance: EditDistance.between(typed, Array($0.word.utf8))) }
    guard let best = scored.min(by: { $0.distance < $1.distance }) else { return nil }
    return best.distance <= (typed.count > 4 ? 2 : field || typed.count > 2 ? 1 : 0) ? best.word : nil
  }
}
