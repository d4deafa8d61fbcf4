import Vocabulary

/// Text inside XML.
public enum XML {
  /// The text on one line, with the characters that mean something replaced; what is unsafe
  /// (`SafeText`), and with it all that XML 1.0 cannot hold, becomes U+FFFD.
  public static func escaped(_ text: String) -> String {
    text.unicodeScalars.reduce(into: "") { escaped, scalar in
      switch scalar {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "\"": escaped += "&quot;"
      case "\n", "\t", "\r": escaped += " "
      default:
        escaped.unicodeScalars.append(SafeText.isUnsafe(scalar) ? "\u{FFFD}" : scalar)
      }
    }
  }
}
