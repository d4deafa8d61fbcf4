import Foundation

/// Whether the folder of a workspace gives what the workspace relies on: locks that keep two writers apart, and files that outlive a
/// power cut. Small files are made there for it, and taken away.
package struct FolderCheck {
  private let folder: String

  /// Of the folder in which the workspace at `path` is, or will be made.
  package init(workspace path: String) {
    var folder = (path as NSString).deletingLastPathComponent
    while !folder.isEmpty, access(folder, F_OK) != 0 { folder = (folder as NSString).deletingLastPathComponent }
    self.folder = folder.isEmpty ? "." : folder
  }

  /// Why nothing can be tried here; nil where it can.
  package var objection: String? {
    access(folder, W_OK) == 0 ? nil : "\(folder): files cannot be made here: \(SystemError(errno))"
  }

  /// What is wrong with the locks of files; nil where one keeps others away, and is seen by them. Throws ``SystemError`` and
  /// ``WorkspaceError``.
  package func problemOfLocks() throws -> String? {
    let probe = "\(folder)/.etascope-\(UUID().uuidString)"
    defer { unlink(WorkspaceFile.lockPath(probe)) }
    guard let lock = try FileLock(beside: probe, offset: 1) else { return "a lock that nobody holds is not given" }
    return try withExtendedLifetime(lock) {
      if try FileLock(beside: probe, offset: 1) != nil { return "one lock is given twice" }
      return FileLock.isHeld(beside: probe, offset: 1) ? nil : "a lock that is held is not seen"
    }
  }

  /// What is wrong with writing so that it lasts; nil where the disk is waited for. Throws ``SystemError``.
  package func problemOfDurability() throws -> String? {
    let probe = "\(folder)/.etascope-\(UUID().uuidString)"
    let file = open(probe, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard file >= 0 else { throw SystemError(errno) }
    defer {
      close(file)
      unlink(probe)
    }
    try SystemError.write(Data("lasts".utf8), to: file)
    if fsync(file) != 0 { throw SystemError(errno) }
    let place = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard place >= 0 else { throw SystemError(errno) }
    defer { close(place) }
    if fsync(place) != 0 { throw SystemError(errno) }
    var info = stat()
    guard fstat(file, &info) == 0 else { throw SystemError(errno) }
    return Self.kind(of: UInt64(info.st_dev)).flatMap { kind in
      Self.disks.first { kind.hasPrefix($0.kind) }.map { "\(kind): \($0.problem)" }
    }
  }

  /// What kind of disk has this number, by Linux' list of what is mounted; nil where it has none of it.
  private static func kind(of device: UInt64) -> String? {
    let (major, minor) = (device >> 8 & 0xFFF | device >> 32 & ~0xFFF, device & 0xFF | device >> 12 & ~0xFF)
    let list = FileManager.default.contents(atPath: "/proc/self/mountinfo") ?? Data()
    // 36 35 98:0 / /mnt rw,noatime master:1 - ext4 /dev/root rw
    for line in String(decoding: list, as: UTF8.self).split(separator: "\n") {
      let fields = line.split(separator: " ")
      guard fields.count > 3, fields[2] == "\(major):\(minor)", let dash = fields.firstIndex(of: "-") else { continue }
      return fields.dropFirst(dash + 1).first.map { String($0) }
    }
    return nil
  }

  /// Kinds of disks that do not keep what they take, or share their files with machines that do not see the locks, and the memory
  /// that SQLite's log needs.
  private static let disks: [(kind: String, problem: String)] = [
    ("tmpfs", "this is memory, and gone when the machine stops"),
    ("ramfs", "this is memory, and gone when the machine stops"),
    ("nfs", "this is a network disk: only one machine at a time may use the workspace"),
    ("cifs", "this is a network disk: only one machine at a time may use the workspace"),
    ("smb", "this is a network disk: only one machine at a time may use the workspace"),
    ("9p", "this disk belongs to another system: only one of the two may use the workspace"),
    ("fuse", "this disk is a program's: whether it keeps what it takes is that program's matter"),
  ]
}
