/// A JSON text of another program, read once into a table: every value knows where it stands, and nothing is decoded before it
/// is asked for.
///
/// Python's `NaN` and `Infinity` are numbers that are not finite. Nesting costs no stack. Of a key that stands twice in an object, the
/// last counts, as most readers have it.
final class JSONText: Sendable {
  /// Why a text is no JSON.
  struct Problem: Error {
    /// The byte, from 0.
    let offset: Int
    let expected: String
  }

  enum Kind: UInt8 { case null, yes, no, number, text, list, object }

  /// A value: where it stands, and what is in it. Places in the table, −1 for none.
  struct Entry {
    var start, end: Int32
    /// The key of a member, without its quotes.
    var keyStart, keyEnd: Int32
    /// The first value in it, and the next one beside it.
    var first, next: Int32
    var kind: Kind
    /// True where the key is not spelled as it is.
    var isKeyEscaped: Bool
  }

  /// The longest text that a table has room for, in bytes.
  static let longest = 1 << 30

  let bytes: [UInt8]
  let entries: ContiguousArray<Entry>
  /// The line on which the text begins in its file, from 1.
  let firstLine: Int

  /// Reads `bytes`. Throws ``Problem``. Complexity: O(bytes).
  init(_ bytes: [UInt8], firstLine: Int = 1) throws(Problem) {
    guard bytes.count <= Self.longest else {
      throw Problem(offset: 0, expected: "at most \(Self.longest >> 20) MB")
    }
    // The reader below passes over texts byte by byte and looks only for their ends.
    guard String(validating: bytes, as: UTF8.self) != nil else { throw Problem(offset: 0, expected: "UTF-8 text") }
    var parser = JSONTextParser(bytes)
    entries = try parser.parse()
    self.bytes = bytes
    self.firstLine = firstLine
  }

  /// The whole of it.
  var root: JSONView { JSONView(text: self, place: 0) }

  /// The place of the last member called `key` of the object at `place`. Complexity: O(members).
  func member(_ key: String, of place: Int32) -> Int32? {
    var (key, found) = (key, Int32(-1))
    key.withUTF8 { key in
      entries.withUnsafeBufferPointer { entries in
        bytes.withUnsafeBufferPointer { bytes in
          var next = entries[Int(place)].first
          while next >= 0 {
            let entry = entries[Int(next)]
            let name = bytes[Int(entry.keyStart)..<Int(entry.keyEnd)]
            if entry.isKeyEscaped
              ? JSONView.decoded(Array(name)[...]).utf8.elementsEqual(key)
              : name.count == key.count && name.elementsEqual(key)
            {
              found = next
            }
            next = entry.next
          }
        }
      }
    }
    return found < 0 ? nil : found
  }

  /// The line of the byte at `offset`. Complexity: O(offset).
  func line(of offset: Int) -> Int {
    bytes[..<min(offset, bytes.count)].reduce(firstLine) { $1 == 0x0A ? $0 + 1 : $0 }
  }
}

/// Fills the table of a ``JSONText``.
private struct JSONTextParser {
  private let bytes: [UInt8]
  private var at = 0
  private var entries: ContiguousArray<JSONText.Entry> = []
  /// Lists and objects that are open, and the last value in each.
  private var open: [(place: Int32, last: Int32)] = []

  /// Where a key stands, without its quotes.
  private struct Key {
    let start, end: Int32
    let isEscaped: Bool
  }

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  mutating func parse() throws(JSONText.Problem) -> ContiguousArray<JSONText.Entry> {
    entries.reserveCapacity(bytes.count / 24 + 4)
    try value(keyed: nil)
    while let top = open.last {
      skipSpace()
      let isObject = entries[Int(top.place)].kind == .object
      let end = isObject ? UInt8(ascii: "}") : UInt8(ascii: "]")
      if peek == end {
        at += 1
        entries[Int(top.place)].end = Int32(at)
        open.removeLast()
        continue
      }
      if top.last >= 0 {
        guard peek == UInt8(ascii: ",") else { throw problem(isObject ? "',' or '}'" : "',' or ']'") }
        at += 1
        skipSpace()
      }
      guard isObject else {
        try value(keyed: nil)
        continue
      }
      guard peek == UInt8(ascii: "\"") else { throw problem("a key in quotes") }
      let start = at + 1
      let isEscaped = try passText()
      let key = Key(start: Int32(start), end: Int32(at - 1), isEscaped: isEscaped)
      skipSpace()
      guard peek == UInt8(ascii: ":") else { throw problem("':'") }
      at += 1
      skipSpace()
      try value(keyed: key)
    }
    skipSpace()
    if at < bytes.count { throw problem("nothing after the value") }
    return entries
  }

