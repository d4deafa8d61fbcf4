import Foundation
import GRDB
import Synchronization

/// Reads a workspace without changing anything beside it: no file is made there, and whoever may not write takes no lock, which could
/// stop the owner.
///
/// While somebody writes, whoever may write as well reads together with them, as SQLite provides for. Everybody else reads snapshots:
/// SQLite takes the file for one that nobody writes, and the log of what is not in it yet, where there is one, into an index of its
/// own. What was written since is seen a moment later.
final class WorkspaceReader: Sendable {
  private struct Opened {
    let look: WorkspaceLook
    let queue: DatabaseQueue
    /// False for a snapshot.
    let isLive: Bool
    let moment = ContinuousClock.now

    /// True where a file that looks like `now` has more to tell: of a log that grows all the time, ten times a second.
    func isBehind(_ now: WorkspaceLook) -> Bool {
      guard !isLive, now != look else { return false }
      return look.log == nil || !now.keeps(look) || moment.duration(to: .now) > .milliseconds(100)
    }
  }

  private let path: String
  private let configuration: Configuration
  private let opened: Mutex<Opened>
  /// How often opening is tried, with ten milliseconds between: whoever begins to write makes one file after the other.
  private static let tries = 50

  /// Opens the workspace at `path`, in which there is something. Throws ``WorkspaceError`` and `DatabaseError`.
  init(_ path: String, _ configuration: Configuration) throws {
    (self.path, self.configuration) = (path, configuration)
    opened = Mutex(try Self.open(path, configuration))
  }

  /// Looks at the file once, as whoever keeps others from opening it may. Throws as ``init(_:_:)``.
  static func check(_ path: String, _ configuration: Configuration) throws {
    try check(try open(path, WorkspaceLook(path), configuration), path)
  }

  private static func check(_ opened: Opened, _ path: String) throws {
    try opened.queue.read { try WorkMeter.limit($0, path: path) { try WorkspaceFile.check($0, path: path) } }
  }

  /// Reads in one consistent state. Throws ``WorkspaceError`` where somebody has changed the file meanwhile, and it is to be tried
  /// again.
  func read<T>(_ body: (Database) throws -> T) throws -> T {
    let now = try opened.withLock { opened in
      if opened.isBehind(WorkspaceLook(path)) { opened = try Self.open(path, configuration) }
      return opened
    }
    let result = Result { try now.queue.read { try WorkMeter.limit($0, path: path, body) } }
    guard now.isLive || WorkspaceLook(path).keeps(now.look) else { throw Self.disturbed(path) }
    return try result.get()
  }

  private static func disturbed(_ path: String) -> WorkspaceError {
    WorkspaceError(.busy, "\(path): somebody has written the workspace while it was read; try again")
  }

  private static func open(_ path: String, _ configuration: Configuration) throws -> Opened {
    var problem: any Error = disturbed(path)
    for _ in 0..<tries {
      let look = WorkspaceLook(path)
      do {
        let opened = try open(path, look, configuration)
        try check(opened, path)
        if opened.isLive || (!look.isFresh && WorkspaceLook(path).keeps(look)) { return opened }
      } catch {
        // Of a file that stays as it is the next try would find the same.
        if !look.isFresh, WorkspaceLook(path) == look { throw error }
        problem = error
      }
      usleep(10_000)
    }
    throw problem
  }

  private static func open(_ path: String, _ look: WorkspaceLook, _ configuration: Configuration) throws -> Opened {
    if look.log != nil, access(WorkspaceFile.logPath(path), W_OK) == 0 {
      let queue = try DatabaseQueue(path: path, configuration: configuration)
      try WorkspaceFile.closeIndex(of: path)
      return Opened(look: look, queue: queue, isLive: true)
    }
    let name = path.addingPercentEncoding(withAllowedCharacters: CharacterSet(charactersIn: "?#%").inverted) ?? path
    var own = configuration
    // The index of the log in memory of its own, instead of in a file that has to be locked.
    own.prepareDatabase { try $0.execute(sql: "PRAGMA locking_mode = EXCLUSIVE") }
    let queue = try DatabaseQueue(
      path: "file:\(name)?" + (look.log == nil ? "immutable=1" : "vfs=unix-none"), configuration: own)
    return Opened(look: look, queue: queue, isLive: false)
  }
}

/// What the file of a workspace and its log look like from outside.
struct WorkspaceLook: Equatable {
  /// Which file it is, how long, and when it was last written.
  struct File: Equatable {
    let identity: [UInt64]
    let size: Int
    private let seconds: Int
    private let nanoseconds: Int

    /// Nil where there is none.
    init?(_ path: String) {
      var info = stat()
      guard stat(path, &info) == 0 else { return nil }
      identity = [UInt64(info.st_dev), UInt64(info.st_ino)]
      (size, seconds, nanoseconds) = (Int(info.st_size), info.st_mtim.tv_sec, info.st_mtim.tv_nsec)
    }

    /// Seconds since it was written.
    var age: Double { Date.now.timeIntervalSince1970 - Double(seconds) - Double(nanoseconds) / 1e9 }
  }

  let file: File?
  let log: File?
  /// The beginning of the log, which changes when it is written anew from its beginning; empty without one.
  let head: [UInt8]

  init(_ path: String) {
    let place = WorkspaceFile.logPath(path)
    (file, log) = (File(path), File(place))
    let descriptor = open(place, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else {
      head = []
      return
    }
    defer { close(descriptor) }
    var bytes = [UInt8](repeating: 0, count: 32)
    head = Array(bytes[..<max(0, Foundation.read(descriptor, &bytes, bytes.count))])
  }

  /// True where the file was written so short a time ago that the next change might bear the same moment.
  var isFresh: Bool { file.map { abs($0.age) < 0.02 } ?? false }

  /// True where what was read of `earlier` is what was there then: the log may have grown, the file has not been written.
  func keeps(_ earlier: WorkspaceLook) -> Bool {
    file == earlier.file && (head.isEmpty || earlier.head.isEmpty || head == earlier.head)
  }
}
