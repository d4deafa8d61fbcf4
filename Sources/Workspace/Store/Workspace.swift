import Foundation
import GRDB
import Vocabulary

/// The system of record: problems, runs with their journals, and the commit log, in one SQLite file.
///
/// Every change is one transaction in write-ahead mode, so a process killed at any moment loses at most the batch in
/// flight and never leaves half of one. Many processes may read while one writes. All calls block; a call costs one
/// transaction (well below a millisecond for a journal batch). Values are `Sendable` and safe to use from any thread.
public final class Workspace: Sendable {
  /// The file.
  public let path: String
  /// True where nothing can be written through this object.
  public let isReadOnly: Bool
  /// Who signs commits where nobody else is named.
  public let author: String
  let now: @Sendable () -> Date
  private let reader: any DatabaseReader
  private let writer: (any DatabaseWriter)?

  /// Opens the workspace at `path` and makes it, with its folder, where there is none.
  ///
  /// A file that is damaged, another program's or a newer version's is reported and left as it is. With `readOnly` the file
  /// must exist and is not touched; its folder need not be writable. Throws ``WorkspaceError``.
  public init(
    path: String, readOnly: Bool = false, author: String = NSUserName(), now: @escaping @Sendable () -> Date = Date.init
  ) throws {
    self.path = path
    self.author = author
    self.now = now
    isReadOnly = readOnly
    let exists = try WorkspaceFile.exists(path)
    do {
      if readOnly {
        guard exists else { throw WorkspaceError(.missing, "\(path): there is no workspace") }
        reader = try Self.readOnlyQueue(path)
        writer = nil
        try reader.read { try WorkspaceFile.check($0, path: path) }
      } else {
        try WorkspaceFile.prepareForWriting(path)
        let pool = try Self.pool(path, exists: exists)
        reader = pool
        writer = pool
      }
    } catch let error as DatabaseError {
      throw WorkspaceError(error, path: path)
    } catch let error as SystemError {
      throw WorkspaceError(.unwritable, "\(path): the workspace cannot be written: \(error)")
    }
  }

  /// Reads in one consistent snapshot, undisturbed by writers.
  func read<T>(_ body: (Database) throws -> T) throws -> T {
    do {
      return try reader.read(body)
    } catch let error as DatabaseError {
      throw WorkspaceError(error, path: path)
    }
  }

  /// Writes in one transaction: all of `body` or nothing.
  ///
  /// The journal is written with `synchronous = NORMAL`: whatever a killed process had committed is in the system's page
  /// cache and survives it; only a power cut can lose the last batches, and never damages the file. Where `durably` is true
  /// (a person's decisions) the commit waits for the disk as well.
  func write<T>(durably: Bool = false, _ body: (Database) throws -> T) throws -> T {
    guard let writer else {
      throw WorkspaceError(.unwritable, "\(path): the workspace cannot be written: it was opened for reading only")
    }
    do {
      return try writer.writeWithoutTransaction { db in
        if durably { try db.execute(sql: "PRAGMA synchronous = FULL") }
        defer { if durably { try? db.execute(sql: "PRAGMA synchronous = NORMAL") } }
        var result: T?
        try db.inTransaction(.immediate) {
          result = try body(db)
          return .commit
        }
        guard let result else { throw WorkspaceError(.refused, "\(path): nothing was written") }
        return result
      }
    } catch let error as DatabaseError {
      throw WorkspaceError(error, path: path)
    }
  }

  /// Checks the whole file: pages, indexes and rows; empty where all is well. Complexity: O(file).
  public func integrityProblems() throws -> [String] {
    try read { try String.fetchAll($0, sql: "PRAGMA integrity_check(20)") }.filter { $0 != "ok" }.map(\.printable)
  }

  // MARK: - Opening

  private static func configuration(readOnly: Bool) -> Configuration {
    var configuration = Configuration()
    configuration.readonly = readOnly
    configuration.busyMode = .timeout(10)
    configuration.label = "workspace"
    return configuration
  }

  /// A connection that cannot write. SQLite wants to make a side file even for reading one in write-ahead mode; where the
  /// folder forbids it and nobody else is at work, the file is read as one that cannot change.
  private static func readOnlyQueue(_ path: String) throws -> DatabaseQueue {
    do {
      let queue = try DatabaseQueue(path: path, configuration: configuration(readOnly: true))
      _ = try queue.read { try Int.fetchOne($0, sql: "SELECT COUNT(*) FROM sqlite_master") }
      return queue
    } catch let error as DatabaseError where [.SQLITE_CANTOPEN, .SQLITE_READONLY].contains(error.resultCode) {
      // The first is said of the folder to the owner of the file, the second to others.
      let allowed = CharacterSet(charactersIn: "?#%").inverted
      guard !FileManager.default.fileExists(atPath: path + "-wal"),
        let name = path.addingPercentEncoding(withAllowedCharacters: allowed)
      else { throw error }
      return try DatabaseQueue(path: "file:\(name)?immutable=1", configuration: configuration(readOnly: true))
    }
  }

  private static func pool(_ path: String, exists: Bool) throws -> DatabasePool {
    // One process at a time opens: choosing the journal mode and making the tables are not for two at once.
    let lock = try FileLock(path: WorkspaceFile.lockPath(path), offset: 0, waits: true)
    return try withExtendedLifetime(lock) {
      if exists {
        // Looks first through a connection that cannot write: a file that is not ours stays as it is, to the byte.
        try readOnlyQueue(path).read { try WorkspaceFile.check($0, path: path) }
      }
      let pool = try DatabasePool(path: path, configuration: configuration(readOnly: false))
      try pool.writeWithoutTransaction { try Schema.migrate($0) }
      return pool
    }
  }
}
