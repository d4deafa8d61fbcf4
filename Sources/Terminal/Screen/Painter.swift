import CNcurses
import Canvas

/// Paints frames: only cells that differ from the frame before, in colours and characters that the terminal can show.
@MainActor
final class Painter {
  private let quantizer: Quantizer
  private let supportsUnicode: Bool
  private var pairs: PairCache
  private var shown: Frame?

  init(depth: ColorDepth, supportsUnicode: Bool) {
    quantizer = Quantizer(depth: depth)
    self.supportsUnicode = supportsUnicode
    pairs = PairCache(limit: Int(nc_pair_limit()), hasDefaults: nc_has_default_colors() == 1) {
      nc_define_pair($0, $1, $2) == 1
    }
  }

  /// The next frame will be painted in full, onto a cleared screen.
  func forget() {
    shown = nil
    nc_redraw()
  }

  /// Paints a frame; what lies outside of the screen is clipped.
  func paint(_ frame: Frame) {
    var width: Int32 = 0
    var height: Int32 = 0
    nc_size(&width, &height)
    let target = fitted(frame, width: Int(width), height: Int(height))
    if shown == nil { nc_erase() }
    for run in FrameDiff.runs(from: shown, to: target) {
      let look = quantizer.look(run.style)
      nc_put(
        Int32(run.y), Int32(run.x), showable(run.text), Int32(look.modifiers.rawValue),
        pairs.number(foreground: look.foreground, background: look.background))
    }
    if let cursor = target.cursor, target.bounds.contains(x: cursor.x, y: cursor.y) {
      nc_set_cursor(1, Int32(cursor.y), Int32(cursor.x))
    } else {
      nc_set_cursor(0, 0, 0)
    }
    nc_flush()
    shown = target
  }

  private func fitted(_ frame: Frame, width: Int, height: Int) -> Frame {
    guard frame.width != width || frame.height != height else { return frame }
    var target = Frame(width: width, height: height)
    target.draw(frame, x: 0, y: 0)
    return target
  }

  /// The text with everything replaced about whose width curses and `Canvas` disagree, or that the locale cannot show:
  /// one wrong column would shift the rest of the row.
  private func showable(_ text: String) -> String {
    if text.utf8.allSatisfy({ $0 < 0x80 }) { return text }
    var result = ""
    for cluster in Clusters(text) {
      if cluster.text.utf8.count == 1 || supportsUnicode && isAgreed(cluster) {
        result += cluster.text
      } else {
        let sign = supportsUnicode ? Cluster.replacement : "?"
        result += String(repeating: sign, count: cluster.columns)
      }
    }
    return result
  }

  private func isAgreed(_ cluster: Cluster) -> Bool {
    var columns = cluster.columns
    for scalar in cluster.text.unicodeScalars {
      guard nc_width(scalar.value) == columns else { return false }
      columns = 0  // what follows the first scalar must stand on it
    }
    return true
  }
}

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
