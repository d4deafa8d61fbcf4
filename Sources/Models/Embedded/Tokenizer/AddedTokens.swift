/// Tokens that stand outside the merges: special ones, and words added later.
struct AddedTokens: Sendable {
  /// One of them.
  struct Token: Sendable {
    let id: Int32
    /// In UTF-8.
    let content: [UInt8]
    let isSpecial: Bool
    /// Whether it is looked for in the normalized text.
    let isNormalized: Bool
    /// Not found inside a longer word.
    let isWord: Bool
    /// Takes the white space before it along.
    let stripsLeft: Bool
    /// Takes the white space after it along.
    let stripsRight: Bool
  }

  let all: [Token]
  /// Those looked for in the text as it is.
  let raw: TokenFinder
  /// Those looked for in the normalized text.
  let normalized: TokenFinder

  /// Reads `added_tokens` of `root`.
  ///
  /// - Parameter limit: tokens with this id and above are left out.
  init(_ root: JSONObject, _ normalizer: Normalizer, below limit: Int) throws {
    all = try root.objects("added_tokens").compactMap { json in
      let content = try json.string("content")
      guard !content.isEmpty else { throw json.error("content", "expected a text that is not empty") }
      let id = try json.integer("id", in: 0...9_999_999)
      if id >= limit { return nil }
      let isSpecial = try json.flag("special", default: false)
      return Token(
        id: Int32(id), content: Array(content.utf8), isSpecial: isSpecial,
        isNormalized: try json.flag("normalized", default: !isSpecial),
        isWord: try json.flag("single_word", default: false), stripsLeft: try json.flag("lstrip", default: false),
        stripsRight: try json.flag("rstrip", default: false))
    }
    raw = TokenFinder(all.filter { !$0.isNormalized }) { $0.content }
    normalized = TokenFinder(all.filter(\.isNormalized)) { token in
      Array(normalizer.normalized(String(decoding: token.content, as: UTF8.self)).utf8)
    }
  }
}

/// Finds added tokens in a text: leftmost first, of those the longest.
struct TokenFinder: Sendable {
  /// A piece of a text: plain, or one added token.
  enum Piece {
    case text(String)
    case token(Int32)
  }

  private struct Candidate: Sendable {
    let text: [UInt8]
    let token: AddedTokens.Token
  }

  /// First byte → tokens, longest first.
  private let candidates: [UInt8: [Candidate]]

  /// - Parameter text: what is looked for to find a token.
  init(_ tokens: [AddedTokens.Token], _ text: (AddedTokens.Token) -> [UInt8]) {
    let all = tokens.map { Candidate(text: text($0), token: $0) }.filter { !$0.text.isEmpty }
    candidates = Dictionary(grouping: all) { $0.text[0] }.mapValues { $0.sorted { $0.text.count > $1.text.count } }
  }

  /// `text` cut at added tokens; special ones are only seen where `specials` is true. Complexity: O(length) times the tokens
  /// that begin with one byte.
  func pieces(of text: String, specials: Bool) -> [Piece] {
    if text.isEmpty { return [] }
    if candidates.isEmpty { return [.text(text)] }
    let bytes = Array(text.utf8)
    var pieces: [Piece] = []
    var start = 0
    var at = 0
    func plain(_ range: Range<Int>) {
      if !range.isEmpty { pieces.append(.text(String(decoding: bytes[range], as: UTF8.self))) }
    }
    while at < bytes.count {
      guard let found = candidates[bytes[at]]?.first(where: { bytes[at...].starts(with: $0.text) }) else {
        at += 1
        continue
      }
      var range = at..<at + found.text.count
      at = range.upperBound
      if found.token.isSpecial, !specials { continue }
      if found.token.isWord, !Self.isWord(range, bytes) { continue }
      if found.token.stripsLeft { range = max(start, Self.spaceStart(range.lowerBound, bytes))..<range.upperBound }
      if found.token.stripsRight { range = range.lowerBound..<Self.spaceEnd(range.upperBound, bytes) }
      plain(min(start, range.lowerBound)..<range.lowerBound)
      pieces.append(.token(found.token.id))
      start = range.upperBound
      at = max(at, start)
    }
    plain(min(start, bytes.count)..<bytes.count)
    return pieces
  }

  private static func scalar(before end: Int, _ bytes: [UInt8]) -> Unicode.Scalar? {
    var start = end - 1
    while start > 0, bytes[start] & 0xC0 == 0x80 { start -= 1 }
    return start < 0 ? nil : String(decoding: bytes[start..<end], as: UTF8.self).unicodeScalars.first
  }

  private static func scalar(from start: Int, _ bytes: [UInt8]) -> Unicode.Scalar? {
    String(decoding: bytes[start..<min(start + 4, bytes.count)], as: UTF8.self).unicodeScalars.first
  }

  private static func isWord(_ range: Range<Int>, _ bytes: [UInt8]) -> Bool {
    let neighbours = [scalar(before: range.lowerBound, bytes), scalar(from: range.upperBound, bytes)]
    return !neighbours.contains { scalar in
      guard let scalar else { return false }
      let properties = scalar.properties
      if properties.isAlphabetic || properties.isJoinControl { return true }
      return switch properties.generalCategory {
      case .nonspacingMark, .spacingMark, .enclosingMark, .decimalNumber, .connectorPunctuation: true
      default: false
      }
    }
  }

  private static func spaceStart(_ end: Int, _ bytes: [UInt8]) -> Int {
    var start = end
    while let scalar = scalar(before: start, bytes), scalar.properties.isWhitespace { start -= UTF8.width(scalar) }
    return start
  }

  private static func spaceEnd(_ start: Int, _ bytes: [UInt8]) -> Int {
    var end = start
    while let scalar = scalar(from: end, bytes), scalar.properties.isWhitespace { end += UTF8.width(scalar) }
    return end
  }
}
