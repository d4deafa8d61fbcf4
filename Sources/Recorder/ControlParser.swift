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
        let numbers = parameters.split(omittingEmptySubsequences: false) { $0 == ";" || $0 == ":" }.map { Int($0) ?? 0 }
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
