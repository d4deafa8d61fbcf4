import Canvas
import Testing

@testable import Explorer

/// What holds of every frame, whatever stands on it.
enum FrameCheck {
  /// True for what may stand in a cell: no control, no format or direction mark, no surrogate or private scalar.
  static func isSafe(_ scalar: Unicode.Scalar) -> Bool {
    // Most cells hold a character of ASCII.
    if scalar.value < 0x7F { return scalar.value >= 0x20 }
    switch scalar.properties.generalCategory {
    case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator: return false
    default: return true
    }
  }

  /// What is wrong with a frame that should be of this size; nil where nothing is.
  static func problem(_ frame: Frame, _ size: Size) -> String? {
    guard frame.width == size.columns, frame.height == size.rows else {
      return "\(frame.width)×\(frame.height) instead of \(size.columns)×\(size.rows)"
    }
    if let cursor = frame.cursor, !frame.bounds.contains(x: cursor.x, y: cursor.y) {
      return "the cursor is at \(cursor.x), \(cursor.y) of \(size.columns)×\(size.rows)"
    }
    for y in 0..<frame.height {
      var columns = 0
      for cell in frame.row(y) {
        columns += Int(cell.width)
        if let bad = cell.text.unicodeScalars.first(where: { !isSafe($0) }) {
          return "U+\(String(bad.value, radix: 16, uppercase: true)) in row \(y)"
        }
      }
      if columns != frame.width { return "row \(y) has \(columns) columns" }
    }
    return nil
  }
}
