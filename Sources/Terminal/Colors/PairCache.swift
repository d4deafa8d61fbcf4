import CNcurses

/// Numbers the pairs of colours that were used; curses wants each pair defined once before it is drawn.
struct PairCache {
  private struct Colors: Hashable {
    let foreground: Int32
    let background: Int32
  }

  private var numbers: [Colors: Int32] = [:]
  private let limit: Int
  private let hasDefaults: Bool
  private let define: (Int32, Int32, Int32) -> Bool

  /// - Parameters:
  ///   - limit: Pairs that the terminal has, pair 0 included.
  ///   - hasDefaults: Whether -1 may stand for the terminal's own colours.
  ///   - define: Defines pair (number, foreground, background) and says whether that worked.
  init(limit: Int, hasDefaults: Bool, define: @escaping (Int32, Int32, Int32) -> Bool) {
    // Cells keep pair numbers in 16 bits on some builds of curses.
    self.limit = min(limit, 32_767)
    self.hasDefaults = hasDefaults
    self.define = define
  }

  /// The pair for two colours; 0, the terminal's own, when there are no pairs left.
  mutating func number(foreground: Int32, background: Int32) -> Int32 {
    if foreground < 0 && background < 0 { return 0 }
    let colors = Colors(
      foreground: foreground < 0 && !hasDefaults ? 7 : foreground,
      background: background < 0 && !hasDefaults ? 0 : background)
    if let known = numbers[colors] { return known }
    let next = Int32(numbers.count + 1)
    guard Int(next) < limit, define(next, colors.foreground, colors.background) else {
      // Better the right text colour on the terminal's ground than none.
      return background >= 0 && foreground >= 0 ? numbers[Colors(foreground: foreground, background: -1)] ?? 0 : 0
    }
    numbers[colors] = next
    return next
  }
}
