import Foundation

/// Cuts a text into the pieces that are merged each on its own.
struct PreTokenizer: Sendable {
  /// One step of a `pre_tokenizer` that is kept: pieces are cut by a pattern, or get a space in front.
  private enum Step: Sendable {
    case split(NSRegularExpression)
    case prefixSpace
  }

  /// GPT-2's pattern, which `ByteLevel` uses unless `use_regex` is false.
  private static let byteLevelPattern =
    #"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+"#

  private var steps: [Step] = []

  /// Reads the `pre_tokenizer` of `root`.
  ///
  /// - Throws: `ModelError` naming the first part that is not supported.
  init(_ root: JSONObject) throws {
    guard root.has("pre_tokenizer") else {
      throw root.error("pre_tokenizer", "expected ByteLevel or a Sequence that ends in it, the field is missing")
    }
    let json = try root.object("pre_tokenizer")
    var parts = [json]
    if try json.string("type") == "Sequence" { parts = try json.objects("pretokenizers") }
    var isByteLevel = false
    for part in parts { try add(part, &isByteLevel) }
    guard isByteLevel else { throw json.error("type", "expected ByteLevel or a Sequence that ends in it") }
  }

  private mutating func add(_ json: JSONObject, _ isByteLevel: inout Bool) throws {
    let type = try json.string("type")
    guard !isByteLevel else { throw json.error("type", "expected nothing after ByteLevel, got \(type)") }
    switch type {
    case "ByteLevel":
      isByteLevel = true
      if try json.flag("add_prefix_space", default: true) { steps.append(.prefixSpace) }
      if try json.flag("use_regex", default: true) { try split(Self.byteLevelPattern, json, "use_regex") }
    case "Split":
      let behavior = try json.string("behavior")
      guard behavior == "Isolated" else { throw json.error("behavior", "expected Isolated, got \(behavior)") }
      guard try !json.flag("invert", default: false) else { throw json.error("invert", "expected false") }
      let pattern = try json.object("pattern")
      if pattern.has("Regex") {
        try split(pattern.string("Regex"), pattern, "Regex")
      } else {
        try split(NSRegularExpression.escapedPattern(for: pattern.string("String")), pattern, "String")
      }
    case "Digits":
      try split(json.flag("individual_digits", default: false) ? #"\p{N}"# : #"\p{N}+"#, json, "individual_digits")
    default: throw json.error("type", "expected ByteLevel, Split or Digits, got \(type)")
    }
  }

  private mutating func split(_ pattern: String, _ json: JSONObject, _ field: String) throws {
    do {
      steps.append(.split(try NSRegularExpression(pattern: Self.translated(pattern))))
    } catch { throw json.error(field, "expected a regular expression") }
  }

  /// The pattern for ICU: there, `\s` and `\d` mean something narrower than in the patterns' own engine.
  private static func translated(_ pattern: String) -> String {
    var out = ""
    var isEscaped = false
    for character in pattern.unicodeScalars {
      if isEscaped {
        switch character {
        case "s": out += #"\p{White_Space}"#
        case "S": out += #"\P{White_Space}"#
        case "d": out += #"\p{Nd}"#
        default: out += "\\" + String(character)
        }
        isEscaped = false
      } else if character == "\\" {
        isEscaped = true
      } else {
        out.unicodeScalars.append(character)
      }
    }
    return isEscaped ? out + "\\" : out
  }

  /// The pieces of `text`, in order; joined they are the text (plus a prefix space where the model wants one).
  func pieces(of text: String) -> [String] {
    var pieces = [text]
    for step in steps {
      switch step {
      case .prefixSpace: pieces = pieces.map { $0.first?.isWhitespace == true ? $0 : " " + $0 }
      case .split(let expression): pieces = pieces.flatMap { Self.isolated($0, expression) }
      }
    }
    return pieces
  }

  /// Matches and what lies between them, each a piece.
  private static func isolated(_ text: String, _ expression: NSRegularExpression) -> [String] {
    let whole = text as NSString
    var pieces: [String] = []
    var at = 0
    for match in expression.matches(in: text, range: NSRange(location: 0, length: whole.length)) {
      let range = match.range
      guard range.length > 0 else { continue }
      if range.location > at {
        pieces.append(whole.substring(with: NSRange(location: at, length: range.location - at)))
      }
      pieces.append(whole.substring(with: range))
      at = range.location + range.length
    }
    if at < whole.length { pieces.append(whole.substring(from: at)) }
    return pieces
  }
}
