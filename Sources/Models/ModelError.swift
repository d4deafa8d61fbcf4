/// What is wrong with a model's files or with a request to a model, in one line: `FILE: FIELD: what was expected`.
public struct ModelError: Error, Hashable, CustomStringConvertible {
  /// The file, or the model's name where no file is to blame.
  public let file: String
  /// The field, tensor or argument; empty where the whole file is meant.
  public let field: String
  /// What was expected and, where it helps, what was found.
  public let expected: String
  /// True where a text is longer than the model's context.
  package private(set) var isOverflow = false

  /// Makes an error; control characters (names from files are hostile) become U+FFFD and long parts are cut.
  public init(_ file: String, _ field: String, _ expected: String) {
    self.file = Self.shown(file)
    self.field = Self.shown(field)
    self.expected = Self.shown(expected)
  }

  /// The one line.
  public var description: String { field.isEmpty ? "\(file): \(expected)" : "\(file): \(field): \(expected)" }

  /// Makes an error about the whole of `file`.
  public init(_ file: String, _ expected: String) { self.init(file, "", expected) }

  /// `count` tokens are more than the `context` of the model `name`.
  package static func overflow(
    _ name: String, context: Int, count: Int, _ reason: String = "the model's context"
  ) -> ModelError {
    var error = ModelError(name, "prefix", "expected at most \(context) tokens, \(reason); got \(count)")
    error.isOverflow = true
    return error
  }

  static func shown(_ text: String) -> String {
    var out = String.UnicodeScalarView()
    for scalar in text.unicodeScalars.prefix(400) {
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator: out.append("\u{FFFD}")
      default: out.append(scalar)
      }
    }
    return String(out)
  }
}
