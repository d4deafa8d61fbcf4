import Canvas

/// What a terminal of the type xterm sends for a key while its keypad is in application mode.
package enum KeyBytes {
  package static func of(_ key: Key) -> String? {
    switch key {
    case .character(let character): String(character)
    case .control(let letter): letter.asciiValue.map { String(UnicodeScalar($0 & 0x1F)) }
    case .enter: "\r"
    case .escape: "\u{1B}"
    case .tab: "\t"
    case .backTab: "\u{1B}[Z"
    case .up: "\u{1B}OA"
    case .down: "\u{1B}OB"
    case .right: "\u{1B}OC"
    case .left: "\u{1B}OD"
    case .home: "\u{1B}OH"
    case .end: "\u{1B}OF"
    case .pageUp: "\u{1B}[5~"
    case .pageDown: "\u{1B}[6~"
    case .insert: "\u{1B}[2~"
    case .delete: "\u{1B}[3~"
    case .backspace: "\u{7F}"
    case .function: nil
    }
  }
}
