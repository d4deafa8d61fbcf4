import Canvas

/// Turns the colours of a style into the numbers that a terminal of some depth takes.
struct Quantizer {
  /// What curses is told: -1 is the terminal's own colour.
  struct Look: Hashable {
    var foreground: Int32
    var background: Int32
    var modifiers: Modifiers
  }

  let depth: ColorDepth

  /// The look of a style. Text stays readable: colours that differ in the theme never become one and the same.
  func look(_ style: Style) -> Look {
    guard depth != .mono else { return Look(foreground: -1, background: -1, modifiers: style.modifiers) }
    var look = Look(
      foreground: number(style.foreground), background: number(style.background), modifiers: style.modifiers)
    if depth == .eight, case .ansi(let index) = style.foreground, index >= 8 {
      look.modifiers.insert(.bold)  // how terminals with eight colours show the bright ones
    }
    if look.foreground == look.background, look.foreground >= 0, style.foreground != style.background {
      look.foreground = Quantizer.isDark(look.background) ? 7 : 0
    }
    return look
  }

  /// The number of one colour, -1 for the terminal's own.
  func number(_ color: Color) -> Int32 {
    switch color {
    case .default:
      -1
    case .ansi(let index):
      ansi(index & 15)
    case .rgb(let red, let green, let blue):
      rgb(red, green, blue)
    }
  }

  private func ansi(_ index: UInt8) -> Int32 {
    switch depth {
    case .mono: -1
    case .eight: Int32(index & 7)
    case .sixteen, .palette256: Int32(index)
    // Direct terminals know numbers 0…7 as the terminal's own colours, the bright ones only by their usual RGB.
    case .direct: index < 8 ? Int32(index) : Quantizer.packed(Quantizer.ansiColors[Int(index)])
    }
  }

  private func rgb(_ red: UInt8, _ green: UInt8, _ blue: UInt8) -> Int32 {
    let color = (Int(red), Int(green), Int(blue))
    return switch depth {
    case .mono: -1
    case .eight: Quantizer.nearest(color, among: 0..<8)
    case .sixteen: Quantizer.nearest(color, among: 0..<16)
    case .palette256: Quantizer.cube(color)
    // 0…7 would mean the terminal's own eight colours; 8 is as black as makes no difference.
    case .direct: max(8, Quantizer.packed(color))
    }
  }

  private static func packed(_ color: (Int, Int, Int)) -> Int32 {
    Int32(color.0 << 16 | color.1 << 8 | color.2)
  }

  /// The nearest of the 240 fixed colours: the cube (16…231) or the gray ramp (232…255).
  private static func cube(_ color: (Int, Int, Int)) -> Int32 {
    let steps = (step(color.0), step(color.1), step(color.2))
    let inCube = (levels[steps.0], levels[steps.1], levels[steps.2])
    let average = (color.0 + color.1 + color.2) / 3
    let gray = min(23, max(0, (average - 3) / 10))
    let grayLevel = 8 + 10 * gray
    let isGrayNearer = distance(color, (grayLevel, grayLevel, grayLevel)) < distance(color, inCube)
    return Int32(isGrayNearer ? 232 + gray : 16 + 36 * steps.0 + 6 * steps.1 + steps.2)
  }

  private static let levels = [0, 95, 135, 175, 215, 255]

  /// The nearest level of the cube for one channel.
  private static func step(_ channel: Int) -> Int {
    channel < 48 ? 0 : channel < 115 ? 1 : (channel - 35) / 40
  }

  /// Colours with less than this between their strongest and weakest channel are grays.
  private static let grayLimit = 48

  private static func nearest(_ color: (Int, Int, Int), among indices: Range<Int>) -> Int32 {
    let spread = max(color.0, color.1, color.2) - min(color.0, color.1, color.2)
    // Among so few colours the nearest to a gray may be a yellow, and quiet text would shout.
    let candidates = spread < grayLimit ? indices.filter { [0, 7, 8, 15].contains($0) } : Array(indices)
    let best = candidates.min { distance(color, ansiColors[$0]) < distance(color, ansiColors[$1]) }
    return Int32(best ?? 7)
  }

  private static func distance(_ a: (Int, Int, Int), _ b: (Int, Int, Int)) -> Int {
    // The eye sees green best and blue least.
    2 * (a.0 - b.0) * (a.0 - b.0) + 4 * (a.1 - b.1) * (a.1 - b.1) + (a.2 - b.2) * (a.2 - b.2)
  }

  /// Whether light text is the better choice on one of the terminal's own colours.
  private static func isDark(_ number: Int32) -> Bool {
    ![2, 3, 6, 7, 9, 10, 11, 13, 14, 15].contains(number)
  }

  /// The sixteen colours as xterm shows them unless its owner chose others.
  private static let ansiColors: [(Int, Int, Int)] = [
    (0, 0, 0), (205, 0, 0), (0, 205, 0), (205, 205, 0), (0, 0, 238), (205, 0, 205), (0, 205, 205), (229, 229, 229),
    (127, 127, 127), (255, 0, 0), (0, 255, 0), (255, 255, 0), (92, 92, 255), (255, 0, 255), (0, 255, 255),
    (255, 255, 255),
  ]
}

/// How many colours a terminal has, as far as painting is concerned.
public enum ColorDepth: Hashable, Sendable, CaseIterable {
  /// None, or the person asked for none.
  case mono
  /// The eight of the first terminals.
  case eight
  /// Those and their bright forms.
  case sixteen
  /// The 6 × 6 × 6 cube and 24 grays of xterm.
  case palette256
  /// Any sRGB colour.
  case direct

  /// The depth for a number of colours as terminal descriptions give it.
  public init(colors: Int) {
    switch colors {
    case ..<8: self = .mono
    case ..<16: self = .eight
    case ..<256: self = .sixteen
    case ..<65_536: self = .palette256
    default: self = .direct
    }
  }

  /// In words, for `doctor` and messages.
  public var name: String {
    switch self {
    case .mono: "no colours"
    case .eight: "8 colours"
    case .sixteen: "16 colours"
    case .palette256: "256 colours"
    case .direct: "direct colour"
    }
  }
}
