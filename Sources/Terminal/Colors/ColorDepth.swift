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
