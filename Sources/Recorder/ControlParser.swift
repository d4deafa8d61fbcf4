/// Bytes as they come, turned into text; a character that is cut waits for its rest.
package struct UTF8Buffer {
  private var tail: [UInt8] = []

  package init() {}

  /// The text that is complete with these bytes.
  package mutating func feed(_ bytes: [UInt8]) -> String {
    tail += bytes
    guard let end = tail.lastIndex(where: { $0 & 0xC0 != 0x80 }) else { return "" }
    let length = tail[end] >= 0xF0 ? 4 : tail[end] >= 0xE0 ? 3 : tail[end] >= 0xC0 ? 2 : 1
    let isCut = tail.count - end < length
    defer { tail = isCut ? Array(tail[end...]) : [] }
    return String(decoding: isCut ? tail[..<end] : tail[...], as: UTF8.self)
  }
}

/// Cuts terminal output into characters and control sequences, which may be cut anywhere.
package struct ControlParser {
  package enum Item {
    case text(Character)
    case control(UInt8)
    /// `ESC [ parameters final`.
    case sequence([Int], isPrivate: Bool, final: Character)
    /// `ESC letter`.
    case escape(Character)
  }

  /// A number that a program sends means no more than this, whatever it is: no screen is larger.
  private static let greatest = 1 << 16

  private enum State { case plain, escape, sequence, charset, string }
  private var state = State.plain
  private var parameters = ""

  package mutating func items(_ text: String) -> [Item] {
    var items: [Item] = []
    // Scalar by scalar: CR and LF would be one character.
    for scalar in text.unicodeScalars {
      switch state {
      case .plain:
        if scalar == "\u{1B}" {
          state = .escape
        } else if scalar.value < 0x20 || scalar.value == 0x7F {
          items.append(.control(UInt8(scalar.value)))
        } else {
          items.append(.text(Character(scalar)))
        }
      case .escape:
        switch scalar {
        case "[":
          state = .sequence
          parameters = ""
        case "]", "P", "_": state = .string
        case "(", ")": state = .charset
        default:
          state = .plain
          items.append(.escape(Character(scalar)))
        }
      case .sequence:
        guard (0x40...0x7E).contains(scalar.value) else {
          parameters.unicodeScalars.append(scalar)
          continue
        }
        state = .plain
        let isPrivate = parameters.first.map { "?<>=!".contains($0) } ?? false
        let numbers = parameters.split(omittingEmptySubsequences: false) { $0 == ";" || $0 == ":" }.map {
          min(max(Int($0) ?? 0, 0), Self.greatest)
        }
        items.append(.sequence(parameters.isEmpty ? [] : numbers, isPrivate: isPrivate, final: Character(scalar)))
      case .charset: state = .plain
      case .string:
        if scalar == "\u{7}" { state = .plain }
        if scalar == "\u{1B}" { state = .escape }  // of its end, ESC \
      }
    }
    return items
  }
}
