/// Looks through a TOML text before a parser does: whether it is a text, how deep it goes, and whether each of its brackets, quotes
/// and keys ends. What is refused here has ended processes: parsers of TOML build a table a level and take it down again by recursion,
/// and not all of them bear a line that stops in the middle.
///
/// What is let through need not be TOML; a parser says that.
package struct TOMLBounds {
  /// What is wrong, and where.
  package struct Failure: Error, Hashable {
    /// From 1.
    package let line: Int
    /// What was expected.
    package let words: String
  }

  /// The longest text, in bytes: what people write has a few kilobytes.
  package static let longest = 1 << 20
  /// Parts of one key, as in `a.b.c`.
  package static let mostParts = 8
  /// Lists and tables within one another.
  package static let mostLevels = 16

  private let bytes: [UInt8]
  private var at = 0
  private var line = 1

  /// The text in `bytes`, ended by a line break. Complexity: O(bytes).
  ///
  /// - Throws: ``Failure``.
  package static func text(_ bytes: [UInt8]) throws(Failure) -> String {
    guard bytes.count <= longest else { throw Failure(line: 1, words: "expected at most \(longest >> 20) MB") }
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    guard let text = String(validating: bytes.dropFirst(bytes.starts(with: mark) ? mark.count : 0), as: UTF8.self)
    else {
      throw Failure(line: 1, words: "expected UTF-8 text")
    }
    var bounds = TOMLBounds(Array(text.utf8) + [newline])
    try bounds.read()
    return text + "\n"
  }

  private init(_ bytes: [UInt8]) { self.bytes = bytes }

  private static let newline = UInt8(ascii: "\n")

  private var byte: UInt8? { at < bytes.count ? bytes[at] : nil }

  private func failure(_ words: String, line: Int? = nil) -> Failure { Failure(line: line ?? self.line, words: words) }

  private func isNext(_ text: StaticString) -> Bool {
    text.withUTF8Buffer { bytes[at...].starts(with: $0) }
  }

  private mutating func step() throws(Failure) {
    let byte = bytes[at]
    let isText = byte >= 0x20 && byte != 0x7F || byte == 0x09 || byte == 0x0A || byte == 0x0D
    guard isText else { throw failure("expected text, found a control character") }
    if byte == Self.newline { line += 1 }
    at += 1
  }

  // MARK: - Lines

  private mutating func read() throws(Failure) {
    while let byte {
      switch byte {
      case UInt8(ascii: "#"): try comment()
      case UInt8(ascii: "["): try header()
      case 0x20, 0x09, 0x0A, 0x0D: try step()
      default:
        try key(until: UInt8(ascii: "="), "expected KEY = VALUE")
        try step()
        try value()
      }
    }
  }

  private mutating func comment() throws(Failure) { while let byte, byte != Self.newline { try step() } }

  /// `[table]` or `[[list of tables]]`.
  private mutating func header() throws(Failure) {
    let isList = isNext("[[")
    for _ in 0..<(isList ? 2 : 1) { try step() }
    let words = isList ? "expected ]] at the end of the line" : "expected ] at the end of the line"
    try key(until: UInt8(ascii: "]"), words)
    guard !isList || isNext("]]") else { throw failure(words) }
    for _ in 0..<(isList ? 2 : 1) { try step() }
  }

  /// A key with its parts, up to `end`, which stands on the same line. A parser takes for granted that each begins as a key does.
  private mutating func key(until end: UInt8, _ words: String) throws(Failure) {
    var parts = 0
    var isDotted = true
    while isDotted {
      parts += 1
      guard parts <= Self.mostParts else { throw failure("expected a key of at most \(Self.mostParts) parts") }
      try blanks()
      if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
        try quoted()
      } else {
        let start = at
        while let byte, Self.isBare(byte) { try step() }
        if at == start { try refuse(words) }
      }
      try blanks()
      isDotted = byte == UInt8(ascii: ".")
      if isDotted { try step() }
    }
    if byte != end { try refuse(words) }
  }

  /// Throws what is wrong where a key should go on or end.
  private mutating func refuse(_ words: String) throws(Failure) {
    if isLineEnd { throw failure(words) }
    try step()
    throw failure(Self.keyWords)
  }

  private static let keyWords = "expected a key of letters, digits, - and _, or one in quotes"

  private static func isBare(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
      true
    default: false
    }
  }

  private var isLineEnd: Bool { byte == nil || byte == Self.newline || byte == 0x0D }

  private mutating func blanks() throws(Failure) { while byte == 0x20 || byte == 0x09 { try step() } }

  // MARK: - Values

  /// What stands behind `=`: up to the end of the line on which its last bracket is closed.
  private mutating func value() throws(Failure) {
    /// Where each open bracket stands, and what closes it.
    var open: [(closes: UInt8, line: Int)] = []
    /// True where a table within braces goes on with a key.
    var awaitsKey = false
    while let byte {
      switch byte {
      case Self.newline where open.isEmpty: return
      case 0x20, 0x09, 0x0A, 0x0D: try step()
      case UInt8(ascii: "#"): try comment()
      case UInt8(ascii: "["), UInt8(ascii: "{"):
        open.append((byte + 2, line))
        guard open.count <= Self.mostLevels else {
          throw failure("expected at most \(Self.mostLevels) brackets within one another")
        }
        awaitsKey = byte == UInt8(ascii: "{")
        try step()
      case UInt8(ascii: "]"), UInt8(ascii: "}"):
        guard open.popLast()?.closes == byte else { throw failure("this bracket closes none") }
        awaitsKey = false
        try step()
      case UInt8(ascii: ","):
        awaitsKey = open.last?.closes == UInt8(ascii: "}")
        try step()
      default:
        if awaitsKey {
          try key(until: UInt8(ascii: "="), "expected KEY = VALUE")
          try step()
          awaitsKey = false
        } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
          try quoted()
        } else {
          try scalar()
        }
      }
    }
    if let last = open.last { throw failure("this bracket is never closed", line: last.line) }
  }

  /// A value without quotes, up to what may follow one.
  private mutating func scalar() throws(Failure) {
    let start = at
    while let byte, TOMLScalar.isPart(byte) { try step() }
    if byte == 0x20, TOMLScalar.isDate(bytes[start..<at]), bytes[(at + 1)...].first.map({ $0 &- 0x30 < 10 }) == true {
      try step()
      while let byte, TOMLScalar.isPart(byte) { try step() }
    }
    let isEnded = isLineEnd || byte.map { " \t,]}#".utf8.contains($0) } == true
    if isEnded, TOMLScalar.isValue(bytes[start..<at]) { return }
    if !isEnded { try step() }
    throw failure("expected a text in quotes, a number, a date, true or false")
  }

  /// A text in quotes of either kind, over several lines where they are three.
  private mutating func quoted() throws(Failure) {
    let (quote, start) = (bytes[at], line)
    let isLong = isNext("\"\"\"") || isNext("'''")
    for _ in 0..<(isLong ? 3 : 1) { try step() }
    while let byte {
      if byte == UInt8(ascii: "\\"), quote == UInt8(ascii: "\"") {
        try step()
        if self.byte != nil { try step() }
      } else if byte == quote {
        guard isLong else { return try step() }
        if isNext("\"\"\"") || isNext("'''") {
          // Two more may belong to the text.
          while self.byte == quote { try step() }
          return
        }
        try step()
      } else if byte == Self.newline, !isLong {
        break
      } else {
        try step()
      }
    }
    throw failure("expected the text to end with a quotation mark", line: start)
  }
}
