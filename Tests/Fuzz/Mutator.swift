import Vocabulary

/// Changes inputs as chance has it, a little and in ways that readers trip over. What comes of it depends on the seed alone.
struct Mutator {
  private var random: SplitMix
  private let words: [[UInt8]]
  private let longest: Int

  init(seed: UInt64, words: [String], longest: Int) {
    random = SplitMix(seed: seed)
    self.words = words.map { Array($0.utf8) } + Self.always
    self.longest = longest
  }

  /// Means something in nearly every language.
  private static let always: [[UInt8]] =
    [
      "", "0", "-1", "null", "true", "\"\"", "[]", "{}", "\\", "\\u0000", "\\ud800", "\u{0}", "\u{1B}[2J", "\u{9B}31m",
      "\u{7F}", "\u{202E}", "\u{200D}", "\u{FEFF}", "\u{E0041}", "e\u{301}\u{301}\u{301}", "\r", "\n", "\r\n", "\t",
    ].map { Array($0.utf8) } + [[0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xE2, 0x82]]

  /// Where numbers end.
  private static let numbers: [[UInt8]] = [
    "0", "-0", "1", "-1", "127", "128", "255", "256", "32767", "65535", "65536", "2147483647", "2147483648",
    "-2147483649", "4294967295", "4294967296", "9007199254740993", "9223372036854775807", "9223372036854775808",
    "-9223372036854775808", "-9223372036854775809", "18446744073709551615", "18446744073709551616", "1e308", "1e309",
    "-1e309", "1e-400", "0.1e1", "5e-324", "1e19", "99999999999999999999999999999999", "0.000000000000000000000001",
    "1.", ".1", "1e", "00", "0x10", "NaN", "Infinity", "-Infinity", "inf", "nan",
  ].map { Array($0.utf8) }

  private static let brackets: [(open: String, close: String)] = [
    ("[", "]"), ("{\"a\":", "}"), ("(", ")"), ("{", "}"), ("\\frac{", "}{2}"), ("((", "))"), ("-", ""), ("not ", ""),
    ("\\boxed{", "}"), ("[[", "]]"), ("a.", ""), ("sqrt(", ")"), ("^{", "}"), ("\"", "\""), ("<", ">"),
  ]

  /// A changed `input`, of at most the longest length; `other` is one that parts may be taken from.
  mutating func mutated(_ input: [UInt8], _ other: [UInt8]) -> [UInt8] {
    var bytes = input
    for _ in 0..<(1 << random.below(4)) { change(&bytes, other) }
    return bytes.count > longest ? Array(bytes.prefix(longest)) : bytes
  }

  private mutating func change(_ bytes: inout [UInt8], _ other: [UInt8]) {
    switch random.below(16) {
    case 0: if let at = place(bytes) { bytes[at] ^= 1 << UInt8(random.below(8)) }
    case 1: if let at = place(bytes) { bytes[at] = UInt8(random.below(256)) }
    case 2: bytes.removeSubrange(range(bytes, most: 16))
    case 3: bytes.removeSubrange(range(bytes, most: bytes.count))
    case 4: bytes.insert(contentsOf: word(), at: random.below(bytes.count + 1))
    case 5, 6: bytes.replaceSubrange(range(bytes, most: 12), with: word())
    case 7: repeatPart(&bytes)
    case 8: bytes.replaceSubrange(range(bytes, most: 64), with: other[range(other, most: 64)])
    case 9: bytes = Array(bytes[..<random.below(bytes.count + 1)]) + other[random.below(other.count + 1)...]
    case 10, 11: replaceNumber(&bytes)
    case 12: nest(&bytes)
    case 13: swapLines(&bytes)
    case 14: replaceValue(&bytes, other)
    default: bytes.insert(contentsOf: bytes[range(bytes, most: 64)], at: random.below(bytes.count + 1))
    }
  }

  private mutating func place(_ bytes: [UInt8]) -> Int? { bytes.isEmpty ? nil : random.below(bytes.count) }

  private mutating func word() -> [UInt8] { words[random.below(words.count)] }

  private mutating func range(_ bytes: [UInt8], most: Int) -> Range<Int> {
    let start = random.below(bytes.count + 1)
    return start..<start + random.below(min(most, bytes.count - start) + 1)
  }

  private mutating func repeatPart(_ bytes: inout [UInt8]) {
    let part = Array(bytes[range(bytes, most: 32)])
    guard !part.isEmpty else { return }
    let count = min(1 << random.below(12), longest / part.count)
    bytes.insert(contentsOf: repeatElement(part, count: count).joined(), at: random.below(bytes.count + 1))
  }

  /// Puts a number from where numbers end in place of one that stands there.
  private mutating func replaceNumber(_ bytes: inout [UInt8]) {
    guard let start = place(bytes) else { return }
    let isPart: (UInt8) -> Bool = { ($0 &- 0x30) < 10 || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "-") }
    guard let first = bytes[start...].firstIndex(where: isPart) else { return }
    let end = bytes[first...].firstIndex { !isPart($0) } ?? bytes.count
    bytes.replaceSubrange(first..<end, with: Self.numbers[random.below(Self.numbers.count)])
  }

  /// Puts a part between brackets, up to some thousands of them, which need not all be closed.
  private mutating func nest(_ bytes: inout [UInt8]) {
    let range = range(bytes, most: 64)
    let (open, close) = Self.brackets[random.below(Self.brackets.count)]
    let depth = min(1 << random.below(13), longest / (2 * open.utf8.count))
    let closed = random.below(3) == 0 ? random.below(depth + 1) : depth
    let inner = Array(bytes[range])
    let nested =
      Array(repeatElement(open.utf8, count: depth).joined()) + inner
      + Array(repeatElement(close.utf8, count: closed).joined())
    bytes.replaceSubrange(range, with: nested)
  }

  private mutating func swapLines(_ bytes: inout [UInt8]) {
    var lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
    lines.swapAt(random.below(lines.count), random.below(lines.count))
    if random.below(2) == 0 { lines.insert(lines[random.below(lines.count)], at: random.below(lines.count)) }
    bytes = Array(lines.joined(separator: [0x0A]))
  }

  /// Puts a whole value of JSON, or of what looks like it, in place of another.
  private mutating func replaceValue(_ bytes: inout [UInt8], _ other: [UInt8]) {
    guard let target = value(in: bytes) else { return }
    let source = random.below(2) == 0 ? other : bytes
    let new = random.below(3) == 0 ? word() : value(in: source).map { Array(source[$0]) } ?? word()
    bytes.replaceSubrange(target, with: new)
  }

  /// Where a value stands: from a bracket to the one that closes it, or from a quotation mark to the next.
  private mutating func value(in bytes: [UInt8]) -> Range<Int>? {
    guard let near = place(bytes), let start = bytes[near...].firstIndex(where: { "[{\"".utf8.contains($0) }) else {
      return nil
    }
    if bytes[start] == UInt8(ascii: "\"") {
      return bytes[(start + 1)...].firstIndex(of: UInt8(ascii: "\"")).map { start..<$0 + 1 }
    }
    let (open, close) = (bytes[start], bytes[start] + 2)
    var depth = 0
    for at in start..<bytes.count {
      if bytes[at] == open { depth += 1 }
      if bytes[at] == close { depth -= 1 }
      if depth == 0 { return start..<at + 1 }
    }
    return nil
  }
}
