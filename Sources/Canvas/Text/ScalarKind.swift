import Vocabulary

/// What a terminal makes of one Unicode scalar.
enum ScalarKind: Equatable {
  /// Takes so many columns, 1 or 2.
  case base(columns: Int)
  /// Stands on the scalar before it.
  case mark
  /// A Hangul vowel or final consonant, which joins the syllable before it.
  case vowel
  /// Must not reach a terminal: it is unsafe (`SafeText`), or no two terminals agree on its width.
  case hidden

  init(_ scalar: Unicode.Scalar) {
    switch scalar.value {
    case 0x20...0x7E, 0xA0...0xAC, 0xAE...0x2FF: self = .base(columns: 1)
    case _ where SafeText.isUnsafe(scalar): self = .hidden
    case 0x1160...0x11FF, 0xD7B0...0xD7C6, 0xD7CB...0xD7FB: self = .vowel
    case 0x1F1E6...0x1F1FF, 0x1F3FB...0x1F3FF: self = .hidden  // flags and skin tones: widths differ everywhere
    default:
      switch scalar.properties.generalCategory {
      case .nonspacingMark, .enclosingMark: self = .mark
      default: self = .base(columns: WideScalars.contain(scalar.value) ? 2 : 1)
      }
    }
  }

  /// Whether Hangul vowels and finals join this scalar.
  static func isHangul(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x1100...0x115F, 0xA960...0xA97C, 0xAC00...0xD7A3: true
    default: false
    }
  }
}
