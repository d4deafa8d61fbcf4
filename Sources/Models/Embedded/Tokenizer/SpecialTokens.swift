import Foundation

/// Tokens that stand outside the merges: special ones, and words added later.
struct AddedTokens: Sendable {
  /// One of them.
  struct Token: Sendable {
    let id: Int32
    let content: String
    let isSpecial: Bool
  }

  /// A piece of a text: plain, or one added token.
  enum Piece {
    case text(String)
    case token(Int32)
  }

  let all: [Token]
  private let plain: NSRegularExpression?
  private let withSpecial: NSRegularExpression?

  /// Reads `added_tokens` of `root`.
  init(_ root: JSONObject) throws {
    all = try root.objects("added_tokens").map { json in
      for field in ["single_word", "lstrip", "rstrip"] where try json.flag(field, default: false) {
        throw json.error(field, "expected false")
      }
      let content = try json.string("content")
      guard !content.isEmpty else { throw json.error("content", "expected a text that is not empty") }
      return Token(
        id: Int32(try json.integer("id", in: 0...9_999_999)), content: content,
        isSpecial: try json.flag("special", default: false))
    }
    plain = Self.expression(all.filter { !$0.isSpecial })
    withSpecial = Self.expression(all)
  }

  private static func expression(_ tokens: [Token]) -> NSRegularExpression? {
    if tokens.isEmpty { return nil }
    let longestFirst = tokens.map(\.content).sorted { $0.utf8.count > $1.utf8.count }
    let pattern = longestFirst.map(NSRegularExpression.escapedPattern(for:)).joined(separator: "|")
    return try? NSRegularExpression(pattern: pattern)
  }

  /// `text` cut at added tokens; special ones are only seen where `specials` is true.
  func pieces(of text: String, specials: Bool) -> [Piece] {
    guard let expression = specials ? withSpecial : plain else { return [.text(text)] }
    let whole = text as NSString
    var pieces: [Piece] = []
    var at = 0
    for match in expression.matches(in: text, range: NSRange(location: 0, length: whole.length)) {
      let range = match.range
      let content = whole.substring(with: range)
      guard let token = all.first(where: { $0.content == content }) else { continue }
      if range.location > at {
        pieces.append(.text(whole.substring(with: NSRange(location: at, length: range.location - at))))
      }
      pieces.append(.token(token.id))
      at = range.location + range.length
    }
    if at < whole.length { pieces.append(.text(whole.substring(from: at))) }
    return pieces
  }
}

/// What a `post_processor` puts before a single text.
struct TokenTemplate {
  private(set) var beginning: [Int32] = []

  /// Reads `post_processor` of `root`.
  init(_ root: JSONObject) throws {
    guard root.has("post_processor") else { return }
    try add(root.object("post_processor"))
  }

  private mutating func add(_ json: JSONObject) throws {
    switch try json.string("type") {
    case "ByteLevel": return  // only trims offsets
    case "Sequence": for part in try json.objects("processors") { try add(part) }
    case "TemplateProcessing":
      let tokens = json.has("special_tokens") ? try json.object("special_tokens") : nil
      for part in try json.objects("single") {
        if part.has("Sequence") { return }  // what follows the text ends it, and prompts are to be continued
        let name = try part.object("SpecialToken").string("id")
        guard let ids = tokens?.fields[name] as? [String: Any], let values = ids["ids"] as? [Int] else {
          throw json.error("special_tokens", "expected an entry for each special token of the template")
        }
        beginning += values.map { Int32(truncatingIfNeeded: $0) }
      }
    case let type: throw json.error("type", "expected TemplateProcessing or ByteLevel, got \(type)")
    }
  }
}
