import Glibc

/// Reads files that somebody names, whatever they turn out to be: what has no end is not read to it, and nobody is waited for who may
/// never come.
package enum InputFile {
  /// Why a file was not read.
  package struct Failure: Error, Hashable, CustomStringConvertible {
    /// In words that follow the file's name.
    package let description: String
    /// True where there is no such file.
    package let isMissing: Bool

    /// `: ` and what is wrong; empty where there is no such file, for messages that say that themselves.
    package var unlessMissing: String { isMissing ? "" : ": \(description)" }

    init(_ description: String, isMissing: Bool = false) {
      (self.description, self.isMissing) = (description, isMissing)
    }

    init(errno number: Int32) {
      let isMissing = number == ENOENT || number == ENOTDIR
      self.init(
        isMissing ? "no such file" : "cannot be read: \(String(cString: strerror(number)))", isMissing: isMissing)
    }
  }

  /// What may stand behind a name.
  package enum Kind: Sendable {
    /// A plain file, or a link to one.
    case plain
    /// A pipe or a device as well: what a shell gives for `<(…)`, `/dev/stdin`, `/dev/null`.
    case stream
  }

  /// Of a device that is no terminal no more than this is read: bytes. Those that end at all end at once.
  private static let longestDevice = 1 << 20
  /// How long somebody may take to open the other end of a named pipe: seconds.
  private static let patience = 10

  /// The bytes of the file at `path`, at most `limit`. Blocks its thread.
  ///
  /// - Throws: ``Failure``.
  package static func bytes(at path: String, limit: Int, _ kind: Kind = .plain) throws(Failure) -> [UInt8] {
    let file = try open(path)
    defer { close(file) }
    return try bytes(of: file, limit: limit, kind)
  }

  /// The first bytes of the plain file at `path`, `count` of them where it has so many.
  ///
  /// - Throws: ``Failure``.
  package static func head(at path: String, _ count: Int) throws(Failure) -> [UInt8] {
    let file = try open(path)
    defer { close(file) }
    _ = try bounds(of: file, Int.max, .plain)
    var problem: Int32 = 0
    let head = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      let got = read(file, buffer.baseAddress, count)
      problem = got < 0 ? errno : 0
      filled = max(0, got)
    }
    guard problem == 0 else { throw Failure(errno: problem) }
    return head
  }

  static func open(_ path: String) throws(Failure) -> Int32 {
    // A named pipe would be waited for otherwise.
    let file = Glibc.open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK)
    guard file >= 0 else { throw Failure(errno: errno) }
    return file
  }

  /// The bytes of an open file from where it stands, at most `limit`. Blocks its thread.
  ///
  /// - Throws: ``Failure``.
  package static func bytes(of file: Int32, limit: Int, _ kind: Kind = .stream) throws(Failure) -> [UInt8] {
    let (limit, size) = try bounds(of: file, limit, kind)
    var bytes: [UInt8] = []
    // One more, so that the end is seen without another look.
    bytes.reserveCapacity(size + 1)
    var (seconds, hasEnded) = (0, false)
    while true {
      var problem: Int32 = 0
      let room = max(64 << 10, size + 1 - bytes.count)
      let more = [UInt8](unsafeUninitializedCapacity: min(room, 8 << 20)) { buffer, count in
        let got = read(file, buffer.baseAddress, buffer.count)
        problem = got < 0 ? errno : 0
        count = max(0, got)
      }
      bytes += more
      guard bytes.count <= limit else { throw tooLong(limit) }
      switch problem {
      case EINTR: continue
      case EAGAIN: _ = try waits(for: file)
      case 0 where !more.isEmpty: continue
      case 0 where kind == .plain || hasEnded || !bytes.isEmpty: return bytes
      case 0:
        // A named pipe that nobody has opened yet looks as if it had ended.
        hasEnded = try waits(for: file)
        seconds += hasEnded ? 0 : 1
        guard seconds < patience else { throw Failure("expected somebody to write into the pipe; nobody does") }
      default: throw Failure(errno: problem)
      }
    }
  }

  /// What may be read of it, and how much there is where that is known.
  static func bounds(of file: Int32, _ limit: Int, _ kind: Kind) throws(Failure) -> (limit: Int, size: Int) {
    var facts = stat()
    guard fstat(file, &facts) == 0 else { throw Failure(errno: errno) }
    switch facts.st_mode & S_IFMT {
    case S_IFREG:
      guard facts.st_size <= limit else { throw tooLong(limit) }
      return (limit, Int(facts.st_size))
    case S_IFDIR: throw Failure("expected a file, found a folder")
    case S_IFIFO where kind == .stream: return (limit, 0)
    case S_IFSOCK where kind == .stream: return (limit, 0)
    case S_IFCHR where kind == .stream: return (isatty(file) == 1 ? limit : min(limit, longestDevice), 0)
    case S_IFIFO: throw Failure("expected a plain file, found a pipe")
    case S_IFSOCK: throw Failure("expected a plain file, found a socket")
    default: throw Failure("expected a plain file, found a device")
    }
  }

  private static func tooLong(_ limit: Int) -> Failure {
    let size = limit >= 1 << 20 ? "\(limit >> 20) MB" : "\(limit >> 10) KB"
    return Failure("expected at most \(size), found more")
  }

  /// Waits a second for something to read, or for the end; false where neither came.
  static func waits(for file: Int32) throws(Failure) -> Bool {
    var awaited = pollfd(fd: file, events: Int16(POLLIN), revents: 0)
    let count = poll(&awaited, 1, 1000)
    if count < 0, errno != EINTR { throw Failure(errno: errno) }
    return count > 0
  }
}
