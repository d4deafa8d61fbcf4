import Foundation

/// Cuts a text into the pieces that are merged each on its own: the `pre_tokenizer` of a `tokenizer.json`.
struct PreTokenizer: Sendable {
  /// Where a text stands: the first of all, after an added token, or behind text that was encoded already.
  enum Place {
    case first
    case later
    case goesOn
  }

  /// One part of it.
  private enum Step: Sendable {
    case split(TextPattern, SplitBehavior)
    /// A space goes before a text that has none.
    case prefixSpace
    /// Spaces become `replacement`, which also goes before a text.
    case metaspace(replacement: String, prefix: MetaspacePrefix)
  }

  /// GPT-2's pattern, which `ByteLevel` uses unless `use_regex` is false.
  private static let byteLevelPattern =
    #"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+"#

  private var steps: [Step] = []
  /// Whether words are made of bytes.
  private(set) var isByteLevel = false
  /// What stands for a space; nil where it is itself.
  private(set) var space: String?

  /// Reads the `pre_tokenizer` of `root`; without one the whole text is one piece.
  ///
  /// - Throws: `ModelError` naming the first part that is not supported.
  init(_ root: JSONObject) throws {
    if root.has("pre_tokenizer") { try add(root.object("pre_tokenizer")) }
  }

  private mutating func add(_ json: JSONObject) throws {
    let type = try json.string("type")
    guard !isByteLevel else { throw json.error("type", "expected nothing after ByteLevel, got \(type)") }
    switch type {
    case "Sequence": for part in try json.objects("pretokenizers") { try add(part) }
    case "ByteLevel":
      isByteLevel = true
      if try json.flag("add_prefix_space", default: true) { steps.append(.prefixSpace) }
      if try json.flag("use_regex", default: true) {
        steps.append(.split(TextPattern(known: Self.byteLevelPattern), .isolated))
      }
    case "Metaspace":
      let replacement = try Self.replacement(json)
      space = replacement
      steps.append(.metaspace(replacement: replacement, prefix: try MetaspacePrefix(json)))
      if try json.flag("split", default: true) {
        let pattern = TextPattern(known: NSRegularExpression.escapedPattern(for: replacement))
        steps.append(.split(pattern, .mergedWithNext))
      }
    case "Split": steps.append(.split(try TextPattern(json), try SplitBehavior(json)))
    case "Digits":
      let isEach = try json.flag("individual_digits", default: false)
      steps.append(.split(TextPattern(known: isEach ? #"\p{N}"# : #"\p{N}+"#), .isolated))
    case "Punctuation":
      steps.append(
        .split(TextPattern(known: #"[\p{P}$+<=>^`|~]"#), json.has("behavior") ? try SplitBehavior(json) : .isolated)
      )
    case "WhitespaceSplit": steps.append(.split(TextPattern(known: #"\s"#), .removed))
    default:
      throw json.error(
        "type",
        "expected ByteLevel, Metaspace, Split, Digits, Punctuation, WhitespaceSplit or a Sequence of them, got \(type)")
    }
  }

  private static func replacement(_ json: JSONObject) throws -> String {
    let text = try json.string("replacement")
    guard text.unicodeScalars.count == 1 else { throw json.error("replacement", "expected one character, got \(text)") }
    return text
  }

  /// The pieces of `text`, in order.
  func pieces(of text: String, _ place: Place) -> [String] {
    var pieces = text.isEmpty ? [] : [text]
    for step in steps {
      switch step {
      case .prefixSpace:
        pieces = pieces.enumerated().map { index, piece in
          let hasOne = piece.utf8.first == 0x20 || (place == .goesOn && index == 0)
          return hasOne ? piece : " " + piece
        }
      case .metaspace(let replacement, let prefix):
        pieces = pieces.enumerated().map { index, piece in
          let spaced = Array(piece.utf8).replacing(" ".utf8, with: replacement.utf8)
          let needs = prefix.isWanted(index == 0 ? place : .later) && !spaced.starts(with: replacement.utf8)
          return (needs ? replacement : "") + String(decoding: spaced, as: UTF8.self)
        }
      case .split(let pattern, let behavior): pieces = pieces.flatMap { behavior.pieces(of: $0, pattern) }
      }
    }
    return pieces
  }
}

/// Where a `Metaspace` puts a space before a text.
private enum MetaspacePrefix: String {
  case first
  case always
  case never

  init(_ json: JSONObject) throws {
    guard json.has("prepend_scheme") else {
      self = try json.flag("add_prefix_space", default: true) ? .always : .never
      return
    }
    let name = try json.string("prepend_scheme")
    guard let known = Self(rawValue: name) else {
      throw json.error("prepend_scheme", "expected first, always or never, got \(name)")
    }
    self = known
  }

  func isWanted(_ place: PreTokenizer.Place) -> Bool {
    switch place {
    case .first: self != .never
    case .later: self == .always
    case .goesOn: false
    }
  }
}
