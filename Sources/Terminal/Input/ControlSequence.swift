import Canvas

/// Control sequences (ECMA-48) that curses did not recognise, because TERM describes another terminal or because the
/// terminal answers what nobody asked.
enum ControlSequence {
  /// Longer sequences are cut: what follows is read as keys again.
  private static let limit = 64

  /// Reads what follows an Escape at `start`.
  /// - Returns: The events, and the index of the first item that was not used.
  static func read(_ batch: [RawInput], after start: Int) -> (events: [TerminalEvent], next: Int) {
    guard start < batch.count, case .scalar(let introducer) = batch[start] else { return ([.key(.escape)], start) }
    let body = start + 1
    switch Unicode.Scalar(introducer) {
    case "[" where body < batch.count: return control(batch, body)
    case "O" where body < batch.count: return single(batch, body)
    case "]" where body < batch.count, "P" where body < batch.count, "_" where body < batch.count:
      return (string(batch, body))
    // Escape and a key in one go: Alt, or two quick presses. The key is read next.
    default: return ([.key(.escape)], start)
    }
  }

  /// `ESC [ parameters final`.
  private static func control(_ batch: [RawInput], _ start: Int) -> (events: [TerminalEvent], next: Int) {
    var parameters = ""
    var index = start
    while index < batch.count, index - start < limit, case .scalar(let value) = batch[index],
      let scalar = Unicode.Scalar(value)
    {
      index += 1
      guard (0x40...0x7E).contains(value) else {
        guard (0x20...0x3F).contains(value) else { return ([], index) }
        parameters.unicodeScalars.append(scalar)
        continue
      }
      if parameters.isEmpty && scalar == "M" { return oldMouse(batch, index) }
      return (event(parameters, final: scalar), index)
    }
    return ([], index)
  }

  private static func event(_ parameters: String, final: Unicode.Scalar) -> [TerminalEvent] {
    if parameters.first == "<", final == "M" || final == "m" { return sgrMouse(parameters, isPress: final == "M") }
    if final == "~" {
      return numbered[parameters.prefix { $0 != ";" }.description].map { [.key($0)] } ?? []
    }
    return named[final].map { [.key($0)] } ?? []
  }

  /// `ESC O final`: keys in the keypad's application mode.
  private static func single(_ batch: [RawInput], _ start: Int) -> (events: [TerminalEvent], next: Int) {
    guard case .scalar(let value) = batch[start], let scalar = Unicode.Scalar(value) else {
      return ([.key(.escape), .key(.character("O"))], start)
    }
    return (named[scalar].map { [.key($0)] } ?? [], start + 1)
  }

  /// `ESC ] … BEL` or `ESC \`: an answer of the terminal, which ends at the latest with the batch.
  private static func string(_ batch: [RawInput], _ start: Int) -> (events: [TerminalEvent], next: Int) {
    var index = start
    while index < batch.count, case .scalar(let value) = batch[index] {
      index += 1
      if value == 7 { break }
      if value == 27 {
        if index < batch.count, batch[index] == .scalar(UInt32(UInt8(ascii: "\\"))) { index += 1 }
        break
      }
    }
    return ([], index)
  }

  /// `ESC [ < button ; column ; row M`, counted from 1 (xterm's mode 1006).
  private static func sgrMouse(_ parameters: String, isPress: Bool) -> [TerminalEvent] {
    let numbers = parameters.dropFirst().split(separator: ";").compactMap { Int($0) }
    guard numbers.count == 3, numbers.allSatisfy({ (0...100_000).contains($0) }) else { return [] }
    return mouse(code: numbers[0], x: numbers[1] - 1, y: numbers[2] - 1, isPress: isPress)
  }

  /// `ESC [ M` and three bytes, each 32 above its meaning (xterm's mode 1000).
  private static func oldMouse(_ batch: [RawInput], _ start: Int) -> (events: [TerminalEvent], next: Int) {
    var values: [Int] = []
    for item in batch[start...].prefix(3) {
      guard case .scalar(let value) = item else { break }
      values.append(Int(value) - 32)
    }
    let next = start + values.count
    guard values.count == 3, values.allSatisfy({ $0 >= 0 }) else { return ([], next) }
    let isRelease = values[0] & 0x43 == 3
    let code = isRelease ? values[0] & ~3 : values[0]
    return (mouse(code: code, x: values[1] - 1, y: values[2] - 1, isPress: !isRelease), next)
  }

  private static func mouse(code: Int, x: Int, y: Int, isPress: Bool) -> [TerminalEvent] {
    guard x >= 0, y >= 0 else { return [] }
    let kind: MouseEvent.Kind
    switch code & ~0x1C {  // without Shift, Alt and Control
    case 64: kind = .wheelUp
    case 65: kind = .wheelDown
    case 32...34: kind = .drag
    case 0...2:
      let button: MouseEvent.Button = [.left, .middle, .right][code & 3]
      kind = isPress ? .press(button) : .release(button)
    default: return []
    }
    return [.mouse(MouseEvent(kind: kind, x: x, y: y))]
  }

  private static let named: [Unicode.Scalar: Key] = [
    "A": .up, "B": .down, "C": .right, "D": .left, "H": .home, "F": .end, "Z": .backTab, "M": .enter,
    "P": .function(1), "Q": .function(2), "R": .function(3), "S": .function(4),
  ]

  private static let numbered: [String: Key] = [
    "1": .home, "2": .insert, "3": .delete, "4": .end, "5": .pageUp, "6": .pageDown, "7": .home, "8": .end,
  ]
}
