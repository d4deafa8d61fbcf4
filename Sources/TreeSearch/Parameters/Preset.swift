/// Named sets of engine parameters.
public enum Preset {
  /// The names, the default first.
  public static let names = ["alphallm"]

  /// The parameters of a preset; nil names the default. Throws ``ParameterError`` for an unknown name.
  public static func named(_ name: String?) throws -> SearchParameters {
    switch name ?? "alphallm" {
    case "alphallm": return SearchParameters()
    case let other:
      throw ParameterError(
        description: "unknown preset '\(other)'; expected \(names.joined(separator: ", "))")
    }
  }
}
