import Canvas

/// Turns what curses read into events: keys, the mouse, pasted text. Pure, so that every case can be tested.
///
/// Each call takes all that was waiting, so Escape alone is the key, and Escape followed at once by more is the start of
/// a control sequence; those that nobody knows vanish instead of acting as the keys they are spelled with.
struct InputDecoder {
  /// A paste that never ends, because the terminal lost the end mark, must not swallow keys forever.
  static let pasteLimit = 1 << 20

  private var paste: String?

  /// Whether the end of pasted text has not come yet.
  var isPasting: Bool { paste != nil }

  mutating func events(_ batch: [RawInput]) -> [TerminalEvent] {
    var events: [TerminalEvent] = []
    var index = 0
    while index < batch.count {
      let item = batch[index]
      index += 1
      if paste != nil {
        addToPaste(item, &events)
        continue
      }
      switch item {
      case .scalar(27):
        let (found, next) = ControlSequence.read(batch, after: index)
        events += found
        index = next
      case .scalar(let value):
        if let key = InputDecoder.key(value) { events.append(.key(key)) }
      case .key(let key): events.append(.key(key))
      case .mouse(let event): events.append(.mouse(event))
      case .pasteStart: paste = ""
      case .pasteEnd, .unknown: break
      }
    }
    return events
  }

  private mutating func addToPaste(_ item: RawInput, _ events: inout [TerminalEvent]) {
    switch item {
    case .scalar(let value):
      // Terminals send line ends as CR.
      if let scalar = Unicode.Scalar(value == 13 ? 10 : value) { paste?.unicodeScalars.append(scalar) }
    case .key(.enter): paste?.append("\n")
    case .key(.tab): paste?.append("\t")
    default: break
    }
    if item == .pasteEnd || (paste?.utf8.count ?? 0) >= InputDecoder.pasteLimit {
      events.append(.paste(paste ?? ""))
      paste = nil
    }
  }

  /// The key of one scalar, nil for what no key sends.
  static func key(_ value: UInt32) -> Key? {
    switch value {
    case 9: return .tab
    case 10, 13: return .enter
    case 8, 127: return .backspace
    case 27: return .escape
    case 0...31:
      // Control clears two bits: 4 is D, 28 is \.
      return Unicode.Scalar(value + 64).map { .control(Character(Character($0).lowercased())) }
    case 128...159: return nil
    default: return Unicode.Scalar(value).map { .character(Character($0)) }
    }
  }
}

/// What came from the person or the system.
public enum TerminalEvent: Hashable, Sendable {
  /// A key was pressed.
  case key(Key)
  /// The mouse did something.
  case mouse(MouseEvent)
  /// Text was pasted; never keys, so that pasting triggers no command. As it came: whoever shows it sanitizes it.
  case paste(String)
  /// The screen has another size now; the next frame is painted in full.
  case resize(width: Int, height: Int)
  /// The terminal is gone (window closed, connection lost, SIGHUP): save and end.
  case hangup
  /// SIGINT from outside; ^C typed is `.key(.control("c"))`.
  case interrupt
  /// SIGTERM: save and end.
  case terminate
  /// The process was stopped and goes on; the next frame is painted in full.
  case resumed
}

/// One piece of input as curses hands it over.
enum RawInput: Hashable {
  /// A scalar that was typed, or part of a sequence that curses does not know.
  case scalar(UInt32)
  /// A key that has a name.
  case key(Key)
  /// The mouse.
  case mouse(MouseEvent)
  /// Pasted text begins.
  case pasteStart
  /// Pasted text ends.
  case pasteEnd
  /// A key that the explorer has no use for.
  case unknown
}
