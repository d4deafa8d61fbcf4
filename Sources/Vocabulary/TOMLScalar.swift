/// Values of TOML that stand without quotes: flags, numbers, dates and times.
///
/// Parsers tell them apart by their first letters and take the rest for granted; so what looks like one and is none must not reach
/// them.
enum TOMLScalar {
  /// True for bytes that such a value is made of.
  static func isPart(_ byte: UInt8) -> Bool {
    isDigit(byte) || isLetter(byte) || [0x2B, 0x2D, 0x2E, 0x3A, 0x5F].contains(byte)  // + - . : _
  }

  /// True where `bytes` are one of them, as TOML 1.0 spells it. Complexity: O(bytes).
  static func isValue(_ bytes: ArraySlice<UInt8>) -> Bool {
    if isWord(bytes, "true") || isWord(bytes, "false") { return true }
    if isDate(bytes.prefix(10)) { return bytes.count == 10 || isTime(bytes.dropFirst(10), afterDate: true) }
    return isTime(bytes, afterDate: false) || isNumber(bytes)
  }

  /// True where `bytes` are a date alone, behind which a space and a time may follow.
  static func isDate(_ bytes: ArraySlice<UInt8>) -> Bool { fits(bytes, "dddd-dd-dd") }

  private static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }

  private static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- 0x61 < 26 }

  private static func isWord(_ bytes: ArraySlice<UInt8>, _ word: StaticString) -> Bool {
    word.withUTF8Buffer { bytes.elementsEqual($0) }
  }

  /// True where `bytes` are like `pattern`, in which `d` stands for a digit.
  private static func fits(_ bytes: ArraySlice<UInt8>, _ pattern: StaticString) -> Bool {
    pattern.withUTF8Buffer { pattern in
      bytes.elementsEqual(pattern) { $1 == UInt8(ascii: "d") ? isDigit($0) : $0 == $1 }
    }
  }

  /// `hh:mm:ss.fraction`; behind a date with what parts them, and perhaps where it counts.
  private static func isTime(_ bytes: ArraySlice<UInt8>, afterDate: Bool) -> Bool {
    var rest = bytes
    if afterDate {
      guard let mark = rest.popFirst(), [0x54, 0x74, 0x20].contains(mark) else { return false }
      if rest.last == UInt8(ascii: "Z") || rest.last == UInt8(ascii: "z") {
        rest.removeLast()
      } else if fits(rest.suffix(6), "+dd:dd") || fits(rest.suffix(6), "-dd:dd") {
        rest.removeLast(6)
      }
    }
    guard fits(rest.prefix(8), "dd:dd:dd") else { return false }
    rest = rest.dropFirst(8)
    guard let point = rest.popFirst() else { return true }
    return point == UInt8(ascii: ".") && (1...9).contains(rest.count) && rest.allSatisfy(isDigit)
  }

  private static func isNumber(_ bytes: ArraySlice<UInt8>) -> Bool {
    let isSigned = bytes.first == UInt8(ascii: "+") || bytes.first == UInt8(ascii: "-")
    let plain = isSigned ? bytes.dropFirst() : bytes
    if isWord(plain, "inf") || isWord(plain, "nan") { return true }
    let digits: ClosedRange<UInt8>? =
      if isSigned || plain.first != 0x30 || plain.count < 3 { nil } else {
        switch plain[plain.startIndex + 1] {
        case UInt8(ascii: "x"): 0...15
        case UInt8(ascii: "o"): 0...7
        case UInt8(ascii: "b"): 0...1
        default: nil
        }
      }
    if let digits { return areDigits(plain.dropFirst(2), digits) }
    return isDecimal(plain)
  }

  /// A whole part without zeros before it, perhaps a fraction, perhaps an exponent.
  private static func isDecimal(_ bytes: ArraySlice<UInt8>) -> Bool {
    let parts = bytes.split(maxSplits: 1, omittingEmptySubsequences: false) { $0 | 0x20 == UInt8(ascii: "e") }
    if parts.count == 2 {
      let isSigned = parts[1].first == UInt8(ascii: "+") || parts[1].first == UInt8(ascii: "-")
      guard areDigits(isSigned ? parts[1].dropFirst() : parts[1], 0...9) else { return false }
    }
    let places = parts[0].split(separator: UInt8(ascii: "."), maxSplits: 1, omittingEmptySubsequences: false)
    guard areDigits(places[0], 0...9), places[0].first != 0x30 || places[0].count == 1 else { return false }
    return places.count == 1 || areDigits(places[1], 0...9)
  }

  /// Digits of these values, at least one, with single underscores between them.
  private static func areDigits(_ bytes: ArraySlice<UInt8>, _ values: ClosedRange<UInt8>) -> Bool {
    var wasDigit = false
    for byte in bytes {
      if byte == UInt8(ascii: "_"), wasDigit {
        wasDigit = false
        continue
      }
      let value = isDigit(byte) ? byte - 0x30 : isLetter(byte) ? (byte | 0x20) - 0x61 + 10 : .max
      guard values.contains(value) else { return false }
      wasDigit = true
    }
    return wasDigit
  }
}
