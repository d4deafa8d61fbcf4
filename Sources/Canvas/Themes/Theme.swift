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
      "tree.q.high": Style(modifiers: .bold), "tree.own": Style(modifiers: .bold),
      "tree.match": Style(modifiers: .underline),
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

/// Text of a theme that would be hard to read.
public struct ContrastProblem: Hashable, Sendable, CustomStringConvertible {
  /// The scope of the text.
  public let scope: String
  /// The scope of what it is drawn on.
  public let surface: String
  /// What is wrong.
  public let reason: String

  /// `SCOPE on SURFACE: …`.
  public var description: String { "\(scope) on \(surface): \(reason)" }
}

extension Theme {
  /// Where text would be hard to read: for every scope on every background that it may be drawn on, the contrast
  /// between RGB colours must reach `Scope.minimumContrast`, and RGB must not be mixed with the terminal's own colours,
  /// since then nobody knows the contrast. Empty for a good theme.
  public func contrastProblems() -> [ContrastProblem] {
    var problems: [ContrastProblem] = []
    for scope in Scope.all {
      for surface in scope.surfaces.isEmpty ? ["ui.background"] : scope.surfaces {
        let base = surface == "ui.background" ? background : self.style(surface).over(background)
        let look = self.style(scope.id).over(base)
        if let problem = Theme.problem(look, least: scope.minimumContrast) {
          problems.append(ContrastProblem(scope: scope.id, surface: surface, reason: problem))
        }
      }
    }
    return problems
  }

  private static func problem(_ look: Style, least: Double) -> String? {
    let isRGB = [look.foreground, look.background].map { $0.luminance != nil }
    guard isRGB[0] || isRGB[1] else { return nil }
    guard let contrast = look.foreground.contrast(with: look.background) else {
      return "an RGB colour meets one of the terminal's own, so the contrast is unknown"
    }
    if look.modifiers.contains(.dim) { return "dim lowers the contrast of an RGB colour by an unknown amount" }
    guard contrast < least else { return nil }
    let shown = (contrast * 100).rounded(.down) / 100
    return "contrast \(shown), expected at least \(least)"
  }
}

/// What is wrong with a theme; every problem is one line that starts with the file.
public struct ThemeError: Error, Hashable, CustomStringConvertible {
  /// One line each, `FILE:LINE: SCOPE: what was expected`; without the line number where a key is spelled unusually.
  public let problems: [String]

  /// The first problem, and how many more there are.
  public var description: String {
    let first = problems.first ?? "unknown theme error"
    return problems.count > 1 ? "\(first) (and \(problems.count - 1) more)" : first
  }
}
