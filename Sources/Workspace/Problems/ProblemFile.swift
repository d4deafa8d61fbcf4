import Foundation
import TreeInsight
import TreeSearch
import Vocabulary

/// Reads problems as people have them: JSON Lines, JSON, CSV and TSV, packed with gzip or not, from a file or from standard input.
///
/// Which fields of a record are what stands in ``ProblemField``. Everything is checked before anything is returned: a bad
/// record means no problems at all, unless it is to be passed over.
public enum ProblemFile {
  /// How a file is read.
  public struct Options: Sendable {
    /// Which fields are which.
    public var names: ProblemFieldNames
    /// Is told of each bad record, which is then passed over; nil refuses the file for it.
    public var passOver: (@Sendable (ProblemFileError) -> Void)?
    /// The longest text that is read, in bytes, after unpacking.
    public var longestText: Int

    /// Options with their fields as given.
    public init(
      names: ProblemFieldNames = ProblemFieldNames(), longestText: Int = 1 << 30,
      passOver: (@Sendable (ProblemFileError) -> Void)? = nil
    ) {
      self.names = names
      self.passOver = passOver
      self.longestText = longestText
    }
  }

  /// The longest record that is read, in bytes.
  public static let longestLine = 4 << 20

  /// The path that stands for standard input.
  public static let standardInput = "-"

  /// The problems of the file at `path` in their order, at least one; of standard input where it is `-`. Throws
  /// ``ProblemFileError``.
  ///
  /// Complexity: O(bytes); the whole file is held in memory.
  public static func read(path: String, options: Options = Options()) throws -> [LoadedProblem] {
    if path != standardInput { try checkKind(of: path) }
    let name = path == standardInput ? "standard input" : path
    return try read(bytes(of: path, name: name, limit: options.longestText), name: name, options: options)
  }

  /// What the file at `path` holds, or standard input where it is `-`. Throws ``ProblemFileError``.
  static func bytes(of path: String, name: String, limit: Int) throws -> [UInt8] {
    do {
      return path == standardInput
        ? try InputFile.bytes(of: STDIN_FILENO, limit: limit) : try InputFile.bytes(at: path, limit: limit, .stream)
    } catch {
      throw ProblemFileError(file: name, "\(error)")
    }
  }

  private static func checkKind(of path: String) throws {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
      throw ProblemFileError(file: path, "no such file")
    }
    guard isFolder.boolValue else { return }
    let inside = Set((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? [])
    var word = "expected a file, found a folder"
    if inside.contains("config.json") {
      word += " with a model: --model names a model"
    } else if !inside.isDisjoint(with: ["dataset_info.json", "dataset_dict.json", "state.json"]) {
      word +=
        " with a data set: python3 -c \"import datasets as d; d.load_from_disk('\(FileKind.shellName(path))')"
        + ".to_json('problems.jsonl')\" converts it"
    }
    throw ProblemFileError(file: path, word)
  }

  /// The problems in `bytes`, at least one; `name` stands for the file in messages. Throws ``ProblemFileError``.
  public static func read(_ bytes: [UInt8], name: String, options: Options = Options()) throws -> [LoadedProblem] {
    let text = try ProblemBytes.text(bytes, name: name, limit: options.longestText)
    let entries = try entries(text, name: name, options.names)
    var reader = ProblemReader(name: name, options: options)
    for entry in entries { try reader.read(entry) }
    return try reader.finished()
  }

  private static func entries(_ text: [UInt8], name: String, _ names: ProblemFieldNames) throws -> [JSONRecords.Entry] {
    let first = text.first { $0 != 0x20 && $0 != 0x09 && $0 != 0x0A && $0 != 0x0D }
    let isJSON = first == UInt8(ascii: "{") || first == UInt8(ascii: "[")
    let isNamedJSON = [".jsonl", ".json", ".ndjson"].contains {
      name.lowercased().replacing(".gz", with: "").hasSuffix($0)
    }
    if isJSON || first == nil || isNamedJSON && !TableRecords.hasHeader(text, names: names) {
      return try JSONRecords.entries(text, name: name, names: names)
    }
    guard String(validating: text, as: UTF8.self) != nil else {
      throw ProblemFileError(
        file: name, "expected UTF-8 text: iconv -f WINDOWS-1252 -t UTF-8 converts what many spreadsheets write")
    }
    return try TableRecords.entries(text, name: name, names: names)
  }

