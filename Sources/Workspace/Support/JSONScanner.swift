/// Reads one JSON object and keeps its values as the bytes that stood there, so that nothing is lost on the way through.
///
/// RFC 8259, strictly, or with Python's `NaN` and `Infinity`; nesting is limited so that hostile input cannot exhaust the stack.
struct JSONScanner {
  /// What is wrong with the text, and at which byte (from 0).
  struct Problem: Error, Equatable {
    let offset: Int
    let expected: String
  }

  /// What kind of value stands somewhere.
  enum Kind: String {
    case string = "a string"
    case number = "a number"
    case flag = "true or false"
    case null = "null"
    case list = "a list"
    case object = "an object"
    /// What Python writes and JSON does not know.
    case notFinite = "NaN or Infinity"
  }

  /// A value as it was written.
  struct Value {
    let kind: Kind
    let raw: ArraySlice<UInt8>
    /// The text of a string value.
    let text: String?
  }

  /// A member of the object.
  struct Member {
    let key: String
    let value: Value

    var kind: Kind { value.kind }
    /// The value as it was written.
    var raw: ArraySlice<UInt8> { value.raw }
    /// The text of a string value.
    var text: String? { value.text }
  }

  private let bytes: ArraySlice<UInt8>
  private var at: Int
  private let knowsNaN: Bool
  private static let deepest = 128

  private init(_ bytes: ArraySlice<UInt8>, knowsNaN: Bool) {
    self.bytes = bytes
    self.knowsNaN = knowsNaN
    at = bytes.startIndex
  }

  /// The members of the object that `bytes` (valid UTF-8) hold, in order. Complexity: O(bytes).
  static func members(of bytes: ArraySlice<UInt8>, knowsNaN: Bool = false) throws -> [Member] {
    var scanner = JSONScanner(bytes, knowsNaN: knowsNaN)
    scanner.skipSpace()
    guard scanner.peek == UInt8(ascii: "{") else { throw scanner.problem("a JSON object") }
    let members = try scanner.object(depth: 0)
    scanner.skipSpace()
    if scanner.peek != nil { throw scanner.problem("nothing after the object") }
    return members
  }

  /// The elements of the list that `bytes` (valid UTF-8) hold. Complexity: O(bytes).
  static func elements(of bytes: ArraySlice<UInt8>, knowsNaN: Bool = false) throws -> [Value] {
    var scanner = JSONScanner(bytes, knowsNaN: knowsNaN)
    scanner.skipSpace()
    guard scanner.peek == UInt8(ascii: "[") else { throw scanner.problem("a JSON list") }
    let elements = try scanner.list(depth: 0)
    scanner.skipSpace()
    if scanner.peek != nil { throw scanner.problem("nothing after the list") }
    return elements
  }

  /// The values that stand one after the other in `bytes` (valid UTF-8). Complexity: O(bytes).
  static func values(in bytes: ArraySlice<UInt8>, knowsNaN: Bool = false) throws -> [Value] {
    var scanner = JSONScanner(bytes, knowsNaN: knowsNaN)
    var values: [Value] = []
    scanner.skipSpace()
    while scanner.peek != nil {
      values.append(try scanner.value(depth: 0))
      scanner.skipSpace()
    }
    return values
  }

  private var peek: UInt8? { at < bytes.endIndex ? bytes[at] : nil }

  private func problem(_ expected: String) -> Problem {
    Problem(offset: at - bytes.startIndex, expected: expected)
  }

  private mutating func skipSpace() {
    while let byte = peek, byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D { at += 1 }
  }

  private mutating func take(_ character: Unicode.Scalar, _ expected: String) throws {
    guard peek == UInt8(ascii: character) else { throw problem(expected) }
    at += 1
  }

  private mutating func object(depth: Int) throws -> [Member] {
    guard depth < Self.deepest else { throw problem("at most \(Self.deepest) levels of nesting") }
    try take("{", "'{'")
    var members: [Member] = []
    skipSpace()
    if peek == UInt8(ascii: "}") {
      at += 1
      return members
    }
    while true {
      skipSpace()
      guard peek == UInt8(ascii: "\"") else { throw problem("a key in quotes") }
      let key = try string()
      skipSpace()
      try take(":", "':' after the key")
      skipSpace()
      members.append(Member(key: key, value: try value(depth: depth + 1)))
      skipSpace()
      if peek == UInt8(ascii: ",") {
        at += 1
      } else {
        try take("}", "',' or '}'")
        return members
      }
    }
  }

  private mutating func list(depth: Int) throws -> [Value] {
    guard depth < Self.deepest else { throw problem("at most \(Self.deepest) levels of nesting") }
    try take("[", "'['")
    var elements: [Value] = []
    skipSpace()
    if peek == UInt8(ascii: "]") {
      at += 1
      return elements
    }
    while true {
      skipSpace()
      elements.append(try value(depth: depth + 1))
      skipSpace()
      if peek == UInt8(ascii: ",") {
        at += 1
      } else {
        try take("]", "',' or ']'")
        return elements
      }
    }
  }

  private mutating func value(depth: Int) throws -> Value {
    let start = at
    let (kind, text) = try kindAndText(depth: depth)
    return Value(kind: kind, raw: bytes[start..<at], text: text)
  }

