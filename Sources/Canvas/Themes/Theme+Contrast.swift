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