  static func tooLong(_ bytes: Int) -> String { "expected at most \(longestLine >> 20) MB, found \(bytes) bytes" }
}

/// Makes problems of records, one after the other.
private struct ProblemReader {
  let name: String
  let options: ProblemFile.Options
  private var problems: [LoadedProblem] = []
  /// The line of each id.
  private var lines: [String: Int] = [:]
  private var passedOver = 0
  /// Which field stood where in the last record.
  private var shape: ProblemShape?
  /// Fields that the user named and no record has.
  private var unseen: Set<ProblemField>

  init(name: String, options: ProblemFile.Options) {
    (self.name, self.options) = (name, options)
    unseen = Set(options.names.own.keys)
  }

  mutating func read(_ entry: JSONRecords.Entry) throws {
    do {
      let members = try entry.members.get()
      // Fields that say so need not be looked at again.
      let isAlike = shape?.keys.elementsEqual(members.lazy.map(\.key)) == true && members.first?.kind != .object
      if !isAlike, let what = ForeignRecord.words(members) {
        throw ProblemFileError(file: name, "expected problems, found \(what)")
      }
      let record = try ProblemRecord(members, line: entry.line, names: options.names, shape: shape)
      shape = record.shape
      if !unseen.isEmpty { unseen = unseen.filter { record.value(of: $0) == nil && $0 != .question } }
      let (loaded, isNamed) = try ProblemLine.read(record)
      try add(loaded, isNamed: isNamed)
    } catch let wrong as ProblemRecord.Fault {
      let error = ProblemFileError(file: name, line: entry.line, field: wrong.field, wrong.expected)
      guard let passOver = options.passOver else { throw error }
      passedOver += 1
      passOver(error)
    }
  }

  private mutating func add(_ loaded: LoadedProblem, isNamed: Bool) throws {
    var loaded = loaded
    if let first = lines[loaded.problem.id] {
      let id = loaded.problem.id
      if isNamed {
        throw ProblemRecord.Fault(field: "id", expected: "expected each id once, found '\(id)' in line \(first) too")
      }
      // The same question again: a problem of its own.
      var count = 2
      while lines["\(id)-\(count)"] != nil { count += 1 }
      loaded.problem.id = "\(id)-\(count)"
    }
    lines[loaded.problem.id] = loaded.line
    problems.append(loaded)
  }

  func finished() throws -> [LoadedProblem] {
    if problems.isEmpty {
      let bad = passedOver > 0 ? ", \(passedOver) bad" : ""
      throw ProblemFileError(file: name, "expected at least one problem, found none\(bad)")
    }
    if let field = unseen.min(by: { $0.name < $1.name }), let wanted = options.names.own[field] {
      throw ProblemFileError(file: name, field: field.name, "expected a field '\(wanted)', found it in no record")
    }
    return problems
  }
}

/// What is wrong with a problem file: `FILE:LINE: FIELD: what was expected`, or `FILE: what was expected`.
public struct ProblemFileError: Error, Equatable, CustomStringConvertible {
  /// The file as it was named.
  public let file: String
  /// The line, from 1; nil where the file as a whole is at fault.
  public let line: Int?
  /// The field; `line` where the line as a whole is at fault.
  public let field: String?
  /// What was expected, and what was found.
  public let expected: String

  /// The one line shown to a person.
  public var description: String {
    ([file] + (line.map { [String($0)] } ?? [])).joined(separator: ":") + ": "
      + (field.map { $0.printable + ": " } ?? "") + expected.printable
  }

  init(file: String, line: Int? = nil, field: String? = nil, _ expected: String) {
    self.file = file.printable
    self.line = line
    self.field = field
    self.expected = expected
  }
}
