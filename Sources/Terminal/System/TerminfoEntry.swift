import Vocabulary

/// A compiled description of a terminal (term(5)), as far as it takes to give it direct colours: the same terminal with 24 bits a
/// colour, where the machine describes it with 256 colours only.
///
/// The package with `xterm-direct` and its like is rarely installed, and the terminals that people have can do it.
struct TerminfoEntry {
  private var names: [UInt8]
  private var flags: [UInt8]
  /// Absent where negative.
  private var numbers: [Int32]
  /// What each capability says; nil where the terminal has it not.
  private var strings: [[UInt8]?]
  /// Capabilities beyond the standard ones, by name.
  private var moreFlags: [(name: [UInt8], value: UInt8)] = []
  private var moreNumbers: [(name: [UInt8], value: Int32)] = []
  private var moreStrings: [(name: [UInt8], value: [UInt8]?)] = []

  /// Places of standard capabilities in their order (term.h): `colors`, `pairs`, `setaf`, `setab`.
  private static let colors = 13, pairs = 14, foreground = 359, background = 360
  /// Magic numbers: numbers of 16 bits, numbers of 32.
  private static let (short, long) = (0x011A, 0x021E)
  /// No description is longer: bytes.
  static let longest = 32 << 10

  /// Reads a description; nil where `bytes` are none.
  init?(_ bytes: [UInt8]) {
    guard bytes.count <= Self.longest else { return nil }
    var reader = Reader(bytes: bytes)
    guard let magic = reader.word(), magic == Self.short || magic == Self.long, let header = reader.words(5),
      header.allSatisfy({ $0 >= 0 }), let names = reader.take(header[0]), names.last == 0,
      let flags = reader.take(header[1])
    else { return nil }
    reader.align()
    guard let numbers = reader.numbers(header[2], isLong: magic == Self.long), let places = reader.words(header[3]),
      let table = reader.take(header[4])
    else { return nil }
    (self.names, self.flags, self.numbers) = (names, flags, numbers)
    strings = places.map { Self.string(in: table, at: $0) }
    reader.align()
    if !reader.isAtEnd, !readMore(&reader, isLong: magic == Self.long) { return nil }
  }

  private mutating func readMore(_ reader: inout Reader, isLong: Bool) -> Bool {
    guard let counts = reader.words(5), counts.allSatisfy({ $0 >= 0 }), let flags = reader.take(counts[0]) else {
      return false
    }
    reader.align()
    let all = counts[0] + counts[1] + counts[2]
    guard let numbers = reader.numbers(counts[1], isLong: isLong), let places = reader.words(counts[2]),
      let namePlaces = reader.words(all), let table = reader.take(counts[4])
    else { return false }
    let values = places.map { Self.string(in: table, at: $0) }
    // Names stand behind the values.
    let start = places.indices.reduce(0) { max($0, places[$1] < 0 ? 0 : places[$1] + (values[$1]?.count ?? 0) + 1) }
    guard start <= table.count else { return false }
    let names = namePlaces.compactMap { Self.string(in: Array(table[start...]), at: $0) }
    guard names.count == all else { return false }
    moreFlags = zip(names, flags).map { ($0, $1) }
    moreNumbers = zip(names.dropFirst(counts[0]), numbers).map { ($0, $1) }
    moreStrings = zip(names.dropFirst(counts[0] + counts[1]), values).map { ($0, $1) }
    return true
  }

  private static func string(in table: [UInt8], at place: Int) -> [UInt8]? {
    guard place >= 0, place < table.count, let end = table[place...].firstIndex(of: 0) else { return nil }
    return Array(table[place..<end])
  }

  /// The same terminal under another name, with direct colours. The first eight numbers stay its own colours; nil where it has no
  /// palette to begin with.
  func direct(named name: String) -> TerminfoEntry? {
    guard numbers.count > Self.pairs, numbers[Self.colors] >= 256, strings.count > Self.background else { return nil }
    var entry = self
    entry.names = Array(name.utf8) + [0]
    (entry.numbers[Self.colors], entry.numbers[Self.pairs]) = (0x100_0000, 0x1_0000)
    for (place, few, many) in [(Self.foreground, "3", "38"), (Self.background, "4", "48")] {
      entry.strings[place] = Array(
        ("\u{1B}[%?%p1%{8}%<%t\(few)%p1%d%e\(many);2;%p1%{65536}%/%d;%p1%{256}%/%{255}%&%d;%p1%{255}%&%d%;m").utf8)
    }
    entry.moreFlags.removeAll { $0.name == Array("RGB".utf8) }
    entry.moreFlags.append((Array("RGB".utf8), 1))
    entry.moreFlags.sort { $0.name.lexicographicallyPrecedes($1.name) }
    return entry
  }

