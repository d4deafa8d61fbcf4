import Vocabulary

/// A value of a ``JSONText``. What is asked of a value of another kind is not there.
struct JSONView: Sendable {
  let text: JSONText
  let place: Int32

  private var entry: JSONText.Entry { text.entries[Int(place)] }

  var kind: JSONText.Kind { entry.kind }
  /// The byte at which it begins.
  var offset: Int { Int(entry.start) }
  var isObject: Bool { kind == .object }
  var isNull: Bool { kind == .null }
  /// True for a list or an object with nothing in it.
  var isEmpty: Bool { entry.first < 0 }
  /// It as it was written.
  var raw: ArraySlice<UInt8> { text.bytes[Int(entry.start)..<Int(entry.end)] }

  /// What kind of value it is, for messages.
  var kindWords: String {
    switch kind {
    case .null: "null"
    case .yes, .no: "true or false"
    case .number: "a number"
    case .text: "a string"
    case .list: "a list"
    case .object: "an object"
    }
  }

  /// The member called `key`; nil where there is none. Complexity: O(members).
  subscript(key: String) -> JSONView? {
    isObject ? text.member(key, of: place).map { JSONView(text: text, place: $0) } : nil
  }

  /// The first of these members that is there and not null. Complexity: O(members).
  func first(_ keys: JSONKeys) -> JSONView? {
    isObject ? text.member(keys, of: place).map { JSONView(text: text, place: $0) } : nil
  }

  /// The first of these members that is there and not null.
  func first(_ keys: String...) -> JSONView? { first(keys) }

  /// The first of these members that is there and not null.
  func first(_ keys: [String]) -> JSONView? {
    for key in keys { if let value = self[key], !value.isNull { return value } }
    return nil
  }

  /// True where one of these members is there, and be it null.
  func hasMember(among keys: [String]) -> Bool { keys.contains { self[$0] != nil } }

  /// Elements of a list, or values of an object's members, in order.
  var values: JSONMembers { JSONMembers(self) }

  /// Elements of a list; nil for anything else.
  var list: JSONMembers? { kind == .list ? values : nil }

  /// The key under which it stands in an object.
  var key: String {
    let key = text.bytes[Int(entry.keyStart)..<Int(entry.keyEnd)]
    return entry.isKeyEscaped ? Self.decoded(key) : String(decoding: key, as: UTF8.self)
  }

  /// A string's text.
  var string: String? {
    guard kind == .text else { return nil }
    let inside = Int(entry.start) + 1..<Int(entry.end) - 1
    return text.bytes.withUnsafeBufferPointer { bytes in
      let bytes = UnsafeBufferPointer(rebasing: bytes[inside])
      return bytes.contains(UInt8(ascii: "\\")) ? nil : String(decoding: bytes, as: UTF8.self)
    } ?? Self.decoded(text.bytes[inside])
  }

  /// A string's text, or a number or a flag as it is written.
  var word: String? {
    switch kind {
    case .text: string
    case .number, .yes, .no: String(decoding: raw, as: UTF8.self)
    default: nil
    }
  }

  /// A number, which need not be finite; a flag counts as none.
  var number: Double? {
    guard kind == .number else { return nil }
    switch raw.last {
    case UInt8(ascii: "N"): return .nan
    case UInt8(ascii: "y"): return raw.first == UInt8(ascii: "-") ? -.infinity : .infinity
    default: return raw.withUnsafeBufferPointer(JSONNumber.value)
    }
  }

  /// A number without a fraction.
  var whole: Int? { number.flatMap { Int(exactly: $0) } }

  var flag: Bool? {
    switch kind {
    case .yes: true
    case .no: false
    default: nil
    }
  }

  /// The text of a string whose inside is `bytes`; half of a surrogate pair becomes U+FFFD.
  static func decoded(_ bytes: ArraySlice<UInt8>) -> String {
    var units: [UInt8] = []
    var at = bytes.startIndex
    var high: UInt32?
    func flush() {
      if high != nil { units += "\u{FFFD}".utf8 }
      high = nil
    }
    while at < bytes.endIndex {
      guard bytes[at] == UInt8(ascii: "\\"), at + 1 < bytes.endIndex else {
        flush()
        units.append(bytes[at])
        at += 1
        continue
      }
      let escape = bytes[at + 1]
      guard escape == UInt8(ascii: "u"), let unit = hexadecimal(bytes[(at + 2)...].prefix(4)) else {
        flush()
        units.append(JSONEscape.byte(escape) ?? escape)
        at += 2
        continue
      }
      at += 6
      if let first = high, 0xDC00...0xDFFF ~= unit {
        high = nil
        units +=
          String(Character(Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (unit - 0xDC00)) ?? "\u{FFFD}")).utf8
        continue
      }
      flush()
      if 0xD800...0xDBFF ~= unit {
        high = unit
      } else {
        units += String(Character(Unicode.Scalar(unit) ?? "\u{FFFD}")).utf8
      }
    }
    flush()
    return String(decoding: units, as: UTF8.self)
  }

  private static func hexadecimal(_ digits: ArraySlice<UInt8>) -> UInt32? {
    digits.count == 4 ? UInt32(String(decoding: digits, as: UTF8.self), radix: 16) : nil
  }
}

/// What is in a list or an object, in order.
struct JSONMembers: Sequence, IteratorProtocol, Sendable {
  private let text: JSONText
  private var place: Int32

  init(_ view: JSONView) {
    text = view.text
    place = text.entries[Int(view.place)].first
  }

  mutating func next() -> JSONView? {
    guard place >= 0 else { return nil }
    defer { place = text.entries[Int(place)].next }
    return JSONView(text: text, place: place)
  }
}
