/// Looks by meaning. Views ask for a scope and never name a colour.
public struct Theme: Sendable {
  /// The name, from the file's name.
  public let name: String
  /// The styles that the theme names, by scope.
  let styles: [String: Style]
  /// The style of every declared scope, so that the views' look-ups cost one hash.
  private let resolved: [String: Style]

  /// A theme from styles by scope.
  init(name: String, styles: [String: Style]) {
    self.name = name
    self.styles = styles
    resolved = Dictionary(
      Scope.all.map { ($0.id, Theme.lookUp($0.id, in: styles)) }, uniquingKeysWith: { first, _ in first })
  }

  /// The style of a scope, or of the nearest scope above it: `tree.row.selected`, `tree.row`, `tree`, plain.
  public func style(_ scope: String) -> Style {
    resolved[scope] ?? Theme.lookUp(scope, in: styles)
  }

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
    ])

  private static func lookUp(_ scope: String, in styles: [String: Style]) -> Style {
    var name = Substring(scope)
    while true {
      if let style = styles[String(name)] { return style }
      guard let dot = name.lastIndex(of: ".") else { return .plain }
      name = name[..<dot]
    }
  }
}
