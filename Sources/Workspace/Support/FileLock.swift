import Foundation

/// An advisory lock on one byte of a file, held until ``release()``, the end of the object or the end of the process.
///
/// Open-file-description locks: the kernel gives them back when a process dies, however it dies, and two locks of one
/// process exclude each other like those of two processes.
final class FileLock: Sendable {
  private let descriptor: Int32

  /// The numbers of `F_OFD_SETLK` and `F_OFD_SETLKW`, which the imported C headers do not carry.
  #if os(Linux)
    private static let get: Int32 = 36
    private static let set: Int32 = 37
    private static let setWaiting: Int32 = 38
  #else
    private static let get: Int32 = 92
    private static let set: Int32 = 90
    private static let setWaiting: Int32 = 91
  #endif

  /// Locks byte `offset` of the file at `path`, which is created if need be.
  ///
  /// Nil where another holds it and `waits` is false. Throws ``SystemError`` where the file cannot be opened.
  init?(path: String, offset: Int64, waits: Bool = false) throws {
    let file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
    guard file >= 0 else { throw SystemError(errno) }
    descriptor = file
    var lock = flock()
    lock.l_type = Int16(F_WRLCK)
    lock.l_whence = Int16(SEEK_SET)
    lock.l_start = off_t(offset)
    lock.l_len = 1
    while fcntl(file, waits ? Self.setWaiting : Self.set, &lock) != 0 {
      if errno == EINTR { continue }
      let reason = errno
      if reason == EAGAIN || reason == EACCES { return nil }
      throw SystemError(reason)
    }
  }

  deinit { close(descriptor) }

  /// True where somebody holds byte `offset` of the file at `path`. Takes nothing: whoever wants it is not disturbed.
  static func isHeld(path: String, offset: Int64) -> Bool {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return false }
    defer { close(file) }
    var lock = flock()
    lock.l_type = Int16(F_WRLCK)
    lock.l_whence = Int16(SEEK_SET)
    lock.l_start = off_t(offset)
    lock.l_len = 1
    return fcntl(file, get, &lock) == 0 && lock.l_type != Int16(F_UNLCK)
  }
}

/// What the system said, in its words.
struct SystemError: Error, CustomStringConvertible {
  let code: Int32
  var description: String { String(cString: strerror(code)) }

  init(_ code: Int32) { self.code = code }
}
