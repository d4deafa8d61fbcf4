import Foundation

extension String {
  /// The text with its characters composed (NFC).
  ///
  /// Foundation's own composes Korean letters wrongly where they are not modern ones, and does not where a last letter follows a
  /// syllable; both are done here, by the Unicode Standard's arithmetic (section 3.12).
  var composed: String {
    guard unicodeScalars.contains(where: Hangul.isLetter) else { return precomposedStringWithCanonicalMapping }
    var out = ""
    var plain = String.UnicodeScalarView()
    for scalar in Hangul.composed(unicodeScalars) {
      if Hangul.isLetter(scalar) {  // composes with nothing
        out += String(plain).precomposedStringWithCanonicalMapping
        out.unicodeScalars.append(scalar)
        plain = String.UnicodeScalarView()
      } else {
        plain.append(scalar)
      }
    }
    return out + String(plain).precomposedStringWithCanonicalMapping
  }

  /// The text with its characters replaced by plainer ones that mean the same, then composed (NFKC).
  var compatiblyComposed: String { decomposedStringWithCompatibilityMapping.composed }
}

/// How Korean syllables are made of letters.
private enum Hangul {
  private static let (firsts, vowels, lasts): (UInt32, UInt32, UInt32) = (19, 21, 28)

  static func isLetter(_ scalar: Unicode.Scalar) -> Bool { (0x1100...0x11FF).contains(scalar.value) }

  /// `text` with every two or three letters that make a syllable replaced by it.
  static func composed(_ text: String.UnicodeScalarView) -> [Unicode.Scalar] {
    var out: [Unicode.Scalar] = []
    for scalar in text {
      if let before = out.last, let made = pair(before.value, scalar.value) {
        out[out.count - 1] = made
      } else {
        out.append(scalar)
      }
    }
    return out
  }

  private static func pair(_ a: UInt32, _ b: UInt32) -> Unicode.Scalar? {
    if (0x1100..<0x1100 + firsts).contains(a), (0x1161..<0x1161 + vowels).contains(b) {
      return Unicode.Scalar(0xAC00 + ((a - 0x1100) * vowels + b - 0x1161) * lasts)
    }
    let isOpen = (0xAC00..<0xAC00 + firsts * vowels * lasts).contains(a) && (a - 0xAC00) % lasts == 0
    return isOpen && (0x11A8..<0x11A7 + lasts).contains(b) ? Unicode.Scalar(a + b - 0x11A7) : nil
  }
}
