/// Parts of a whole drawn as heights of one row.
public enum Curve {
  /// The step for `part` of `whole`, rounded up: anything above 0 is seen, and all of it is the highest step.
  /// - Parameters:
  ///   - part: 1…`whole`.
  ///   - whole: 1 or more.
  public static func step(_ part: Int, of whole: Int, glyphs: GlyphSet) -> String {
    let steps = glyphs.curveSteps
    return steps[(steps.count * part - 1) / whole]
  }
}
