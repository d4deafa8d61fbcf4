import Foundation

/// A file that somebody names for what a command makes, as with `-o`.
///
/// A plain file, or one that is not there yet, comes into place in one go: until then whatever was there is there. Everything else
/// stays what it is and is written into: a device, a pipe, what a link leads to, a file of somebody else.
public enum OutputFile {
  /// Writes all of `data`, with the mode and owner of the file that was there. Waits for whoever reads a pipe.
  ///
  /// Throws ``WorkspaceError`` with the system's reason; a plain file is as it was then. Complexity: O(bytes).
  public static func write(_ data: Data, to path: String) throws {
    try write(to: path) { sink in try sink(data) }
  }

  /// The same with what `content` hands on, portion by portion.
  public static func write(to path: String, _ content: (@escaping (Data) throws -> Void) throws -> Void) throws {
    do {
      var info = stat()
      let isThere = lstat(path, &info) == 0
      guard isThere || errno == ENOENT else { throw SystemError(errno) }
      let isOwn = geteuid() == 0 || info.st_uid == geteuid()
      if isThere, info.st_mode & S_IFMT != S_IFREG || !isOwn || !mayAdd(beside: path) {
        try fill(path, with: content)
      } else {
        try replace(path, with: content, keeping: isThere ? info : nil)
      }
    } catch let error as SystemError {
      throw WorkspaceError(.unwritable, "\(path): cannot be written: \(error)")
    }
  }

  private static func folder(of path: String) -> String {
    let folder = (path as NSString).deletingLastPathComponent
    return folder.isEmpty ? "." : folder
  }

  private static func mayAdd(beside path: String) -> Bool { access(folder(of: path), W_OK) == 0 }

  private static func fill(_ path: String, with content: (@escaping (Data) throws -> Void) throws -> Void) throws {
    let file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_NOCTTY | O_CLOEXEC, 0o666)
    guard file >= 0 else { throw SystemError(errno) }
    defer { close(file) }
    try content { try SystemError.write($0, to: file) }
  }

  private static func replace(
    _ path: String, with content: (@escaping (Data) throws -> Void) throws -> Void, keeping before: stat?
  ) throws {
    let draft = "\(folder(of: path))/.\(UUID().uuidString)"
    let file = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o666)
    guard file >= 0 else { throw SystemError(errno) }
    defer { close(file) }
    do {
      try content { try SystemError.write($0, to: file) }
      if let before {
        // Only the superuser comes here with a file of somebody else.
        if before.st_uid != geteuid(), fchown(file, before.st_uid, before.st_gid) != 0 { throw SystemError(errno) }
        if fchmod(file, before.st_mode & 0o7777) != 0 { throw SystemError(errno) }
      }
      // Some disks say only now that they are full.
      if fsync(file) != 0, ![EINVAL, ENOTSUP].contains(errno) { throw SystemError(errno) }
      if rename(draft, path) != 0 { throw SystemError(errno) }
    } catch {
      unlink(draft)
      throw error
    }
  }
}
