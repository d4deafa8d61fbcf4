/// How a cell looks: two colours and modifiers.
public struct Style: Hashable, Sendable {
  /// The colour of the glyph.
  public var foreground: Color
  /// The colour behind it.
  public var background: Color
  /// Bold, dim, italic, underline and reverse, in any combination.
  public var modifiers: Modifiers

  /// The terminal's own colours and no modifier.
  public static let plain = Style()

  /// A style; what is not given is left to whatever lies underneath.
  public init(foreground: Color = .default, background: Color = .default, modifiers: Modifiers = []) {
    self.foreground = foreground
    self.background = background
    self.modifiers = modifiers
  }

  /// This style laid over `base`: `.default` colours show what lies underneath, modifiers add up.
  public func over(_ base: Style) -> Style {
    Style(
      foreground: foreground == .default ? base.foreground : foreground,
      background: background == .default ? base.background : background,
      modifiers: modifiers.union(base.modifiers))
  }
}

/// A set of text attributes; a terminal shows those it knows.
public struct Modifiers: OptionSet, Hashable, Sendable {
  /// One bit an attribute.
  public let rawValue: UInt8

  /// A set of attributes from its bits.
  public init(rawValue: UInt8) {
    self.rawValue = rawValue
  }

  /// Heavier strokes.
  public static let bold = Modifiers(rawValue: 1)
  /// Less contrast; not to be relied on to read text.
  public static let dim = Modifiers(rawValue: 2)
  /// Slanted, where the terminal can.
  public static let italic = Modifiers(rawValue: 4)
  /// A line below.
  public static let underline = Modifiers(rawValue: 8)
  /// Foreground and background exchanged.
  public static let reverse = Modifiers(rawValue: 16)

  /// The names that theme files use.
  public static let names: [(name: String, value: Modifiers)] = [
    ("bold", .bold), ("dim", .dim), ("italic", .italic), ("underline", .underline), ("reverse", .reverse),
  ]
}
