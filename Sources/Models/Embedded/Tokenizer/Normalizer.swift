import Foundation

/// What is done to a text before it is cut: the `normalizer` of a `tokenizer.json`.
struct Normalizer: Sendable {
  private enum Step: Sendable {
    case composed(compatibly: Bool)
    case decomposed(compatibly: Bool)
    case lowercase
    case prepend(String)
    case replace(TextPattern, with: String)
    case strip(left: Bool, right: Bool)
  }

  private var steps: [Step] = []

  /// Reads the `normalizer` of `root`; none where it is missing.
  ///
  /// - Throws: `ModelError` naming the first part that is not supported.
  init(_ root: JSONObject) throws {
    if root.has("normalizer") { try add(root.object("normalizer")) }
  }

  private mutating func add(_ json: JSONObject) throws {
    switch try json.string("type") {
    case "Sequence": for part in try json.objects("normalizers") { try add(part) }
    case "NFC": steps.append(.composed(compatibly: false))
    case "NFKC": steps.append(.composed(compatibly: true))
    case "NFD": steps.append(.decomposed(compatibly: false))
    case "NFKD": steps.append(.decomposed(compatibly: true))
    case "Lowercase": steps.append(.lowercase)
    case "Prepend": steps.append(.prepend(try json.string("prepend")))
    case "Replace": steps.append(.replace(try TextPattern(json), with: try json.string("content")))
    case "Strip":
      steps.append(
        .strip(left: try json.flag("strip_left", default: true), right: try json.flag("strip_right", default: true)))
    case let type:
      throw json.error(
        "type", "expected Sequence, Prepend, Replace, Strip, NFC, NFD, NFKC, NFKD or Lowercase, got \(type)")
    }
  }

  /// What stands for a space after normalization; nil where it is itself.
  var space: String? {
    for case .replace(let pattern, let content) in steps where pattern.literal == " " { return content }
    return nil
  }

  /// `text`, normalized. Complexity: O(length) a step.
  ///
  /// - Parameter goesOn: whether the text goes on from other text, so that nothing is put before it.
  func normalized(_ text: String, goesOn: Bool = false) -> String {
    var text = text
    for step in steps {
      switch step {
      case .composed(false): text = text.composed
      case .composed(true): text = text.compatiblyComposed
      case .decomposed(false): text = text.decomposedStringWithCanonicalMapping
      case .decomposed(true): text = text.decomposedStringWithCompatibilityMapping
      case .lowercase: text = text.unicodeScalars.map(\.properties.lowercaseMapping).joined()
      case .prepend(let prefix): if !text.isEmpty, !goesOn { text = prefix + text }
      case .replace(let pattern, _) where pattern.isAnchored && goesOn: continue
      case .replace(let pattern, let content): text = pattern.replaced(in: text, with: content)
      case .strip(let left, let right): text = Self.stripped(text, left, right)
      }
    }
    return text
  }

  private static func stripped(_ text: String, _ left: Bool, _ right: Bool) -> String {
    var scalars = text.unicodeScalars[...]
    if left { scalars = scalars.drop { $0.properties.isWhitespace } }
    while right, let last = scalars.last, last.properties.isWhitespace { scalars.removeLast() }
    return String(scalars)
  }
}
