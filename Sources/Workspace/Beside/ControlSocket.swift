import Foundation
import Synchronization
import Vocabulary

/// Where a running search or explorer listens for whoever steers it from beside: a socket of this user for each run that is open.
///
/// The socket lies in a folder that only its user may enter, and who calls is looked at as well: whoever may change the workspace's
/// files as its user may steer, nobody else.
public enum ControlSocket {
  /// A request or an answer has so many bytes at most, its line break included.
  static let longest = 1 << 16
  /// Seconds that a caller may take to say what it wants.
  static let patience = 10
  /// Seconds that a caller waits for an answer: whoever answers may be busy.
  public static let longestWait = 120

  /// The folder for the sockets of this user; made where it is missing. Throws ``WorkspaceError``.
  private static func folder() throws -> String {
    let runtime = ProcessInfo.processInfo.environment["XDG_RUNTIME_DIR"].flatMap { $0.hasPrefix("/") ? $0 : nil }
    let path = runtime.map { "\($0)/etascope" } ?? "\(NSTemporaryDirectory())/etascope-\(geteuid())"
    do {
      // A workspace that is not there: the rights are those of this user alone.
      guard try SideFolder(path: path, SideRights(workspace: ""), .mode(0o700)) != nil else {
        throw SystemError(ENOENT)
      }
    } catch let error as SystemError {
      throw WorkspaceError(.unwritable, "\(path): cannot be made: \(error)")
    }
    return path
  }

  /// The socket of `run` of the workspace at `path`. Throws ``WorkspaceError`` where its name would be too long for the system.
  static func address(workspace path: String, run: String) throws -> String {
    let name = SHA256.hex("\(WorkspaceFile.real(path))\u{0}\(run)".utf8).prefix(24)
    let address = "\(try folder())/\(name).sock"
    guard address.utf8.count < 100 else {
      throw WorkspaceError(
        .refused, "\(address): expected a path of less than 100 bytes for a socket; XDG_RUNTIME_DIR names its folder")
    }
    return address
  }

  static func withAddress<Value>(_ path: String, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Value) -> Value {
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8.prefix($0.count - 1)) }
    return withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, socklen_t(MemoryLayout<sockaddr_un>.size)) }
    }
  }

  static func open() throws(SystemError) -> Int32 {
    let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    guard descriptor >= 0 else { throw SystemError(errno) }
    return descriptor
  }

  static func setPatience(of descriptor: Int32, seconds: Int) {
    var limit = timeval(tv_sec: seconds, tv_usec: 0)
    for option in [SO_RCVTIMEO, SO_SNDTIMEO] {
      setsockopt(descriptor, SOL_SOCKET, option, &limit, socklen_t(MemoryLayout<timeval>.size))
    }
  }

  /// The bytes up to a line break; nil where none comes in time, or too many do.
  static func line(of descriptor: Int32) -> Data? {
    var (line, chunk) = (Data(), [UInt8](repeating: 0, count: 4096))
    while line.count < longest {
      let count = recv(descriptor, &chunk, chunk.count, 0)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return nil }
      if let end = chunk[..<count].firstIndex(of: 0x0A) { return line + chunk[..<end] }
      line += chunk[..<count]
    }
    return nil
  }

  static func send(_ line: Data, to descriptor: Int32) -> Bool {
    var (bytes, sent) = (Array(line) + [0x0A], 0)
    while sent < bytes.count {
      let count = bytes.withUnsafeMutableBytes {
        Foundation.send(descriptor, $0.baseAddress?.advanced(by: sent), $0.count - sent, Int32(MSG_NOSIGNAL))
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return false }
      sent += count
    }
    return true
  }

  /// Sends one line to whoever has `run` open and gives the line that comes back; blocks until it has come.
  ///
  /// Throws ``WorkspaceError`` where nobody has it open, or no answer comes within so many seconds.
  public static func ask(_ line: Data, workspace path: String, run: String, within seconds: Int = longestWait) throws
    -> Data
  {
    let address = try address(workspace: path, run: run)
    do {
      let descriptor = try open()
      defer { close(descriptor) }
      setPatience(of: descriptor, seconds: seconds)
      if withAddress(address, { connect(descriptor, $0, $1) }) != 0 {
        throw [ENOENT, ECONNREFUSED].contains(errno)
          ? WorkspaceError(.missing, "\(path): no explorer and no search of this user has run \(run) open")
          : SystemError(errno)
      }
      guard send(line, to: descriptor), let answer = self.line(of: descriptor) else {
        throw WorkspaceError(.busy, "\(path): whoever has run \(run) open does not answer")
      }
      return answer
    } catch let error as SystemError {
      throw WorkspaceError(.unwritable, "\(address): \(error)")
    }
  }
}

