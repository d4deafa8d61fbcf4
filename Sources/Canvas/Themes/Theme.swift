/// Looks by meaning. Views ask for a scope and never name a colour.
public struct Theme: Sendable {
  /// The name, from the file's name.
  public let name: String
  /// The styles that the theme names, by scope.
  let styles: [String: Style]
  /// Where they stand, `FILE:LINE`, by scope; empty for a theme that comes from no file.
  private let places: [String: String]
  /// The style of every declared scope, so that the views' look-ups cost one hash.
  private let resolved: [String: Style]

  /// A theme from styles by scope.
  init(name: String, styles: [String: Style], places: [String: String] = [:]) {
    self.name = name
    self.styles = styles
    self.places = places
    resolved = Dictionary(
      Scope.all.map { ($0.id, Theme.lookUp($0.id, in: styles)) }, uniquingKeysWith: { first, _ in first })
  }

  /// The style of a scope, or of the nearest scope above it: `tree.row.selected`, `tree.row`, `tree`, plain.
  public func style(_ scope: String) -> Style {
    resolved[scope] ?? Theme.lookUp(scope, in: styles)
  }

  /// Where the style of a scope stands, `FILE:LINE`: its own, or that of the nearest scope above it.
  func place(of scope: String) -> String? { Theme.nearest(scope, in: places) }

  /// The style of the empty screen.
  public var background: Style { style("ui.background") }

  /// No colour at all, for NO_COLOR, monochrome terminals and when no theme file is found.
  public static let monochrome = Theme(
    name: "monochrome",
    styles: [
      "ui.title": Style(modifiers: .bold), "ui.border.focused": Style(modifiers: .bold),
      "ui.status": Style(modifiers: .reverse), "ui.key": Style(modifiers: .bold),
      "ui.popup.title": Style(modifiers: .bold), "ui.input": Style(modifiers: .underline),
      "ui.input.cursor": Style(modifiers: .reverse), "ui.error": Style(modifiers: .bold),
      "tree.row.selected": Style(modifiers: .reverse), "tree.row.selected.unfocused": Style(modifiers: .underline),
      "tree.q.high": Style(modifiers: .bold), "tree.match": Style(modifiers: .underline),
      "node.label": Style(modifiers: .bold), "node.token.unlikely": Style(modifiers: .underline),
      "path.answer": Style(modifiers: .bold), "list.row.selected": Style(modifiers: .reverse),
      "list.row.selected.unfocused": Style(modifiers: .underline),
      "tree.lit": Style(modifiers: .bold), "teach.phase.current": Style(modifiers: [.bold, .underline]),
      "teach.formula": Style(modifiers: .bold),
    ])

  private static func lookUp(_ scope: String, in styles: [String: Style]) -> Style {
    nearest(scope, in: styles) ?? .plain
  }

  /// What `table` says of a scope, or of the nearest scope above it.
  private static func nearest<Value>(_ scope: String, in table: [String: Value]) -> Value? {
    var name = Substring(scope)
    while true {
      if let value = table[String(name)] { return value }
      guard let dot = name.lastIndex(of: ".") else { return nil }
      name = name[..<dot]
    }
  }
}
