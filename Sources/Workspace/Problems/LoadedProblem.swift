import TreeSearch
import Vocabulary

/// A problem as a file gave it.
public struct LoadedProblem: Equatable, Sendable {
  /// What a search needs.
  public var problem: Problem
  /// The fields of the line that a ``Problem`` has no place for, as one JSON object in the order and spelling of the
  /// file; nil where there were none.
  public var extra: String?
  /// The line it stood on, from 1.
  public var line: Int

  /// A loaded problem with its fields as given.
  public init(problem: Problem, extra: String? = nil, line: Int = 1) {
    self.problem = problem
    self.extra = extra
    self.line = line
  }

  /// A text among the fields that etascope does not know. Complexity: O(length of ``extra``).
  public func text(_ field: String) -> String? {
    guard let extra, let members = try? JSONScanner.members(of: Array(extra.utf8)[...]) else { return nil }
    return members.first { $0.key == field }?.text
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
