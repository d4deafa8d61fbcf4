/// A value of a parameter as it travels through flags, config files, headers and events.
public enum ParameterValue: Codable, Equatable, Sendable, CustomStringConvertible {
  /// A whole number.
  case integer(Int)
  /// A real number.
  case number(Double)
  /// On or off.
  case flag(Bool)
  /// One of a list of words.
  case word(String)

  /// The value as a user would type it.
  public var description: String {
    switch self {
    case .integer(let value): String(value)
    case .number(let value): value == value.rounded() && abs(value) < 1e15 ? String(Int(value)) : String(value)
    case .flag(let value): value ? "true" : "false"
    case .word(let value): value
    }
  }

  /// The value as a number; nil for flags and words.
  public var number: Double? {
    switch self {
    case .integer(let value): Double(value)
    case .number(let value): value
    case .flag, .word: nil
    }
  }

  /// Reads the bare JSON value.
  public init(from decoder: any Decoder) throws {
    let c = try decoder.singleValueContainer()
    if let value = try? c.decode(Bool.self) {
      self = .flag(value)
    } else if let value = try? c.decode(Int.self) {
      self = .integer(value)
    } else if let value = try? c.decode(Double.self) {
      self = .number(value)
    } else {
      self = .word(try c.decode(String.self))
    }
  }

  /// Writes the bare JSON value.
  public func encode(to encoder: any Encoder) throws {
    var c = encoder.singleValueContainer()
    switch self {
    case .integer(let value): try c.encode(value)
    case .number(let value): try c.encode(value)
    case .flag(let value): try c.encode(value)
    case .word(let value): try c.encode(value)
    }
  }
}

/// Declaration of one engine parameter: everything that a flag, a config key, a settings row and a reference need.
public struct Parameter: Sendable, Identifiable {
  /// What values it takes.
  public enum Domain: Sendable, Equatable {
    /// Whole numbers in a range.
    case integer(ClosedRange<Int>)
    /// Real numbers in a range.
    case number(ClosedRange<Double>)
    /// On or off.
    case flag
    /// One of these words.
    case word([String])
    /// Any text of at most so many bytes; its value is a word.
    case text(Int)
    /// ``CriticCalibrations`` of at most so many bytes; its value is a word.
    case calibration(Int)
  }

  /// Dotted name, as in `--set exploration.constant=1.5`.
  public let id: String
  /// What values it takes.
  public let domain: Domain
  /// The value when nobody sets it.
  public let fallback: ParameterValue
  /// One sentence.
  public let help: String
  /// Where the rule and its constant come from.
  public let citation: String

  /// The domain in words, for error messages and references.
  public var range: String {
    switch domain {
    case .integer(let r): "a whole number from \(r.lowerBound) to \(r.upperBound)"
    case .number(let r):
      "a number from \(ParameterValue.number(r.lowerBound)) to \(ParameterValue.number(r.upperBound))"
    case .flag: "true or false"
    case .word(let words): "one of " + words.joined(separator: ", ")
    case .text(let most): "a text of 1 to \(most) bytes"
    case .calibration:
      "none, or NAME:platt:SLOPE:INTERCEPT or NAME:isotonic:SCORE:VALUE:… with rising scores and values in [0, 1]"
    }
  }

  /// The value that `text` means, or nil where it is outside the domain.
  public func parse(_ text: String) -> ParameterValue? {
    switch domain {
    case .integer(let r):
      Int(text).flatMap { r.contains($0) ? .integer($0) : nil }
    case .number(let r):
      Double(text).flatMap { r.contains($0) ? .number($0) : nil }
    case .flag:
      ["true": true, "on": true, "1": true, "false": false, "off": false, "0": false][text].map { .flag($0) }
    case .word(let words):
      words.contains(text) ? .word(text) : nil
    case .text(let most):
      (1...most).contains(text.utf8.count) ? .word(text) : nil
    case .calibration(let most):
      text.utf8.count <= most && CriticCalibrations(text) != nil ? .word(text) : nil
    }
  }
}
