/// A fraction drawn as a bar of so many columns.
public enum Bar {
  /// The bar as text of exactly `columns` columns; a value that is not a number is drawn as 0.
  /// - Parameters:
  ///   - fraction: 0…1, clamped.
  ///   - columns: The width, 0 or more.
  ///   - glyphs: Eighths of a column where the glyph set has them, whole columns otherwise.
  public static func text(_ fraction: Double, columns: Int, glyphs: GlyphSet) -> String {
    guard columns > 0 else { return "" }
    let width = min(columns, Frame.sizeLimit)
    let value = fraction.isNaN ? 0 : min(max(fraction, 0), 1)
    let steps = glyphs.barSteps.count  // partial glyphs and the full one
    let filled = Int((value * Double(width * steps)).rounded())
    var result = String(repeating: glyphs.barSteps.last ?? "#", count: filled / steps)
    var used = filled / steps
    if filled % steps > 0 {
      result += glyphs.barSteps[filled % steps - 1]
      used += 1
    }
    return result + String(repeating: glyphs.barEmpty, count: width - used)
  }
}

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