  /// The compiled description, numbers in 32 bits.
  var bytes: [UInt8] {
    var table = Table()
    let places = strings.map { table.place($0) }
    var bytes = Self.words([Self.long, names.count, flags.count, numbers.count, strings.count, table.bytes.count])
    bytes += names + flags
    if bytes.count % 2 == 1 { bytes.append(0) }
    bytes += Self.long(numbers) + Self.words(places) + table.bytes
    if bytes.count % 2 == 1 { bytes.append(0) }
    var (values, ends) = (Table(), Table())
    let valuePlaces = moreStrings.map { values.place($0.value) }
    let namePlaces = (moreFlags.map(\.name) + moreNumbers.map(\.name) + moreStrings.map(\.name)).map { ends.place($0) }
    bytes += Self.words([
      moreFlags.count, moreNumbers.count, moreStrings.count,
      moreStrings.count + namePlaces.count, values.bytes.count + ends.bytes.count,
    ])
    bytes += moreFlags.map(\.value)
    if bytes.count % 2 == 1 { bytes.append(0) }
    return bytes + Self.long(moreNumbers.map(\.value)) + Self.words(valuePlaces + namePlaces) + values.bytes
      + ends.bytes
  }

  /// Strings one behind the other, each ended by a zero.
  private struct Table {
    var bytes: [UInt8] = []

    mutating func place(_ string: [UInt8]?) -> Int {
      guard let string else { return -1 }
      defer { bytes += string + [0] }
      return bytes.count
    }
  }

  private static func words(_ values: [Int]) -> [UInt8] {
    values.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8(truncatingIfNeeded: $0 >> 8)] }
  }

  private static func long(_ values: [Int32]) -> [UInt8] {
    values.flatMap { value in (0..<4).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) } }
  }

  /// Little-endian values one after the other; nil behind the end.
  private struct Reader {
    let bytes: [UInt8]
    var at = 0

    var isAtEnd: Bool { at >= bytes.count }

    mutating func align() { at += at % 2 }

    mutating func take(_ count: Int) -> [UInt8]? {
      guard count >= 0, count <= bytes.count - at else { return nil }
      defer { at += count }
      return Array(bytes[at..<at + count])
    }

    mutating func word() -> Int? {
      take(2).map { Int(Int16(bitPattern: UInt16($0[0]) | UInt16($0[1]) << 8)) }
    }

    mutating func words(_ count: Int) -> [Int]? {
      guard count >= 0, 2 * count <= bytes.count - at else { return nil }
      return (0..<count).compactMap { _ in word() }
    }

    mutating func numbers(_ count: Int, isLong: Bool) -> [Int32]? {
      guard isLong else { return words(count)?.map { Int32($0) } }
      return take(4 * count).map { bytes in
        (0..<count).map { number in
          (0..<4).reduce(Int32(0)) { $0 | Int32(bitPattern: UInt32(bytes[4 * number + $1]) << (8 * $1)) }
        }
      }
    }
  }
}

extension TerminfoEntry {
  /// The description of `term` as the machine has it: where curses looks for it, in its order; nil where there is none.
  static func find(_ term: String, _ environment: [String: String]) -> TerminfoEntry? {
    guard let first = term.utf8.first, !term.contains("/"), !term.hasPrefix(".") else { return nil }
    var folders: [String] = []
    if let own = environment["TERMINFO"] { folders.append(own) }
    if let home = environment["HOME"] { folders.append(home + "/.terminfo") }
    folders += (environment["TERMINFO_DIRS"] ?? "").split(separator: ":").map(String.init)
    folders += [
      "/etc/terminfo", "/lib/terminfo", "/usr/share/terminfo", "/usr/lib/terminfo", "/usr/local/share/terminfo",
    ]
    for folder in folders {
      // By the first letter, or where file names know no case by its number.
      for letter in [String(UnicodeScalar(first)), String(first, radix: 16)] {
        guard let bytes = try? InputFile.bytes(at: "\(folder)/\(letter)/\(term)", limit: longest) else { continue }
        if let entry = TerminfoEntry(bytes) { return entry }
      }
    }
    return nil
  }
}
