/// Words of tools about hostile text.
enum ToolNote {
  /// At most 120 characters of `text` on one line, without control characters.
  static func safe(_ text: String) -> String {
    let clean = String(
      String.UnicodeScalarView(
        text.unicodeScalars.prefix(400).map { scalar in
          switch scalar.properties.generalCategory {
          case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned: " "
          default: scalar
          }
        }))
    return cut(clean.split(separator: " ").joined(separator: " "))
  }

  /// The first 120 characters.
  static func cut(_ text: String) -> String { text.count <= 120 ? text : text.prefix(117) + "..." }
}