/// Listens on a run's socket, one caller after the other, on a thread of its own, until it is closed.
public final class ControlListener: Sendable {
  private let descriptor: Int32
  private let address: String
  private let isClosed = Mutex(false)

  /// Listens for `run` of the workspace at `path`; `answer` gets each caller's line and gives the one to send back. The run must be
  /// open for writing here: then nobody else listens for it. Throws ``WorkspaceError``.
  public init(workspace path: String, run: String, answer: @escaping @Sendable (Data) async -> Data) throws {
    address = try ControlSocket.address(workspace: path, run: run)
    do {
      let opened = try ControlSocket.open()
      // What is there was left by somebody who was killed.
      unlink(address)
      let isBound = ControlSocket.withAddress(address) { bind(opened, $0, $1) } == 0
      guard isBound, chmod(address, 0o600) == 0, listen(opened, 8) == 0 else {
        let error = SystemError(errno)
        Foundation.close(opened)
        throw error
      }
      descriptor = opened
    } catch let error as SystemError {
      throw WorkspaceError(.unwritable, "\(address): \(error)")
    }
    let descriptor = descriptor
    let thread = Thread { Self.serve(descriptor, answer) }
    thread.name = "control"
    thread.start()
  }

  deinit { close() }

  /// Hears nobody any more.
  public func close() {
    let isFirst = isClosed.withLock { isClosed in
      defer { isClosed = true }
      return !isClosed
    }
    guard isFirst else { return }
    unlink(address)
    // Ends the thread, which closes the descriptor.
    shutdown(descriptor, Int32(SHUT_RDWR))
  }

  private static func serve(_ descriptor: Int32, _ answer: @escaping @Sendable (Data) async -> Data) {
    defer { Foundation.close(descriptor) }
    while true {
      let caller = accept(descriptor, nil, nil)
      if caller < 0, [EINTR, ECONNABORTED].contains(errno) { continue }
      guard caller >= 0 else { return }
      defer { Foundation.close(caller) }
      _ = fcntl(caller, F_SETFD, FD_CLOEXEC)
      ControlSocket.setPatience(of: caller, seconds: ControlSocket.patience)
      guard isTrusted(caller), let line = ControlSocket.line(of: caller) else { continue }
      // This thread is nobody else's: it may wait.
      let (done, reply) = (DispatchSemaphore(value: 0), Reply())
      Task(priority: .userInitiated) {
        let data = await answer(line)
        reply.value.withLock { $0 = data }
        done.signal()
      }
      done.wait()
      _ = ControlSocket.send(reply.value.withLock { $0 }, to: caller)
    }
  }

  private final class Reply: Sendable { let value = Mutex(Data()) }

  /// True where the caller is this user or the superuser.
  private static func isTrusted(_ caller: Int32) -> Bool {
    // Linux's struct ucred, which Swift does not see: process, user, group.
    var who: (process: Int32, user: UInt32, group: UInt32) = (0, .max, .max)
    var length = socklen_t(MemoryLayout.size(ofValue: who))
    guard getsockopt(caller, SOL_SOCKET, SO_PEERCRED, &who, &length) == 0 else { return false }
    return who.user == geteuid() || who.user == 0
  }
}
