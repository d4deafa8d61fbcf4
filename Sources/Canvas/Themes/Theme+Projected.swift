extension Theme {
  /// Contrast that text has at least where it is read from afar (WCAG 2.2, 1.4.6).
  private static let projectedContrast = 7.0

  /// The same for a poor projector and a last row: text of too little contrast is black or white, whichever is told apart better from
  /// what it is drawn on, and nothing is dim. What has enough keeps its colour, and with it its meaning.
  ///
  /// Complexity: O(scopes).
  public var projected: Theme {
    var styles: [String: Style] = [:]
    for scope in Scope.all where scope.minimumContrast >= 4.5 {
      var style = self.style(scope.id)
      style.modifiers.remove(.dim)
      // The terminal's own dark grey is nearly its background.
      if style.foreground == .ansi(8) { style.foreground = .default }
      let grounds = grounds(of: scope, style)
      if let contrast = Self.least(of: style.over(background).foreground, on: grounds),
        contrast < Self.projectedContrast
      {
        let choices: [Color] = [.rgb(0, 0, 0), .rgb(255, 255, 255)]
        style.foreground =
          choices.max { Self.least(of: $0, on: grounds) ?? 0 < Self.least(of: $1, on: grounds) ?? 0 }
          ?? style.foreground
      }
      styles[scope.id] = style
    }
    return Theme(name: name, styles: self.styles.merging(styles) { _, projected in projected })
  }

  /// The backgrounds on which text of a scope is drawn.
  private func grounds(of scope: Scope, _ style: Style) -> [Color] {
    guard style.background == .default else { return [style.background] }
    return (scope.surfaces.isEmpty ? ["ui.background"] : scope.surfaces).map {
      self.style($0).over(background).background
    }
  }

  /// The least contrast of a colour with others; nil where the terminal decides one of them.
  private static func least(of color: Color, on grounds: [Color]) -> Double? {
    let contrasts = grounds.map { color.contrast(with: $0) }
    return contrasts.contains(nil) ? nil : contrasts.compactMap { $0 }.min()
  }
}
