import Foundation

/// To whom the files beside a workspace belong, and who may read them: whoever owns and reads the workspace itself.
///
/// What is there already counts only where the workspace's owner, this user or the superuser has made it: in a folder that others
/// may write, anybody can put something under a name that we use.
struct SideRights: Sendable {
  /// The workspace's owner; this user where it is yet to be made.
  let owner: uid_t
  private let group: gid_t
  /// Who besides the owner may read, as bits of a mode.
  private let readers: mode_t

  /// Those of the workspace at `path`.
  init(workspace path: String) {
    var info = stat()
    if stat(path, &info) == 0 {
      (owner, group, readers) = (info.st_uid, info.st_gid, info.st_mode & 0o044)
    } else {
      (owner, group, readers) = (geteuid(), getegid(), 0)
    }
  }

  /// For what only the owner needs.
  static let ownersFile: mode_t = 0o600
  /// For a file that may be read by whoever may read the workspace.
  var file: mode_t { 0o600 | readers }
  /// For a folder that may be looked into by whoever may read the workspace.
  var folder: mode_t { 0o700 | readers | readers >> 2 }
  /// For a folder in which they may make files as well. The sticky bit: nobody takes another's away.
  var openFolder: mode_t { folder | 0o1000 | readers >> 1 }

  /// True where what `info` describes was made by somebody whom the workspace's owner has to trust anyway.
  func trusts(_ info: stat) -> Bool { [owner, geteuid(), 0].contains(info.st_uid) }

  /// Gives what has just been made this mode, whatever the process's mask, and to the owner where the superuser has made it.
  /// Throws ``SystemError``.
  func apply(_ mode: mode_t, to descriptor: Int32) throws {
    if geteuid() == 0, owner != 0, fchown(descriptor, owner, group) != 0 { throw SystemError(errno) }
    if fchmod(descriptor, mode) != 0 { throw SystemError(errno) }
  }

  /// What forbids the use of a file of ours at `place`, of which `info` is known, in words; nil where nothing does.
  func objection(to info: stat, at place: String) -> String? {
    if info.st_mode & S_IFMT == S_IFLNK { return "\(place): expected a file, found a link; it is left alone" }
    if info.st_mode & S_IFMT != S_IFREG { return "\(place): expected a file; what is there is left alone" }
    guard trusts(info) else {
      return "\(place): it belongs to user \(info.st_uid), not to the workspace's owner; it is left alone"
    }
    return info.st_nlink > 1 ? "\(place): it has a second name, through which others may write it" : nil
  }
}
