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
            if Self.isKey(of: entry, in: bytes, key) { found = next }
            next = entry.next
          }
        }
      }
    }
    return found < 0 ? nil : found
  }

  /// The place of the first of `keys` that is a member of the object at `place` and not null. Complexity: O(members + keys), most
  /// of which are told apart by their lengths.
  func member(_ keys: JSONKeys, of place: Int32) -> Int32? {
    var (found, rank) = (Int32(-1), Int.max)
    entries.withUnsafeBufferPointer { entries in
      bytes.withUnsafeBufferPointer { bytes in
        var next = entries[Int(place)].first
        while next >= 0 {
          let entry = entries[Int(next)]
          if entry.isKeyEscaped || keys.mayHave(length: Int(entry.keyEnd &- entry.keyStart)),
            let known = keys.all.firstIndex(where: { key in
              key.withUnsafeBufferPointer { Self.isKey(of: entry, in: bytes, $0) }
            }), known <= rank
          {
            (found, rank) = (next, known)
          }
          next = entry.next
        }
      }
    }
    guard found >= 0 else { return nil }
    return entries[Int(found)].kind == .null ? firstPresent(of: keys, in: place) : found
  }

  /// The same where a null stands in the way of others.
  private func firstPresent(of keys: JSONKeys, in place: Int32) -> Int32? {
    for key in keys.all {
      let found = member(String(decoding: key, as: UTF8.self), of: place)
      if let found, entries[Int(found)].kind != .null { return found }
    }
    return nil
  }

  @inline(__always)
  private static func isKey(
    of entry: Entry, in bytes: UnsafeBufferPointer<UInt8>, _ key: UnsafeBufferPointer<UInt8>
  ) -> Bool {
    let (start, length) = (Int(entry.keyStart), Int(entry.keyEnd &- entry.keyStart))
    if entry.isKeyEscaped {
      return JSONView.decoded(Array(bytes[start..<start + length])[...]).utf8.elementsEqual(key)
    }
    guard length == key.count else { return false }
    for at in 0..<length where bytes[start + at] != key[at] { return false }
    return true
  }

  /// The line of the byte at `offset`. Complexity: O(offset).
  func line(of offset: Int) -> Int {
    bytes[..<min(offset, bytes.count)].reduce(firstLine) { $1 == 0x0A ? $0 + 1 : $0 }
  }
}

/// Names that a member may have, the first of them before the others: made once, and asked of every node of a file.
struct JSONKeys: Sendable {
  let all: [[UInt8]]
  /// Bit n is set where one has n bytes, the last bit for 63 and more.
  private let lengths: UInt64

  init(_ keys: String...) {
    all = keys.map { Array($0.utf8) }
    lengths = all.reduce(0) { $0 | 1 << UInt64(min($1.count, 63)) }
  }

  @inline(__always)
  func mayHave(length: Int) -> Bool { lengths & 1 << UInt64(min(length, 63)) != 0 }
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
