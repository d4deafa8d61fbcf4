/// A colour as a theme names it; what a terminal makes of it is decided when a frame is painted.
public enum Color: Hashable, Sendable {
  /// Whatever lies underneath, and at the bottom the terminal's own colour.
  case `default`
  /// One of the terminal's own sixteen colours, 0…15: black, red, green, yellow, blue, magenta, cyan, white, then bright.
  case ansi(UInt8)
  /// An sRGB colour, 0…255 a channel.
  case rgb(UInt8, UInt8, UInt8)
}

extension Color {
  /// The names that theme files use for `ansi` colours, in the order of their numbers.
  public static let ansiNames = [
    "black", "red", "green", "yellow", "blue", "magenta", "cyan", "white",
    "bright-black", "bright-red", "bright-green", "bright-yellow", "bright-blue", "bright-magenta", "bright-cyan",
    "bright-white",
  ]

  /// Reads `default`, an ANSI name or `#rrggbb`; nil for anything else.
  public init?(name: String) {
    if name == "default" {
      self = .default
      return
    }
    if let index = Color.ansiNames.firstIndex(of: name) {
      self = .ansi(UInt8(index))
      return
    }
    let digits = name.utf8.dropFirst()
    guard name.utf8.first == UInt8(ascii: "#"), digits.count == 6, digits.allSatisfy(Color.isHexDigit),
      let value = UInt32(name.dropFirst(), radix: 16)
    else { return nil }
    self = .rgb(UInt8(value >> 16 & 0xFF), UInt8(value >> 8 & 0xFF), UInt8(value & 0xFF))
  }

  /// `UInt32(_:radix:)` would also take a sign, so digits are checked one by one.
  private static func isHexDigit(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"),
      UInt8(ascii: "A")...UInt8(ascii: "F"):
      true
    default: false
    }
  }

  /// WCAG 2.2 relative luminance, 0…1; nil where the terminal decides the colour.
  public var luminance: Double? {
    guard case .rgb(let red, let green, let blue) = self else { return nil }
    return 0.2126 * Color.linear(red) + 0.7152 * Color.linear(green) + 0.0722 * Color.linear(blue)
  }

  /// WCAG 2.2 contrast ratio, 1…21; nil unless both colours are RGB.
  public func contrast(with other: Color) -> Double? {
    guard let first = luminance, let second = other.luminance else { return nil }
    return (max(first, second) + 0.05) / (min(first, second) + 0.05)
  }

  /// The sRGB transfer curve, from a channel to linear light.
  private static func linear(_ channel: UInt8) -> Double {
    let value = Double(channel) / 255
    return value <= 0.04045 ? value / 12.92 : power((value + 0.055) / 1.055)
  }

  /// x^2.4 for x in (0, 1], as x² · (x²)^(1/5) by Newton's method: this module needs no C library for one power.
  private static func power(_ base: Double) -> Double {
    let square = base * base
    var root = 1.0
    for _ in 0..<60 {
      let fourth = root * root * root * root
      let next = (4 * root + square / fourth) / 5
      if next == root { break }
      root = next
    }
    return square * root
  }
}
