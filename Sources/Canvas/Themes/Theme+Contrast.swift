extension Theme {
  /// Where text would be hard to read: for every scope on every background that it may be drawn on, the contrast
  /// between RGB colours must reach `Scope.minimumContrast`, and RGB must not be mixed with the terminal's own colours,
  /// since then nobody knows the contrast. One line a problem, `SCOPE on SURFACE: …`; empty for a good theme.
  public func contrastProblems() -> [String] {
    var problems: [String] = []
    for scope in Scope.all {
      for surface in scope.surfaces.isEmpty ? ["ui.background"] : scope.surfaces {
        let base = surface == "ui.background" ? background : self.style(surface).over(background)
        let look = self.style(scope.id).over(base)
        if let problem = Theme.problem(look, least: scope.minimumContrast) {
          problems.append("\(scope.id) on \(surface): \(problem)")
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