  /// Reads a value, or the beginning of a list or an object, which is then open.
  private mutating func value(keyed key: Key?) throws(JSONText.Problem) {
    skipSpace()
    let start = at
    let kind: JSONText.Kind
    switch peek ?? 0 {
    case UInt8(ascii: "{"): (kind, at) = (.object, at + 1)
    case UInt8(ascii: "["): (kind, at) = (.list, at + 1)
    case UInt8(ascii: "\""):
      kind = .text
      _ = try passText()
    case UInt8(ascii: "t"): kind = try word("true", .yes)
    case UInt8(ascii: "f"): kind = try word("false", .no)
    case UInt8(ascii: "n"): kind = try word("null", .null)
    case UInt8(ascii: "N"): kind = try word("NaN", .number)
    case UInt8(ascii: "I"): kind = try word("Infinity", .number)
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
      kind = .number
      try passNumber()
    default: throw problem("a JSON value")
    }
    let place = Int32(entries.count)
    entries.append(
      JSONText.Entry(
        start: Int32(start), end: Int32(at), keyStart: key?.start ?? 0, keyEnd: key?.end ?? 0, first: -1, next: -1,
        kind: kind, isKeyEscaped: key?.isEscaped ?? false))
    if let parent = open.indices.last {
      if open[parent].last >= 0 {
        entries[Int(open[parent].last)].next = place
      } else {
        entries[Int(open[parent].place)].first = place
      }
      open[parent].last = place
    }
    if kind == .object || kind == .list { open.append((place, -1)) }
  }

  private var peek: UInt8? { at < bytes.count ? bytes[at] : nil }

  private func problem(_ expected: String) -> JSONText.Problem { JSONText.Problem(offset: at, expected: expected) }

  private mutating func skipSpace() {
    while at < bytes.count, bytes[at] == 0x20 || bytes[at] == 0x0A || bytes[at] == 0x0D || bytes[at] == 0x09 { at += 1 }
  }

  private mutating func word(_ word: StaticString, _ kind: JSONText.Kind) throws(JSONText.Problem) -> JSONText.Kind {
    let count = word.utf8CodeUnitCount
    for offset in 0..<count where at + offset >= bytes.count || bytes[at + offset] != word.utf8Start[offset] {
      throw problem("a JSON value")
    }
    at += count
    return kind
  }

  /// Passes over a text; returns whether anything in it is escaped.
  private mutating func passText() throws(JSONText.Problem) -> Bool {
    var isEscaped = false
    at += 1
    while at < bytes.count {
      switch bytes[at] {
      case UInt8(ascii: "\""):
        at += 1
        return isEscaped
      case UInt8(ascii: "\\"): (at, isEscaped) = (at + 2, true)
      case 0..<0x20: throw problem("no control character in a string")
      default: at += 1
      }
    }
    at = bytes.count
    throw problem("the end of a string")
  }

  private mutating func passNumber() throws(JSONText.Problem) {
    if peek == UInt8(ascii: "-") { at += 1 }
    if peek == UInt8(ascii: "I") {
      _ = try word("Infinity", .number)
      return
    }
    func isPart(_ byte: UInt8) -> Bool {
      byte &- 0x30 < 10 || byte == UInt8(ascii: ".") || byte | 0x20 == UInt8(ascii: "e") || byte == UInt8(ascii: "+")
        || byte == UInt8(ascii: "-")
    }
    let start = at
    while at < bytes.count, isPart(bytes[at]) { at += 1 }
    guard bytes[start..<at].withUnsafeBufferPointer(JSONNumber.value) != nil else {
      at = start
      throw problem("a number")
    }
  }
}
