import Foundation
import GRDB
import GRDBSQLite

/// Bounds what one reading may cost, so that a file made for it ends in an error and not in a program that never answers.
///
/// A tree of pages that leads to the same page again and again has more rows than the file has bytes.
final class WorkMeter {
  /// Steps of SQLite's machine between two looks.
  private static let portion = 500_000
  /// Steps that a reading of an empty file may take, and those that it may take for each byte: a row of twenty bytes takes some
  /// twenty.
  private static let (base, perByte) = (5_000_000, 20)
  /// Bytes of one value at most.
  static let longestValue = 256 << 20

  private let path: String
  private var steps = 0
  private var most: Int?
  /// True where the reading was ended.
  private(set) var isExceeded = false

  private init(_ path: String) { self.path = path }

  /// Bounds the values that a connection reads and writes, and lets nothing in the file's own tables run a function that could do harm.
  static func prepare(_ db: Database) throws {
    sqlite3_limit(db.sqliteConnection, SQLITE_LIMIT_LENGTH, Int32(longestValue))
    try db.execute(sql: "PRAGMA cell_size_check = ON")
    if Schema.isReadableUntrusted { try db.execute(sql: "PRAGMA trusted_schema = OFF") }
  }

  /// Does `body`. Throws ``WorkspaceError`` where it takes more steps than the file at `path` can need.
  static func limit<T>(_ db: Database, path: String, _ body: (Database) throws -> T) throws -> T {
    let meter = WorkMeter(path)
    let connection = db.sqliteConnection
    sqlite3_progress_handler(
      connection, Int32(portion),
      { Unmanaged<WorkMeter>.fromOpaque($0.unsafelyUnwrapped).takeUnretainedValue().goesOn() ? 0 : 1 },
      Unmanaged.passUnretained(meter).toOpaque())
    defer { sqlite3_progress_handler(connection, 0, nil, nil) }
    do {
      return try withExtendedLifetime(meter) { try body(db) }
    } catch  where meter.isExceeded {
      throw WorkspaceError(
        .damaged, "\(path): the workspace is damaged: it leads to more rows than it has bytes; it is kept as it is")
    }
  }

  private func goesOn() -> Bool {
    steps += Self.portion
    if steps > Self.base {
      let bytes = most ?? Self.base + Self.perByte * (Self.size(path) + Self.size(WorkspaceFile.logPath(path)))
      most = bytes
      isExceeded = steps > bytes
    }
    return !isExceeded
  }

  private static func size(_ path: String) -> Int {
    var info = stat()
    return stat(path, &info) == 0 ? Int(info.st_size) : 0
  }
}
