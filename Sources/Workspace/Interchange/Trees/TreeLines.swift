import Foundation
import Vocabulary

/// A file of another program, read value by value: the lines of JSON Lines one after the other, the elements of a list, or the one
/// value of the whole; packed with gzip or not. Of JSON Lines one line is held at a time.
struct TreeLines {
  /// A value, or why there is none, and the line on which it begins.
  typealias Line = (number: Int, value: Result<JSONView, TreeFault>)

  /// A line.
  struct Text: Sendable {
    /// From 1.
    let number: Int
    let bytes: [UInt8]
  }

  /// The longest line of JSON Lines, in bytes.
  static let longestLine = JSONText.longest

  /// What messages call the file.
  let name: String
  private let reader: InputReader
  /// What was read before, from its beginning on.
  private var prefix: [UInt8] = []
  private var gunzip: GunzipStream?
  private var hasBegun = false
  private var buffer: [UInt8] = []
  private var start = 0
  private var isAtEnd = false
  private var number = 0
  /// Bytes read, after unpacking.
  private(set) var count = 0

  /// The file at `path`, standard input where it is `-`. Throws ``ProblemFileError``.
  init(_ path: String) throws {
    name = path == ProblemFile.standardInput ? "standard input" : path
    do {
      reader = try InputReader(path == ProblemFile.standardInput ? nil : path)
    } catch {
      throw ProblemFileError(file: name, "\(error)")
    }
  }

  /// A file of which `prefix` has been read, and the rest is to come from `reader`.
  init(named name: String, _ prefix: [UInt8], _ reader: InputReader) {
    (self.name, self.prefix, self.reader) = (name, prefix, reader)
  }

  /// The first value, and whether the file goes on line by line: else the value is all of it. Throws ``ProblemFileError``.
  mutating func first() throws -> (line: Line, isAlone: Bool)? {
    var line = try nextLine()
    while let blank = line, blank.allSatisfy(Self.isSpace) { line = try nextLine() }
    guard let line else { return nil }
    let number = number
    if let value = try? JSONText(line, firstLine: number).root {
      let rest = try peekBehind()
      return ((number, .success(value)), rest == nil)
    }
    // Not a value by itself: perhaps one of several lines.
    let behind = try peekBehind()
    if behind == UInt8(ascii: "{"), line.first == UInt8(ascii: "{"),
      line.reversed().first(where: { !Self.isSpace($0) }) == UInt8(ascii: "}")
    {
      return ((number, Self.read(line, number)), false)
    }
    var whole = line + [0x0A]
    whole += buffer[start...]
    (buffer, start) = ([], 0)
    while let more = try nextChunk() {
      whole += more
      if whole.count > JSONText.longest {
        throw ProblemFileError(file: name, "expected at most \(JSONText.longest >> 20) MB in one value")
      }
    }
    return ((number, Self.read(whole, number)), true)
  }

  /// The next value of JSON Lines; nil at the end. Throws ``ProblemFileError``.
  mutating func next() throws -> Line? { try nextText().map { ($0.number, Self.read($0.bytes, $0.number)) } }

  /// The next line that is not blank, which is not read yet; nil at the end. Throws ``ProblemFileError``.
  mutating func nextText() throws -> Text? {
    while let line = try nextLine() {
      if !line.allSatisfy(Self.isSpace) { return Text(number: number, bytes: line) }
    }
    return nil
  }

  /// What the line with this number holds.
  static func read(_ bytes: [UInt8], _ number: Int) -> Result<JSONView, TreeFault> {
    do throws(JSONText.Problem) {
      return .success(try JSONText(bytes, firstLine: number).root)
    } catch {
      let line = number + bytes[..<min(error.offset, bytes.count)].count { $0 == 0x0A }
      let column = error.offset - (bytes[..<min(error.offset, bytes.count)].lastIndex(of: 0x0A) ?? -1)
      let place = line == number ? "" : " of line \(line)"
      return .failure(
        TreeFault(offset: error.offset, field: "line", "expected \(error.expected) at byte \(column)\(place)"))
    }
  }

  private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0D || byte == 0x0A }

  // MARK: - Bytes

  /// The first byte behind what was read that is no space; nil at the end.
  private mutating func peekBehind() throws -> UInt8? {
    while true {
      if let byte = buffer[start...].first(where: { !Self.isSpace($0) }) { return byte }
      guard let more = try nextChunk() else { return nil }
      buffer += more
    }
  }

  private mutating func nextLine() throws -> [UInt8]? {
    var from = start
    while true {
      if let end = lineEnd(from: from) {
        defer { start = end + 1 }
        number += 1
        return Array(buffer[start..<end])
      }
      from = buffer.count - start
      if start > 0 {
        buffer.removeSubrange(..<start)
        start = 0
      }
      guard let more = try nextChunk() else {
        guard !buffer.isEmpty else { return nil }
        defer { buffer = [] }
        number += 1
        return buffer
      }
      buffer += more
      if buffer.count > JSONText.longest {
        throw ProblemFileError(
          file: name, line: number + 1, field: "line", "expected at most \(JSONText.longest >> 20) MB")
      }
    }
  }

  /// The place of the next end of a line in what has been read.
  private func lineEnd(from start: Int) -> Int? {
    buffer.withUnsafeBytes { bytes in
      guard let base = bytes.baseAddress, let found = memchr(base + start, 0x0A, bytes.count - start) else {
        return nil
      }
      return UnsafeRawPointer(found) - base
    }
  }

  /// The next bytes, unpacked; nil at the end.
  private mutating func nextChunk() throws -> [UInt8]? {
    while !isAtEnd {
      do {
        var chunk = prefix.isEmpty ? try reader.next() : prefix
        prefix = []
        if !hasBegun {
          hasBegun = true
          try check(head: &chunk)
        }
        if chunk.isEmpty {
          isAtEnd = true
          try gunzip?.finish()
          return nil
        }
        let text = try gunzip?.unpacked(chunk) ?? chunk
        count += text.count
        if !text.isEmpty { return text }
      } catch let error as InputFile.Failure {
        throw ProblemFileError(file: name, "\(error)")
      } catch let error as Gunzip.Failure {
        throw ProblemFileError(file: name, Self.words(error))
      }
    }
    return nil
  }

  private mutating func check(head: inout [UInt8]) throws {
    if Gunzip.isPacked(head) { return gunzip = try GunzipStream() }
    if head.starts(with: [0xEF, 0xBB, 0xBF]) { head.removeFirst(3) }
    let isPickle = head.count > 2 && head[0] == 0x80 && (2...5).contains(head[1])
    if isPickle {
      throw ProblemFileError(
        file: name,
        "expected JSON, found a pickle of Python: it may run anything when it is read, so it never is here. Where it was written, "
          + "write the same object with json.dump instead")
    }
    if head.starts(with: [0x50, 0x4B, 0x03, 0x04]) {
      throw ProblemFileError(
        file: name,
        "expected JSON, found a zip archive; of an Inspect log 'inspect log convert --to json' makes JSON, of a saved PyTorch "
          + "object json.dump where it was written")
    }
    if head.prefix(1 << 12).contains(0) {
      throw ProblemFileError(file: name, "expected JSON as UTF-8, found binary data")
    }
  }

  private static func words(_ failure: Gunzip.Failure) -> String {
    switch failure {
    case .truncated: "expected the whole of a gzip file, found only its beginning"
    case .damaged: "expected a gzip file, found a damaged one"
    case .tooLong: "expected less in the gzip file"
    case .unavailable(let reason): "cannot be unpacked: \(reason)"
    }
  }
}
