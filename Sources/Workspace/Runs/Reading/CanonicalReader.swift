/// Reads JSON that is written exactly as ``CanonicalJSON`` writes it: keys in order, no white space, nothing unknown.
///
/// What is written in any other way is no error: it throws ``NotCanonical``, and the general decoder is to decide. So this
/// reader can be some thirty times as fast and needs to know only what is common.
struct CanonicalReader {
  /// This reader cannot tell what the text means.
  struct NotCanonical: Error {}

  private let bytes: UnsafeBufferPointer<UInt8>
  private var at = 0

  /// A reader at the beginning of `bytes`, which must outlive it.
  init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

  /// True behind the last byte.
  var isAtEnd: Bool { at == bytes.count }

  // MARK: - Structure

  /// Passes over these very bytes.
  mutating func take(_ text: StaticString) throws {
    guard has(text, at: at) else { throw NotCanonical() }
    at += text.utf8CodeUnitCount
  }

  /// Passes over the key of the next member, with the comma before it, where it is this one.
  mutating func key(_ name: StaticString) -> Bool {
    let start = at > 0 && bytes[at - 1] == UInt8(ascii: "{") ? at : at + 1
    let end = start + name.utf8CodeUnitCount + 2
    guard end < bytes.count, start == at || bytes[at] == UInt8(ascii: ","), bytes[start] == UInt8(ascii: "\""),
      has(name, at: start + 1), bytes[end - 1] == UInt8(ascii: "\""), bytes[end] == UInt8(ascii: ":")
    else { return false }
    at = end + 1
    return true
  }

  /// The value of the next member, which must have this key.
  mutating func member<Value>(
    _ name: StaticString, _ value: (inout CanonicalReader) throws -> Value
  ) throws -> Value {
    guard key(name) else { throw NotCanonical() }
    return try value(&self)
  }

  /// The value of the next member where it has this key; nil, and nothing is passed over, where it has another.
  mutating func optional<Value>(
    _ name: StaticString, _ value: (inout CanonicalReader) throws -> Value
  ) throws -> Value? { key(name) ? try value(&self) : nil }

  /// The key of the next member, whatever it is; nil where the object ends.
  mutating func nextKey(isFirst: Bool) throws -> String? {
    if has("}", at: at) { return nil }
    if !isFirst { try take(",") }
    let key = try string()
    try take(":")
    return key
  }

  /// What `members` reads between braces.
  mutating func object<Value>(
    _ members: (inout CanonicalReader) throws -> Value
  ) throws -> Value {
    try take("{")
    let value = try members(&self)
    try take("}")
    return value
  }

  /// Elements between brackets.
  mutating func list<Element>(
    _ element: (inout CanonicalReader) throws -> Element
  ) throws -> [Element] {
    try take("[")
    var list: [Element] = []
    if has("]", at: at) {
      at += 1
      return list
    }
    while true {
      list.append(try element(&self))
      if has("]", at: at) {
        at += 1
        return list
      }
      try take(",")
    }
  }

  // MARK: - Values

  /// `true` or `false`.
  mutating func flag() throws -> Bool {
    let value = has("true", at: at)
    try take(value ? "true" : "false")
    return value
  }

  /// A whole number, written in digits.
  mutating func integer<Value: FixedWidthInteger>() throws -> Value {
    let isNegative = has("-", at: at)
    if isNegative { at += 1 }
    let first = at
    var value: UInt64 = 0
    while at < bytes.count, bytes[at] &- 0x30 < 10 {
      let (tens, tooBig) = value.multipliedReportingOverflow(by: 10)
      let (sum, tooGreat) = tens.addingReportingOverflow(UInt64(bytes[at] &- 0x30))
      if tooBig || tooGreat { throw NotCanonical() }
      value = sum
      at += 1
    }
    // No digit, a zero before others, or a number that goes on as a fraction.
    guard at > first, bytes[first] != 0x30 || (at == first + 1 && !isNegative), !isInNumber else {
      throw NotCanonical()
    }
    let number = isNegative ? Int64(exactly: value).flatMap { Value(exactly: -$0) } : Value(exactly: value)
    guard let number else { throw NotCanonical() }
    return number
  }

  /// A number, rounded correctly.
  mutating func number() throws -> Double { try decimal().value }

