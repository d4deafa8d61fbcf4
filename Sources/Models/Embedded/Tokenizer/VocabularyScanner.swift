/// Reads JSON byte by byte, for files whose parts are too many or too delicate for a dictionary of strings.
struct VocabularyScanner {
  /// This is no JSON, or other JSON than was asked for.
  struct Unexpected: Error {}

  private let bytes: UnsafeBufferPointer<UInt8>
  /// Of the next byte.
  private(set) var position: Int

  /// Reads `bytes`, which must outlive it.
  init(_ bytes: UnsafeBufferPointer<UInt8>, from position: Int = 0) {
    self.bytes = bytes
    self.position = position
  }

  /// The next byte that is no white space; nil at the end.
  mutating func peek() -> UInt8? {
    while position < bytes.count {
      let byte = bytes[position]
      guard byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 else { break }
      position += 1
    }
    return position < bytes.count ? bytes[position] : nil
  }

  private mutating func take(_ character: Unicode.Scalar) throws {
    guard peek() == UInt8(ascii: character) else { throw Unexpected() }
    position += 1
  }

  /// Reads an object: `read` is called where each value begins, and reads it.
  mutating func object(_ read: ([UInt8], inout VocabularyScanner) throws -> Void) throws {
    try items("{", "}") { scanner in
      let key = try scanner.string()
      try scanner.take(":")
      _ = scanner.peek()
      try read(key, &scanner)
    }
  }

  /// Reads an array: `read` is called where each item begins, and reads it.
  mutating func array(_ read: (inout VocabularyScanner) throws -> Void) throws { try items("[", "]", read) }

  private mutating func items(
    _ open: Unicode.Scalar, _ close: Unicode.Scalar, _ read: (inout VocabularyScanner) throws -> Void
  ) throws {
    try take(open)
    if peek() == UInt8(ascii: close) { return position += 1 }
    while true {
      _ = peek()
      try read(&self)
      if peek() == UInt8(ascii: close) { return position += 1 }
      try take(",")
    }
  }

  /// Reads a whole number.
  mutating func integer() throws -> Int {
    guard let first = peek() else { throw Unexpected() }
    let isNegative = first == UInt8(ascii: "-")
    if isNegative { position += 1 }
    var value = 0
    let start = position
    while position < bytes.count, (0x30...0x39).contains(bytes[position]), value < 1 << 53 {
      value = 10 * value + Int(bytes[position] - 0x30)
      position += 1
    }
    guard position > start, position == bytes.count || ![0x2E, 0x45, 0x65].contains(bytes[position]) else {
      throw Unexpected()
    }
    return isNegative ? -value : value
  }

  /// Goes past a value of any kind, without looking closer than brackets and strings demand. Complexity: O(length).
  mutating func skip() throws {
    var depth = 0
    repeat {
      guard let byte = peek() else { throw Unexpected() }
      switch byte {
      case UInt8(ascii: "\""): _ = try string()
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        depth += 1
        position += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        depth -= 1
        position += 1
      case UInt8(ascii: ","), UInt8(ascii: ":"):
        guard depth > 0 else { throw Unexpected() }
        position += 1
      default:
        while position < bytes.count, !Self.endsWord.contains(bytes[position]) { position += 1 }
      }
    } while depth > 0
    if depth < 0 { throw Unexpected() }
  }

  private static let endsWord: Set<UInt8> = Set(" \t\r\n,:{}[]\"".utf8)

  /// Reads a string, as UTF-8.
  mutating func string() throws -> [UInt8] {
    try take("\"")
    var out: [UInt8] = []
    while position < bytes.count {
      let byte = bytes[position]
      position += 1
      if byte == UInt8(ascii: "\"") { return out }
      if byte == UInt8(ascii: "\\") { try escape(&out) } else { out.append(byte) }
    }
    throw Unexpected()
  }

  private mutating func escape(_ out: inout [UInt8]) throws {
    guard position < bytes.count else { throw Unexpected() }
    let letter = bytes[position]
    position += 1
    if letter != UInt8(ascii: "u") {
      guard let place = "\"\\/bfnrt".utf8.firstIndex(of: letter) else { throw Unexpected() }
      let index = "\"\\/bfnrt".utf8.distance(from: "\"\\/bfnrt".utf8.startIndex, to: place)
      return out.append([0x22, 0x5C, 0x2F, 0x08, 0x0C, 0x0A, 0x0D, 0x09][index])
    }
    var code = try hexadecimal()
    if (0xD800..<0xDC00).contains(code) {  // the first half of a pair
      guard position + 1 < bytes.count, bytes[position] == UInt8(ascii: "\\"), bytes[position + 1] == UInt8(ascii: "u")
      else { throw Unexpected() }
      position += 2
      let second = try hexadecimal()
      guard (0xDC00..<0xE000).contains(second) else { throw Unexpected() }
      code = 0x10000 + (code - 0xD800) << 10 + (second - 0xDC00)
    }
    guard let scalar = Unicode.Scalar(code) else { throw Unexpected() }
    out.append(contentsOf: UTF8.encode(scalar).map(Array.init) ?? [])
  }

  private mutating func hexadecimal() throws -> UInt32 {
    guard position + 4 <= bytes.count else { throw Unexpected() }
    var code: UInt32 = 0
    for byte in bytes[position..<position + 4] {
      guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue else { throw Unexpected() }
      code = code << 4 | UInt32(digit)
    }
    position += 4
    return code
  }
}
