import Canvas

/// What views draw with: styles by meaning, and signs.
struct Look {
  let theme: Theme
  let glyphs: GlyphSet

  /// The style of a scope.
  func callAsFunction(_ scope: String) -> Style { theme.style(scope) }

  /// The scope of a score in [0, 1] by thirds.
  func quality(_ score: Double) -> Style {
    self(score < 1.0 / 3 ? "tree.q.low" : score < 2.0 / 3 ? "tree.q.middle" : "tree.q.high")
  }
}
