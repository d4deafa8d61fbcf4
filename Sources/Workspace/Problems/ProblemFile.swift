import Foundation
import TreeInsight
import TreeSearch

/// Reads problems from JSON Lines: `{"id", "question", "answer", "source", "split"}`, of which only `question` is required.
///
/// Everything is checked before anything is returned: a bad line means no problems at all.
public enum ProblemFile {
  /// The longest line that is read, in bytes.
  public static let longestLine = 4 << 20

  /// The problems of the file at `path` in their order, at least one. Throws ``ProblemFileError``.
  ///
  /// Complexity: O(bytes); the whole file is held in memory.
  public static func read(path: String) throws -> [LoadedProblem] {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
      throw ProblemFileError(file: path, "no such file")
    }
    if isFolder.boolValue { throw ProblemFileError(file: path, "expected a file, found a folder") }
    guard let file = FileHandle(forReadingAtPath: path) else {
      throw ProblemFileError(file: path, "cannot be read: \(SystemError(errno))")
    }
    defer { try? file.close() }
    do {
      return try read([UInt8](try file.readToEnd() ?? Data()), name: path)
    } catch let error as ProblemFileError {
      throw error
    } catch {
      throw ProblemFileError(file: path, "cannot be read: \(error.localizedDescription)")
    }
  }

  /// The problems in `bytes`, at least one; `name` stands for the file in messages. Throws ``ProblemFileError``.
  ///
  /// A byte order mark, CRLF line ends and empty lines are passed over.
  public static func read(_ bytes: [UInt8], name: String) throws -> [LoadedProblem] {
    var problems: [LoadedProblem] = []
    var lines: [String: Int] = [:]
    var start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    var number = 0
    while start < bytes.count {
      number += 1
      let end = bytes[start...].firstIndex(of: 0x0A) ?? bytes.count
      let line = bytes[start..<end]
      start = end + 1
      func fault(_ field: String, _ expected: String) -> ProblemFileError {
        ProblemFileError(file: name, line: number, field: field, expected)
      }
      if line.count > longestLine {
        throw fault("line", "expected at most \(longestLine >> 20) MB, found \(line.count) bytes")
      }
      if line.allSatisfy({ $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }) { continue }
      guard String(validating: line, as: UTF8.self) != nil else { throw fault("line", "expected UTF-8 text") }
      do {
        let loaded = try ProblemLine.read(line, line: number)
        if let first = lines.updateValue(number, forKey: loaded.problem.id) {
          throw fault("id", "expected each id once, found '\(loaded.problem.id)' in line \(first) too")
        }
        problems.append(loaded)
      } catch let wrong as ProblemLine.Fault {
        throw fault(wrong.field, wrong.expected)
      }
    }
    if problems.isEmpty { throw ProblemFileError(file: name, "expected at least one problem, found none") }
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