  private mutating func kindAndText(depth: Int) throws -> (Kind, String?) {
    switch peek {
    case UInt8(ascii: "\""): return (.string, try string())
    case UInt8(ascii: "{"):
      _ = try object(depth: depth)
      return (.object, nil)
    case UInt8(ascii: "["):
      _ = try list(depth: depth)
      return (.list, nil)
    case UInt8(ascii: "t"): return (.flag, try word("true"))
    case UInt8(ascii: "f"): return (.flag, try word("false"))
    case UInt8(ascii: "n"): return (.null, try word("null"))
    case UInt8(ascii: "N") where knowsNaN: return (.notFinite, try word("NaN"))
    case UInt8(ascii: "I") where knowsNaN: return (.notFinite, try word("Infinity"))
    case UInt8(ascii: "-") where knowsNaN && bytes[at...].starts(with: "-I".utf8):
      return (.notFinite, try word("-Infinity"))
    default:
      try number()
      return (.number, nil)
    }
  }

  private mutating func word(_ word: String) throws -> String? {
    guard bytes[at...].starts(with: word.utf8) else { throw problem("a JSON value") }
    at += word.utf8.count
    return nil
  }

  private mutating func digits(_ expected: String) throws {
    let start = at
    while let byte = peek, (0x30...0x39).contains(byte) { at += 1 }
    if at == start { throw problem(expected) }
  }

  private mutating func number() throws {
    if peek == UInt8(ascii: "-") { at += 1 }
    if peek == UInt8(ascii: "0") { at += 1 } else { try digits("a JSON value") }
    if peek == UInt8(ascii: ".") {
      at += 1
      try digits("a digit after '.'")
    }
    if peek == UInt8(ascii: "e") || peek == UInt8(ascii: "E") {
      at += 1
      if peek == UInt8(ascii: "+") || peek == UInt8(ascii: "-") { at += 1 }
      try digits("a digit of the exponent")
    }
  }

  private mutating func string() throws -> String {
    at += 1
    let start = at
    while let byte = peek, byte >= 0x20, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\") { at += 1 }
    if peek == UInt8(ascii: "\"") {
      at += 1
      return String(decoding: bytes[start..<(at - 1)], as: UTF8.self)
    }
    var text = Array(bytes[start..<at])
    while true {
      guard let byte = peek else { throw problem("'\"' at the end of the string") }
      if byte < 0x20 { throw problem("no raw control character inside a string") }
      at += 1
      if byte == UInt8(ascii: "\"") { return String(decoding: text, as: UTF8.self) }
      if byte != UInt8(ascii: "\\") {
        text.append(byte)
        continue
      }
      guard let escape = peek else { throw problem("'\"' at the end of the string") }
      at += 1
      if let byte = JSONEscape.byte(escape) {
        text.append(byte)
      } else if escape == UInt8(ascii: "u") {
        text += String(Character(try escapedScalar())).utf8
      } else {
        at -= 1
        throw problem("an escape JSON knows after '\\'")
      }
    }
  }

  /// The scalar after `\u`; half of a surrogate pair alone becomes U+FFFD.
  private mutating func escapedScalar() throws -> Unicode.Scalar {
    let high = try codeUnit()
    guard (0xD800..<0xDC00).contains(high), bytes[at...].starts(with: "\\u".utf8) else {
      return Unicode.Scalar(high) ?? "\u{FFFD}"
    }
    let before = at
    at += 2
    let low = try codeUnit()
    guard (0xDC00..<0xE000).contains(low) else {
      at = before
      return "\u{FFFD}"
    }
    return Unicode.Scalar(0x10000 + (high - 0xD800) << 10 + (low - 0xDC00)) ?? "\u{FFFD}"
  }

  private mutating func codeUnit() throws -> UInt32 {
    let digits = String(decoding: bytes[at..<min(at + 4, bytes.endIndex)], as: UTF8.self)
    guard digits.utf8.count == 4, digits.first != "+", digits.first != "-", let unit = UInt32(digits, radix: 16) else {
      throw problem("four hexadecimal digits after '\\u'")
    }
    at += 4
    return unit
  }
}

/// The escapes of a JSON string that are one letter after the backslash.
enum JSONEscape {
  /// The byte that `\` and `letter` stand for; nil for `u` and for letters that JSON does not know.
  static func byte(_ letter: UInt8) -> UInt8? {
    switch letter {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): letter
    case UInt8(ascii: "n"): 0x0A
    case UInt8(ascii: "t"): 0x09
    case UInt8(ascii: "r"): 0x0D
    case UInt8(ascii: "b"): 0x08
    case UInt8(ascii: "f"): 0x0C
    default: nil
    }
  }

  /// `text` as a JSON string.
  static func quoted(_ text: String) -> [UInt8] {
    var bytes: [UInt8] = [UInt8(ascii: "\"")]
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes += [UInt8(ascii: "\\"), byte]
      case 0x0A: bytes += "\\n".utf8
      case 0x09: bytes += "\\t".utf8
      case 0x0D: bytes += "\\r".utf8
      case ..<0x20: bytes += "\\u00\(byte < 0x10 ? "0" : "")\(String(byte, radix: 16))".utf8
      default: bytes.append(byte)
      }
    }
    return bytes + [UInt8(ascii: "\"")]
  }
}
