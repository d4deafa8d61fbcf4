import Canvas

/// Colours and modifiers as terminals are told of them (SGR).
package enum SelectGraphic {
  /// The style after `ESC [ parameters m`.
  package static func applied(_ parameters: [Int], to style: Style) -> Style {
    var style = style
    var rest = (parameters.isEmpty ? [0] : parameters)[...]
    while let code = rest.popFirst() {
      switch code {
      case 0: style = .plain
      case 1: style.modifiers.insert(.bold)
      case 2: style.modifiers.insert(.dim)
      case 3: style.modifiers.insert(.italic)
      case 4: style.modifiers.insert(.underline)
      case 7: style.modifiers.insert(.reverse)
      case 22: style.modifiers.subtract([.bold, .dim])
      case 23: style.modifiers.remove(.italic)
      case 24: style.modifiers.remove(.underline)
      case 27: style.modifiers.remove(.reverse)
      case 30...37: style.foreground = .ansi(UInt8(code - 30))
      case 90...97: style.foreground = .ansi(UInt8(code - 82))
      case 40...47: style.background = .ansi(UInt8(code - 40))
      case 100...107: style.background = .ansi(UInt8(code - 92))
      case 39: style.foreground = .default
      case 49: style.background = .default
      case 38, 48:
        guard let color = extended(&rest) else { return style }
        if code == 38 { style.foreground = color } else { style.background = color }
      default: break
      }
    }
    return style
  }

  private static func extended(_ rest: inout ArraySlice<Int>) -> Color? {
    switch rest.popFirst() {
    case 5: return rest.popFirst().map(indexed)
    case 2:
      guard let red = rest.popFirst(), let green = rest.popFirst(), let blue = rest.popFirst() else { return nil }
      return .rgb(channel(red), channel(green), channel(blue))
    default: return nil
    }
  }

  /// One of xterm's 256 colours: sixteen of the terminal's own, a cube of six levels, 24 grays.
  private static func indexed(_ index: Int) -> Color {
    switch index {
    case 0..<16: return .ansi(UInt8(index))
    case 16..<232:
      let levels = [0, 95, 135, 175, 215, 255]
      let place = index - 16
      return .rgb(
        channel(levels[place / 36]), channel(levels[place / 6 % 6]), channel(levels[place % 6]))
    default:
      let gray = channel(8 + 10 * (index - 232))
      return .rgb(gray, gray, gray)
    }
  }

  private static func channel(_ value: Int) -> UInt8 { UInt8(max(0, min(value, 255))) }
}
