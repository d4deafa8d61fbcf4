import Vocabulary

/// Text of models and files where markup stands around it.
enum MarkupText {
  /// `text` as the content of an element or an attribute in quotes, of XML or HTML: what would be markup, and what neither allows, is
  /// escaped or replaced by a visible sign.
  static func escaped(_ text: String) -> String {
    var safe = ""
    safe.reserveCapacity(text.utf8.count)
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": safe += "&amp;"
      case "<": safe += "&lt;"
      case ">": safe += "&gt;"
      case "\"": safe += "&quot;"
      case "'": safe += "&#39;"
      case "\n", "\t": safe.unicodeScalars.append(scalar)
      default:
        if SafeText.isUnsafe(scalar) || scalar.value & 0xFFFE == 0xFFFE {
          safe += SafeText.line(String(scalar))
        } else {
          safe.unicodeScalars.append(scalar)
        }
      }
    }
    return safe
  }
}