  /// A number, rounded correctly to single precision.
  mutating func single() throws -> Float {
    let (value, text) = try decimal()
    // Rounding twice is rounding once, unless the first time ends midway between two singles.
    let isSafe = value.significandBitPattern & 0x1FFF_FFFF != 0x1000_0000
    if isSafe, value == 0 || value.magnitude >= Double(Float.leastNormalMagnitude) { return Float(value) }
    guard let single = Float(String(decoding: text, as: UTF8.self)) else { throw NotCanonical() }
    return single
  }

  /// A string in which at most the common characters are escaped.
  mutating func string() throws -> String {
    try take("\"")
    let start = at
    while at < bytes.count, bytes[at] != UInt8(ascii: "\""), bytes[at] != UInt8(ascii: "\\"), bytes[at] >= 0x20 {
      at += 1
    }
    if at < bytes.count, bytes[at] == UInt8(ascii: "\"") {
      let text = String(validating: UnsafeBufferPointer(rebasing: bytes[start..<at]), as: UTF8.self)
      at += 1
      guard let text else { throw NotCanonical() }
      return text
    }
    return try escapedString(from: start)
  }

  /// A word that stands for a case.
  mutating func word<Word: RawRepresentable<String>>() throws -> Word {
    guard let word = Word(rawValue: try string()) else { throw NotCanonical() }
    return word
  }

  // MARK: - Parts

  private func has(_ text: StaticString, at place: Int) -> Bool {
    let count = text.utf8CodeUnitCount
    guard count <= bytes.count - place else { return false }
    for offset in 0..<count where bytes[place + offset] != text.utf8Start[offset] { return false }
    return true
  }

  /// True where a number would go on with something other than digits.
  private var isInNumber: Bool {
    guard at < bytes.count else { return false }
    return [UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E")].contains(bytes[at])
  }

  /// A number and how it is written. What ``JSONNumber`` cannot tell exactly is left to the library.
  private mutating func decimal() throws -> (value: Double, text: UnsafeBufferPointer<UInt8>) {
    let start = at
    let isNegative = has("-", at: at)
    if isNegative { at += 1 }
    let first = at
    var (significand, digits, fraction): (UInt64, Int, Int) = (0, 0, 0)
    while at < bytes.count, bytes[at] &- 0x30 < 10 || (bytes[at] == UInt8(ascii: ".") && fraction == 0 && at > first) {
      if bytes[at] == UInt8(ascii: ".") {
        fraction = at
      } else {
        significand = significand &* 10 &+ UInt64(bytes[at] &- 0x30)
        digits += 1
      }
      at += 1
    }
    let isWhole = fraction == 0
    let places = isWhole ? 0 : at - fraction - 1
    guard digits > 0, isWhole || places > 0, bytes[first] != 0x30 || (isWhole ? at : fraction) == first + 1
    else { throw NotCanonical() }
    if !isInNumber, let value = JSONNumber.exact(significand, digits: digits, places: places) {
      return (isNegative ? -value : value, UnsafeBufferPointer(rebasing: bytes[start..<at]))
    }
    while at < bytes.count,
      isInNumber || [UInt8(ascii: "+"), UInt8(ascii: "-")].contains(bytes[at]) || bytes[at] &- 0x30 < 10
    {
      at += 1
    }
    let text = UnsafeBufferPointer(rebasing: bytes[start..<at])
    guard let value = Double(String(decoding: text, as: UTF8.self)), value.isFinite,
      value != 0 || significand == 0  // the general decoder refuses what is too small
    else { throw NotCanonical() }
    return (value, text)
  }

  private mutating func escapedString(from start: Int) throws -> String {
    var text = Array(bytes[start..<at])
    while at < bytes.count, bytes[at] >= 0x20 {
      let byte = bytes[at]
      at += 1
      if byte == UInt8(ascii: "\"") {
        guard let string = String(validating: text, as: UTF8.self) else { throw NotCanonical() }
        return string
      }
      guard byte == UInt8(ascii: "\\") else {
        text.append(byte)
        continue
      }
      guard at < bytes.count else { break }
      guard let byte = JSONEscape.byte(bytes[at]) else { throw NotCanonical() }
      text.append(byte)
      at += 1
    }
    throw NotCanonical()
  }
}
