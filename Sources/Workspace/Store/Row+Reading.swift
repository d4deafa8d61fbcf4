import Foundation
import GRDB

/// A column that does not hold what it should: rows are somebody's bytes, and none of them may end the program.
struct ColumnError: Error, CustomStringConvertible {
  let column: String
  let expected: String

  var description: String { "\(column): expected \(expected)" }
}

/// What a column may hold.
protocol ColumnValue: DatabaseValueConvertible {
  /// In words.
  static var words: String { get }
}

extension String: ColumnValue { static var words: String { "text" } }
extension Int: ColumnValue { static var words: String { "a number" } }
extension Int64: ColumnValue { static var words: String { "a number" } }
extension Int32: ColumnValue { static var words: String { "a number" } }
extension Data: ColumnValue { static var words: String { "bytes" } }

extension Row {
  /// What a column holds. Throws ``ColumnError`` where that is nothing, or something else; GRDB's subscripts would end the program.
  func read<Value: ColumnValue>(_ column: String, as type: Value.Type = Value.self) throws -> Value {
    guard let value = try readIfPresent(column, as: type) else {
      throw ColumnError(column: column, expected: type.words)
    }
    return value
  }

  /// What a column holds, nil for nothing. Throws ``ColumnError`` where that is something else.
  func readIfPresent<Value: ColumnValue>(_ column: String, as type: Value.Type = Value.self) throws -> Value? {
    guard hasColumn(column), let stored = self[column] as DatabaseValue?, !stored.isNull else { return nil }
    guard let value = Value.fromDatabaseValue(stored) else { throw ColumnError(column: column, expected: type.words) }
    return value
  }
}
