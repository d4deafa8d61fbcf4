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
  package static func text(_ bytes: some Collection<UInt8>) throws(Failure) -> String {
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

  /// A key with its parts, up to `end`, which stands on the same line.
  private mutating func key(until end: UInt8, _ words: String) throws(Failure) {
    var parts = 1
    while let byte, byte != end {
      switch byte {
      case Self.newline: throw failure(words)
      case UInt8(ascii: "\""), UInt8(ascii: "'"): try quoted()
      case UInt8(ascii: "."):
        parts += 1
        guard parts <= Self.mostParts else { throw failure("expected a key of at most \(Self.mostParts) parts") }
        try step()
      default: try step()
      }
    }
    guard byte != nil else { throw failure(words) }
  }

  // MARK: - Values

  /// What stands behind `=`: up to the end of the line on which its last bracket is closed.
  private mutating func value() throws(Failure) {
    /// Where each open bracket stands, and what closes it.
    var open: [(closes: UInt8, line: Int)] = []
    var parts = 1
    while let byte {
      switch byte {
      case Self.newline where open.isEmpty: return
      case UInt8(ascii: "#"): try comment()
      case UInt8(ascii: "\""), UInt8(ascii: "'"): try quoted()
      case UInt8(ascii: "["), UInt8(ascii: "{"):
        open.append((byte + 2, line))
        parts = 1
        guard open.count <= Self.mostLevels else {
          throw failure("expected at most \(Self.mostLevels) brackets within one another")
        }
        try step()
      case UInt8(ascii: "]"), UInt8(ascii: "}"):
        guard open.popLast()?.closes == byte else { throw failure("this bracket closes none") }
        try step()
      case UInt8(ascii: "."):
        // A key in an inline table; numbers and times have one point at most.
        parts += 1
        guard parts <= Self.mostParts else { throw failure("expected a key of at most \(Self.mostParts) parts") }
        try step()
      case UInt8(ascii: ","):
        parts = 1
        try step()
      default: try step()
      }
    }
    if let last = open.last { throw failure("this bracket is never closed", line: last.line) }
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
