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
  private let access: Access

  /// How it is used.
  private enum Access {
    case reading(WorkspaceReader)
    case writing(DatabasePool, WorkspaceIdentity)
  }

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
    try WorkspaceFile.checkCompanions(path)
    do {
      if readOnly {
        let missing = WorkspaceError(.missing, "\(path): there is no workspace")
        guard exists else { throw missing }
        let reader = try WorkspaceReader(path, Self.configuration(readOnly: true))
        guard try reader.read(WorkspaceFile.isMade) else { throw missing }
        access = .reading(reader)
      } else {
        try WorkspaceFile.prepareForWriting(path)
        access = .writing(try Self.pool(path, exists: exists), WorkspaceIdentity(path))
        Stage.sweep(workspace: path)
      }
    } catch {
      throw WorkspaceError.of(error, path: path)
    }
  }

  /// Reads in one consistent snapshot, undisturbed by writers.
  func read<T>(_ body: (Database) throws -> T) throws -> T {
    do {
      return switch access {
      case .reading(let reader): try reader.read(body)
      case .writing(let pool, _): try pool.read { try WorkMeter.limit($0, path: path, body) }
      }
    } catch {
      throw WorkspaceError.of(error, path: path)
    }
  }

  /// Writes in one transaction: all of `body` or nothing.
  ///
  /// The journal is written with `synchronous = NORMAL`: whatever a killed process had committed is in the system's page
  /// cache and survives it; only a power cut can lose the last batches, and never damages the file. Where `durably` is true
  /// (a person's decisions) the commit waits for the disk as well.
  func write<T>(durably: Bool = false, _ body: (Database) throws -> T) throws -> T {
    guard case .writing(let pool, let identity) = access else {
      throw WorkspaceError(.unwritable, "\(path): the workspace cannot be written: it was opened for reading only")
    }
    do {
      let result = try pool.writeWithoutTransaction { db in
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
      try identity.check(pool)
      return result
    } catch {
      throw WorkspaceError.of(error, path: path)
    }
  }

  /// To be called when all is written: throws where the file has been deleted, replaced or cut short since it was opened, so that what
  /// was written is not there. What this process still sees of it is saved beside it then. Throws ``WorkspaceError``.
  public func finish() throws {
    guard case .writing(let pool, let identity) = access else { return }
    do {
      try identity.check(pool)
    } catch let error as WorkspaceError {
      let names = (1...9999).lazy.map { "\(self.path).saved-\($0)" as String }
      guard let copy = names.first(where: { !FileManager.default.fileExists(atPath: $0) }) else { throw error }
      guard (try? pool.vacuum(into: copy)) != nil else {
        unlink(copy)
        throw error
      }
      throw WorkspaceError(.lost, "\(error); what it held is saved as \(copy): move that to \(path)")
    }
  }

  /// Checks the whole file: pages, indexes and rows; empty where all is well. Complexity: O(file).
  public func integrityProblems() throws -> [String] {
    try read { try String.fetchAll($0, sql: "PRAGMA integrity_check(20)") }.filter { $0 != "ok" }.map(\.printable)
  }

  // MARK: - Opening

  /// Finds out what opening the workspace at `path` needs to know of tables; for a start that has other things to do meanwhile.
  public static func prepare(for path: String) { Schema.prepare(exists: FileManager.default.fileExists(atPath: path)) }

  /// Seconds that are waited for others who open or write.
  private static let patience: TimeInterval = 10

  private static func configuration(readOnly: Bool) -> Configuration {
    var configuration = Configuration()
    configuration.readonly = readOnly
    configuration.busyMode = .timeout(patience)
    configuration.label = "workspace"
    configuration.prepareDatabase { try WorkMeter.prepare($0) }
    return configuration
  }

  private static func pool(_ path: String, exists: Bool) throws -> DatabasePool {
    // One process at a time opens: choosing the journal mode and making the tables are not for two at once.
    guard let lock = try FileLock(beside: path, offset: 0, patience: patience) else {
      throw WorkspaceError(.busy, "\(path): the workspace is busy: another process is opening it")
    }
    return try withExtendedLifetime(lock) {
      // Looks first through a connection that cannot write: a file that is not ours stays as it is, to the byte.
      if exists { try WorkspaceReader.check(path, configuration(readOnly: true)) }
      try WorkspaceFile.closeIndex(of: path)
      let pool = try DatabasePool(path: path, configuration: configuration(readOnly: false))
      try pool.writeWithoutTransaction { try Schema.migrate($0) }
      try WorkspaceFile.closeIndex(of: path)
      try WorkspaceFile.checkCompanions(path)
      return pool
    }
  }
}
