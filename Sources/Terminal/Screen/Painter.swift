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
