import Foundation
import Vocabulary

/// The lines of label files as values: JSON Lines, a list, or objects one after the other, packed with gzip or not.
enum LabelFile {
  /// A line, or what is wrong with it, and where it begins.
  struct Line {
    let number: Int
    let value: Result<ForeignValue, LabelLineFault>
  }

  /// The longest text that is read, in bytes, after unpacking.
  private static let longestText = 1 << 30

  /// The files that `path` names: itself, or those of a folder that may hold labels, in order of name. Throws
  /// ``ProblemFileError``.
  static func files(at path: String) throws -> [String] {
    if path == ProblemFile.standardInput { return [path] }
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
      throw ProblemFileError(file: path, "no such file")
    }
    guard isFolder.boolValue else { return [path] }
    let endings = [".jsonl", ".json", ".ndjson", ".jsonl.gz", ".json.gz"]
    let names = ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).filter { name in
      endings.contains { name.lowercased().hasSuffix($0) }
    }
    if names.isEmpty {
      throw ProblemFileError(
        file: path, "expected label files in the folder (\(endings.joined(separator: ", "))), found none")
    }
    return names.sorted().map { path + "/" + $0 }
  }

  /// The lines of the file at `path`, of standard input where it is `-`. Throws ``ProblemFileError``.
  static func lines(of path: String) throws -> [Line] {
    let name = path == ProblemFile.standardInput ? "standard input" : path
    return try lines(in: ProblemFile.bytes(of: path, name: name, limit: longestText), name: name)
  }

  /// The lines of a file that holds `bytes`. Throws ``ProblemFileError``.
  static func lines(in bytes: [UInt8], name: String) throws -> [Line] {
    let bytes = try ProblemBytes.text(bytes, name: name, limit: longestText)
    return try document(bytes, name: name) ?? separate(bytes)
  }

  /// The elements of a list, or objects of several lines; nil for JSON Lines.
  private static func document(_ bytes: [UInt8], name: String) throws -> [Line]? {
    let start = bytes.firstIndex { !isSpace($0) } ?? bytes.count
    let first = bytes[start...].prefix { $0 != 0x0A }
    let isList = bytes[start...].first == UInt8(ascii: "[")
    // A brace alone opens an object of several lines.
    guard isList || first.allSatisfy({ isSpace($0) || $0 == UInt8(ascii: "{") }) && !first.isEmpty else { return nil }
    guard String(validating: bytes, as: UTF8.self) != nil else {
      throw ProblemFileError(file: name, "expected UTF-8 text")
    }
    var (number, at) = (1, 0)
    func line(_ offset: Int) -> Int {
      while at < min(offset, bytes.count) {
        if bytes[at] == 0x0A { number += 1 }
        at += 1
      }
      return number
    }
    do {
      let values = try isList ? JSONScanner.elements(of: bytes[...]) : JSONScanner.values(in: bytes[...])
      return values.map { value in Line(number: line(value.raw.startIndex), value: read(value.raw)) }
    } catch let problem as JSONScanner.Problem {
      throw ProblemFileError(
        file: name, line: line(problem.offset), field: "line", "expected \(problem.expected)")
    }
  }

  private static func separate(_ bytes: [UInt8]) -> [Line] {
    var lines: [Line] = []
    var (start, number) = (0, 0)
    while start < bytes.count {
      number += 1
      let end = bytes[start...].firstIndex(of: 0x0A) ?? bytes.count
      let line = bytes[start..<end]
      start = end + 1
      if !line.allSatisfy(isSpace) { lines.append(Line(number: number, value: read(line))) }
    }
    return lines
  }

  private static func read(_ bytes: ArraySlice<UInt8>) -> Result<ForeignValue, LabelLineFault> {
    func fault(_ expected: String, at field: String = "line") -> Result<ForeignValue, LabelLineFault> {
      .failure(LabelLineFault(field: field, expected: expected))
    }
    if bytes.count > ProblemFile.longestLine { return fault(ProblemFile.tooLong(bytes.count)) }
    guard String(validating: bytes, as: UTF8.self) != nil else { return fault("expected UTF-8 text") }
    do {
      let value = try ForeignValue(bytes)
      guard value.isObject else { return fault("expected a JSON object, found \(value.kind)") }
      // Half of a pair has no place in a text, and could not be written back.
      if replacements(in: value.canonical[...]) > replacements(in: bytes) {
        return fault("expected whole characters, found half of a surrogate pair")
      }
      return .success(value)
    } catch let wrong as ForeignValue.Fault {
      return fault(wrong.expected, at: wrong.path)
    } catch {
      let problem = error as? JSONScanner.Problem
      return fault("expected \(problem?.expected ?? "a JSON object") at byte \((problem?.offset ?? 0) + 1)")
    }
  }

  /// How often U+FFFD stands in a text, written or escaped.
  private static func replacements(in bytes: ArraySlice<UInt8>) -> Int {
    var (count, at) = (0, bytes.startIndex)
    while at < bytes.endIndex {
      if bytes[at...].starts(with: [0xEF, 0xBF, 0xBD]) { count += 1 }
      if bytes[at] == UInt8(ascii: "\\") {
        let escape = String(decoding: bytes[at...].prefix(6), as: UTF8.self).lowercased()
        if escape == "\\ufffd" { count += 1 }
        at += 1
      }
      at += 1
    }
    return count
  }

  private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0D || byte == 0x0A }
}
