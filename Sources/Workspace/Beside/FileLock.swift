import Foundation

/// An advisory lock on one byte of the file of locks beside a workspace, held until the end of the object or of the process.
///
/// Open-file-description locks: the kernel gives them back when a process dies, however it dies, and two locks of one
/// process exclude each other like those of two processes. Nobody but the workspace's owner may open the file: whoever may read it
/// could lock it as well, and so stop the owner.
final class FileLock: Sendable {
  private let descriptor: Int32
  private let offset: Int64

  /// The numbers of `F_OFD_GETLK` and `F_OFD_SETLK`, which the imported C headers do not carry.
  #if os(Linux)
    private static let get: Int32 = 36
    private static let set: Int32 = 37
  #else
    private static let get: Int32 = 92
    private static let set: Int32 = 90
  #endif

  /// Locks byte `offset` for the workspace at `workspace`; the file of locks is made if need be.
  ///
  /// Nil where another holds it, for all of `patience` seconds. Throws ``SystemError`` where the file cannot be opened, and
  /// ``WorkspaceError`` where it is not the owner's.
  init?(beside workspace: String, offset: Int64, patience: TimeInterval = 0) throws {
    let (path, rights) = (WorkspaceFile.lockPath(workspace), SideRights(workspace: workspace))
    // Neither a link is followed nor a pipe waited for.
    let file = open(path, O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, SideRights.ownersFile)
    var info = stat()
    guard file >= 0 else {
      let reason = errno
      if lstat(path, &info) == 0, let objection = rights.objection(to: info, at: path) {
        throw WorkspaceError(.refused, objection)
      }
      throw SystemError(reason)
    }
    descriptor = file
    self.offset = offset
    guard fstat(file, &info) == 0 else { throw SystemError(errno) }
    if let objection = rights.objection(to: info, at: path) { throw WorkspaceError(.refused, objection) }
    // Also a file that an earlier version has left open to readers.
    if info.st_mode & 0o7777 != SideRights.ownersFile || info.st_uid != rights.owner {
      if [info.st_uid, 0].contains(geteuid()) { try rights.apply(SideRights.ownersFile, to: file) }
    }
    var lock = Self.lock(offset)
    let end = ContinuousClock.now + .seconds(patience)
    while fcntl(file, Self.set, &lock) != 0 {
      let reason = errno
      if reason == EINTR { continue }
      guard reason == EAGAIN || reason == EACCES else { throw SystemError(reason) }
      if ContinuousClock.now >= end { return nil }
      usleep(2000)
    }
  }

  /// Given back by name: a process that another thread is just starting has the descriptor too, until it becomes its program.
  deinit {
    var lock = Self.lock(offset)
    lock.l_type = Int16(F_UNLCK)
    _ = fcntl(descriptor, Self.set, &lock)
    close(descriptor)
  }

  /// True where somebody holds byte `offset` for the workspace at `workspace`. Takes nothing: whoever wants it is not disturbed.
  static func isHeld(beside workspace: String, offset: Int64) -> Bool {
    let path = WorkspaceFile.lockPath(workspace)
    let file = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
    guard file >= 0 else { return errno == EACCES && isListed(path, offset) }
    defer { close(file) }
    var lock = lock(offset)
    return fcntl(file, get, &lock) == 0 && lock.l_type != Int16(F_UNLCK)
  }

  /// True where the system's list of all locks, which everybody may read, has this one: for those who may not open the file.
  private static func isListed(_ path: String, _ offset: Int64) -> Bool {
    var info = stat()
    guard lstat(path, &info) == 0, let list = FileManager.default.contents(atPath: "/proc/locks") else { return false }
    // 1: OFDLCK ADVISORY  WRITE -1 fe:00:16220333 0 0
    return String(decoding: list, as: UTF8.self).split(separator: "\n").contains { line in
      let fields = line.split(separator: " ")
      return fields.count >= 8 && fields[3] == "WRITE" && fields[5].hasSuffix(":\(info.st_ino)")
        && fields[6] == "\(offset)" && fields[7] == "\(offset)"
    }
  }

  private static func lock(_ offset: Int64) -> flock {
    var lock = flock()
    lock.l_type = Int16(F_WRLCK)
    lock.l_whence = Int16(SEEK_SET)
    lock.l_start = off_t(offset)
    lock.l_len = 1
    return lock
  }
}
