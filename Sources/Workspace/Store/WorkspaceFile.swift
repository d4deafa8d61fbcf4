import Foundation
import GRDB

/// Looks at the file of a workspace before anything is allowed to write to it.
enum WorkspaceFile {
  /// Where the file itself is, where `path` is a link to it: what stands beside it has one name for everybody.
  static func real(_ path: String) -> String {
    guard let real = realpath(path, nil) else { return path }
    defer { free(real) }
    return String(cString: real)
  }

  /// The file beside the workspace whose bytes are the locks: 0 for opening, n for writing the run in row n, from 2⁴⁰ for driving a
  /// round, from 2⁴¹ for presenting a run.
  static func lockPath(_ path: String) -> String { real(path) + "-lock" }

  /// SQLite's log of what is not in the file yet.
  static func logPath(_ path: String) -> String { real(path) + "-wal" }

  /// What SQLite keeps beside the file: the log of what is not in it yet, its index in memory, and the journal of other modes.
  private static let companions = ["-wal", "-shm", "-journal"]

  /// Throws ``WorkspaceError`` where somebody else has put something under the name of a file that SQLite would use.
  static func checkCompanions(_ path: String) throws {
    let (file, rights) = (real(path), SideRights(workspace: path))
    for place in companions.map({ file + $0 }) {
      var info = stat()
      guard lstat(place, &info) == 0, let objection = rights.objection(to: info, at: place) else { continue }
      throw WorkspaceError(.refused, objection)
    }
  }

  /// Makes the index of the log its owner's alone: whoever may read it may lock it, and so stop whoever writes.
  ///
  /// It must not be opened where SQLite has it open, because its locks end when any descriptor of it is closed.
  static func closeIndex(of path: String) throws {
    let (place, rights) = (real(path) + "-shm", SideRights(workspace: path))
    let made = open(place, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, SideRights.ownersFile)
    if made >= 0 {
      defer { close(made) }
      return try rights.apply(SideRights.ownersFile, to: made)
    }
    var info = stat()
    guard lstat(place, &info) == 0, info.st_mode & S_IFMT == S_IFREG, info.st_mode & 0o077 != 0 else { return }
    // Made by an earlier version, or by another program of the owner's.
    _ = chmod(place, SideRights.ownersFile)
  }

  /// True where there is a file with something in it at `path`; false where there is nothing or an empty file. Throws
  /// ``WorkspaceError``.
  ///
  /// The file is not opened here: the system takes the locks of a whole process from a file when any descriptor of it is closed, also
  /// those by which SQLite tells others that the workspace is in use. What it holds, SQLite says.
  static func exists(_ path: String) throws -> Bool {
    var state = stat()
    guard stat(path, &state) == 0 else { return false }
    if state.st_mode & S_IFMT == S_IFDIR {
      throw WorkspaceError(.foreign, "\(path): expected a workspace file, found a folder")
    }
    guard state.st_mode & S_IFMT == S_IFREG else {
      throw WorkspaceError(.foreign, "\(path): expected a workspace file, found a device or a pipe")
    }
    guard access(path, R_OK) == 0 else {
      throw WorkspaceError(.unwritable, "\(path): the workspace cannot be read: \(SystemError(errno))")
    }
    return state.st_size > 0
  }

  /// Throws ``WorkspaceError`` where the database is another program's, a newer etascope's or damaged.
  static func check(_ db: Database, path: String) throws {
    let tables = try Int.fetchOne(db, sql: "SELECT COUNT(*) FROM sqlite_master") ?? 0
    let application = try Int32.fetchOne(db, sql: "PRAGMA application_id") ?? 0
    let version = try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0
    if tables == 0, application == 0, version == 0 { return }
    guard application == Schema.applicationID else {
      throw WorkspaceError(
        .foreign, "\(path): expected a workspace, found another program's database; it is kept as it is")
    }
    guard version <= Schema.version else {
      throw WorkspaceError(
        .newer,
        "\(path): the workspace was written by a newer etascope (its version is \(version), this program knows "
          + "\(Schema.version)); it is kept as it is")
    }
    if let objection = try Schema.objection(to: db, version: version) {
      throw WorkspaceError(.damaged, "\(path): expected the tables of a workspace: \(objection); it is kept as it is")
    }
    // Reads the root page of every table: a file cut short or overwritten shows here.
    for table in Schema.tables(ofVersion: version) {
      _ = try Row.fetchOne(db, sql: "SELECT * FROM \(table) LIMIT 1")
    }
  }

  /// False where whoever was making the workspace was killed before it had its tables: nothing was ever in it, and the next who
  /// writes makes them.
  static func isMade(_ db: Database) throws -> Bool { try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0 > 0 }

  /// Makes the folder of `path` and finds out whether files can be made and written there. Throws ``WorkspaceError``.
  static func prepareForWriting(_ path: String) throws {
    let folder = (path as NSString).deletingLastPathComponent
    do {
      if !folder.isEmpty { try makeFolder(folder) }
    } catch {
      throw WorkspaceError(.unwritable, "\(path): the workspace cannot be written: \(reason(error))")
    }
    for target in [folder.isEmpty ? "." : folder, path] where access(target, F_OK) == 0 && access(target, W_OK) != 0 {
      throw WorkspaceError(.unwritable, "\(path): the workspace cannot be written: \(SystemError(errno))")
    }
  }

  /// Makes a folder and those above it that are missing; says in the system's own words what forbids it.
  private static func makeFolder(_ path: String) throws {
    if mkdir(path, 0o755) == 0 { return }
    let reason = errno
    let parent = (path as NSString).deletingLastPathComponent
    if reason == ENOENT, !parent.isEmpty, parent != path {
      try makeFolder(parent)
      if mkdir(path, 0o755) == 0 { return }
      throw SystemError(errno)
    }
    var isFolder: ObjCBool = false
    let exists = FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
    if !exists || !isFolder.boolValue { throw SystemError(exists ? ENOTDIR : reason) }
  }

  /// What the system said of a file, in its words.
  static func reason(_ error: any Error) -> String {
    if let error = error as? SystemError { return error.description }
    let underlying = (error as NSError).userInfo[NSUnderlyingErrorKey] as? NSError
    if let underlying, underlying.domain == NSPOSIXErrorDomain { return "\(SystemError(Int32(underlying.code)))" }
    if let error = error as? POSIXError { return "\(SystemError(error.code.rawValue))" }
    return (error as NSError).localizedDescription
  }
}
