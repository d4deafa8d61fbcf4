import GRDB
import Vocabulary

/// What is wrong with a workspace or with what was asked of it, in one line.
public struct WorkspaceError: Error, Equatable, CustomStringConvertible {
  /// What kind of trouble it is, for programs.
  public enum Kind: String, Sendable {
    /// There is no such file, run or commit.
    case missing
    /// The file or its folder cannot be written.
    case unwritable
    /// The file belongs to another program or is no database at all.
    case foreign
    /// A newer etascope wrote it.
    case newer
    /// The file or a row of it is damaged.
    case damaged
    /// The file was deleted, replaced or cut short while it was open.
    case lost
    /// Another process holds it.
    case busy
    /// What was asked makes no sense in the present state.
    case refused
  }

  /// The kind of trouble.
  public let kind: Kind
  /// The one line shown to a person.
  public let description: String

  init(_ kind: Kind, _ description: String) {
    self.kind = kind
    self.description = description.printable
  }

  /// `error` in words, where a row, SQLite or the system has thrown it; else as it is.
  static func of(_ error: any Error, path: String) -> any Error {
    switch error {
    case let error as DatabaseError: WorkspaceError(error, path: path)
    case let error as ColumnError: WorkspaceError(.damaged, "\(path): a row of the workspace is damaged: \(error)")
    case let error as SystemError:
      WorkspaceError(.unwritable, "\(path): the workspace cannot be written: \(error)")
    default: error
    }
  }

  /// What SQLite's `error` means for the workspace at `path`.
  init(_ error: DatabaseError, path: String) {
    let reason = error.message ?? "\(error.resultCode)"
    switch error.resultCode {
    case .SQLITE_FULL:
      self.init(.unwritable, "\(path): the workspace cannot be written: the disk is full; make room and try again")
    case .SQLITE_READONLY, .SQLITE_PERM, .SQLITE_IOERR:
      self.init(.unwritable, "\(path): the workspace cannot be written: \(reason)")
    case .SQLITE_CANTOPEN, .SQLITE_AUTH:
      self.init(.unwritable, "\(path): the workspace cannot be opened: \(reason)")
    case .SQLITE_BUSY, .SQLITE_LOCKED:
      self.init(.busy, "\(path): the workspace is busy: another process is writing to it")
    case .SQLITE_TOOBIG:
      self.init(.damaged, "\(path): expected values of at most \(WorkMeter.longestValue >> 20) MiB, found a longer one")
    case .SQLITE_NOTADB:
      self.init(.foreign, "\(path): expected a workspace, found a file that is no SQLite database; it is kept as it is")
    case .SQLITE_CORRUPT:
      self.init(.damaged, "\(path): the workspace is damaged (\(reason)); it is kept as it is")
    default: self.init(.damaged, "\(path): the workspace does not read as expected: \(reason)")
    }
  }
}
