import TreeSearch

/// What is wrong with a filter or a breakpoint, and where, for the person who types it.
public struct FilterError: Error, Hashable, Sendable, CustomStringConvertible {
  /// Where it is wrong: the character, counted from 1; one past the last where something is missing at the end.
  public let column: Int
  /// What was found and what was expected.
  public let message: String

  init(at column: Int, _ message: String) {
    self.column = column
    self.message = message
  }

  /// One line.
  public var description: String { "column \(column): \(message)" }
}
