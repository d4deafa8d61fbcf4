import Vocabulary

/// Pieces of sentences.
enum Words {
  /// Three decimals, the same in every locale; "none" where there is no number.
  static func number(_ value: Double?) -> String { FixedNumber.text(value, decimals: 3, none: "none") }

  static func things(_ count: Int, _ one: String, _ many: String? = nil) -> String {
    "\(count) \(count == 1 ? one : many ?? one + "s")"
  }

  static func ending(_ terminal: TerminalKind?) -> String {
    switch terminal {
    case .answer?: " and states an answer"
    case .endOfText?: " and ends the text without an answer"
    case .depthCap?: " at the greatest depth"
    case .noContinuation?: " where no model goes on"
    case .filtered?: " and is ended by the server's filter"
    case nil: ""
    }
  }

  /// The text between quotation marks, its last line break dropped.
  static func quoted(_ bytes: [UInt8]) -> String {
    let end = (bytes.lastIndex { $0 != 10 && $0 != 13 } ?? -1) + 1
    // Four bytes are enough for any character; what is cut through here is cut off below.
    return "\"\(cut(String(decoding: bytes[..<min(end, 400)], as: UTF8.self)))\""
  }

  static func cut(_ text: String) -> String {
    let head = text.prefix(81)
    return head.count > 80 ? head.prefix(77) + "..." : text
  }
}
