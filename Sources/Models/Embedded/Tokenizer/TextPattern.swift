import Foundation
import Synchronization

/// A `pattern` of a `tokenizer.json`: a text, or a regular expression of its own engine (Oniguruma).
struct TextPattern: Sendable {
  /// The text that is looked for; nil for an expression.
  let literal: String?
  /// Whether it matches only where a text begins.
  let isAnchored: Bool
  private let expression: Expression

  /// Regular expressions that are compiled when they are first asked for: that costs as much as reading the rest of a tokenizer,
  /// and an explorer that shows a list has nothing to cut. A test compiles them.
  static let known: Set<String> = [
    #" ?\p{L}+| ?\p{N}| ?[^\s\p{L}\p{N}]+\n?|\s+"#  // that of the embedded models
  ]

  /// A regular expression, compiled at once or when it is first asked for.
  private final class Expression: Sendable {
    private let source: String
    private let compiled: Mutex<NSRegularExpression?>

    /// One that is known to be right.
    init(known source: String) {
      self.source = source
      compiled = Mutex(nil)
    }

    /// Throws where it is none.
    init(_ source: String) throws {
      self.source = source
      let expression = try NSRegularExpression(pattern: source)
      compiled = Mutex(expression)
    }

    var value: NSRegularExpression {
      compiled.withLock { compiled in
        if let compiled { return compiled }
        guard let expression = try? NSRegularExpression(pattern: source) else {
          preconditionFailure("a pattern of our own is none: \(source)")
        }
        compiled = expression
        return expression
      }
    }
  }

  /// Reads the `pattern` of `json`.
  ///
  /// - Throws: `ModelError` where it is none.
  init(_ json: JSONObject) throws {
    let pattern = try json.object("pattern")
    let isExpression = pattern.has("Regex")
    let text = try pattern.string(isExpression ? "Regex" : "String")
    guard !text.isEmpty else {
      throw pattern.error(isExpression ? "Regex" : "String", "expected a text that is not empty")
    }
    literal = isExpression ? nil : text
    isAnchored = isExpression && ["\\A", "^"].contains(where: text.hasPrefix)
    do {
      let pattern = isExpression ? Self.translated(text) : NSRegularExpression.escapedPattern(for: text)
      expression = Self.known.contains(text) ? Expression(known: pattern) : try Expression(pattern)
    } catch { throw pattern.error(isExpression ? "Regex" : "String", "expected a regular expression") }
  }

  /// - Parameter source: a regular expression of ours.
  init(known source: String) {
    (literal, isAnchored) = (nil, false)
    expression = Expression(known: Self.translated(source))
  }

  /// The pattern for ICU: there, `\s`, `\d` and `\w` mean something else than in the patterns' own engine, and `\h` does.
  static func translated(_ pattern: String) -> String {
    var out = ""
    var isEscaped = false
    var isInSet = false
    for character in pattern.unicodeScalars {
      if isEscaped {
        let word = #"\p{Alphabetic}\p{M}\p{Nd}\p{Pc}"#
        let alone = #"\u00B2\u00B3\u00B9\u00BC-\u00BE"#  // no letters, but for that engine where no set is
        switch character {
        case "s": out += #"\p{White_Space}"#
        case "S": out += #"\P{White_Space}"#
        case "d": out += #"\p{Nd}"#
        case "D": out += #"\P{Nd}"#
        case "w": out += isInSet ? word : "[\(word)\(alone)]"
        case "W": out += isInSet ? "[^\(word)]" : "[^\(word)\(alone)]"
        case "h": out += isInSet ? "0-9A-Fa-f" : "[0-9A-Fa-f]"
        default: out += "\\" + String(character)
        }
        isEscaped = false
        continue
      }
      switch character {
      case "\\": isEscaped = true
      case "[":
        out += isInSet ? "\\[" : "["
        isInSet = true
      case "]":
        out += "]"
        isInSet = false
      default: out.unicodeScalars.append(character)
      }
    }
    return isEscaped ? out + "\\" : out
  }

  /// Where the pattern matches, in places of `units`, the UTF-16 of `text`; matches of nothing are left out.
  func matches(in text: String, _ units: [UInt16]) -> [Range<Int>] {
    expression.value.matches(in: text, range: NSRange(location: 0, length: units.count)).compactMap { match in
      match.range.length > 0 ? match.range.location..<match.range.location + match.range.length : nil
    }
  }

  /// `text` with `content` in place of every match.
  func replaced(in text: String, with content: String) -> String {
    if let literal {
      return String(decoding: Array(text.utf8).replacing(literal.utf8, with: content.utf8), as: UTF8.self)
    }
    let units = Array(text.utf16)
    let matches = matches(in: text, units)
    if matches.isEmpty { return text }
    var out: [UInt16] = []
    var at = 0
    for match in matches {
      out += units[at..<match.lowerBound]
      out += content.utf16
      at = match.upperBound
    }
    return String(decoding: out + units[at...], as: UTF16.self)
  }
}
