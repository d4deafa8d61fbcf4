import Foundation

/// A folder beside a workspace, used through its descriptor only: what is in it is made, read and removed by names in it.
///
/// A link that somebody has planted is never followed, and what belongs to somebody else is refused. Calls block, for microseconds.
final class SideFolder: Sendable {
  private let descriptor: Int32
  /// What it is called in messages.
  let path: String
  let rights: SideRights

  /// What a new folder is to be, where there is none.
  enum Making {
    /// It must be there.
    case none
    /// It is made with this mode, and gets it where it is there.
    case mode(mode_t)
  }

  /// The folder at `path`; nil where nothing is there and nothing is to be made.
  ///
  /// Throws ``WorkspaceError`` where a link, a file or somebody else's folder is there, and ``SystemError``.
  convenience init?(path: String, _ rights: SideRights, _ making: Making = .none) throws {
    try self.init(at: AT_FDCWD, path, path: path, rights, making)
  }

  /// The folder called `name` in this one, as ``init(path:_:_:)``.
  func folder(_ name: String, _ making: Making = .none) throws -> SideFolder? {
    try SideFolder(at: descriptor, name, path: "\(path)/\(name)", rights, making)
  }

  private init?(at parent: Int32, _ name: String, path: String, _ rights: SideRights, _ making: Making) throws {
    (self.path, self.rights) = (path, rights)
    if case .mode = making, mkdirat(parent, name, 0o700) != 0, errno != EEXIST { throw SystemError(errno) }
    let opened = openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
    if opened < 0, errno == ENOENT { return nil }
    if opened < 0, [ENOTDIR, ELOOP].contains(errno) {
      throw WorkspaceError(.refused, "\(path): expected a folder; what is there is left alone")
    }
    guard opened >= 0 else { throw SystemError(errno) }
    descriptor = opened
    var info = stat()
    guard fstat(descriptor, &info) == 0 else { throw SystemError(errno) }
    guard rights.trusts(info) else {
      throw WorkspaceError(
        .refused,
        "\(path): it belongs to user \(info.st_uid), not to the workspace's owner; it is left alone")
    }
    if case .mode(let mode) = making {
      try rights.apply(mode, to: descriptor)
    } else if info.st_mode & 0o022 != 0, info.st_mode & S_ISVTX == 0 {
      throw WorkspaceError(.refused, "\(path): others may change what is in it; it is left alone")
    }
  }

  deinit { close(descriptor) }

  /// Gives the folder itself another mode. Throws ``SystemError``.
  func setMode(_ mode: mode_t) throws { try rights.apply(mode, to: descriptor) }

  /// Changes whenever a file is added or taken away.
  var version: Int {
    var info = stat()
    guard fstat(descriptor, &info) == 0 else { return 0 }
    return info.st_mtim.tv_sec &* 1_000_000_000 &+ info.st_mtim.tv_nsec
  }

  /// Names of what is in it, `limit` at most, in no order. Complexity: O(names).
  func names(limit: Int) -> [String] {
    // A descriptor of its own: reading moves it.
    let copy = openat(descriptor, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard copy >= 0 else { return [] }
    guard let list = fdopendir(copy) else {
      close(copy)
      return []
    }
    defer { closedir(list) }
    var names: [String] = []
    while names.count < limit, let entry = readdir(list) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: MemoryLayout.size(ofValue: $0.pointee)) { String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names
  }

  /// What is called `name`, a link as a link; nil where nothing is.
  func info(_ name: String) -> stat? {
    var info = stat()
    return fstatat(descriptor, name, &info, AT_SYMLINK_NOFOLLOW) == 0 ? info : nil
  }

  /// True where this user may make files in it.
  var isWritable: Bool { faccessat(descriptor, ".", W_OK, 0) == 0 }

  /// The bytes of a file of less than `limit`, with what was known of it when it was open; nil where there is none, where it is none
  /// (a pipe is not waited for), and where it has a second name.
  func read(_ name: String, limit: Int) -> (bytes: [UInt8], info: stat)? {
    let file = openat(descriptor, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
    guard file >= 0 else { return nil }
    defer { close(file) }
    var info = stat()
    guard fstat(file, &info) == 0, info.st_mode & S_IFMT == S_IFREG, info.st_nlink == 1, info.st_size < limit else {
      return nil
    }
    var bytes = [UInt8](repeating: 0, count: limit)
    let count = Foundation.read(file, &bytes, limit)
    return count >= 0 && count < limit ? (Array(bytes[..<count]), info) : nil
  }

  /// Puts a file called `name` in place in one go, whatever was there. Throws ``SystemError``.
  func replace(_ name: String, with bytes: [UInt8], mode: mode_t) throws {
    let draft = ".\(UUID().uuidString)"
    let file = openat(descriptor, draft, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard file >= 0 else { throw SystemError(errno) }
    defer { close(file) }
    do {
      if fchmod(file, mode) != 0 { throw SystemError(errno) }
      try SystemError.write(Data(bytes), to: file)
      if renameat(descriptor, draft, descriptor, name) != 0 { throw SystemError(errno) }
    } catch {
      unlinkat(descriptor, draft, 0)
      throw error
    }
  }

  /// Takes away what is called `name`, a link itself and not what it leads to; an empty folder, too. False where it cannot.
  @discardableResult
  func remove(_ name: String) -> Bool {
    if unlinkat(descriptor, name, 0) == 0 { return true }
    return [EISDIR, EPERM].contains(errno) && unlinkat(descriptor, name, AT_REMOVEDIR) == 0
  }
}
