import Foundation
import Synchronization

#if canImport(Glibc)
  import Glibc
#endif

/// An HTTP server on real sockets of the loopback interface, whose every answer a test decides, the wrong ones included.
public final class LoopbackServer: Sendable {
  /// What a client sent.
  public struct Request: Sendable {
    /// `GET` or `POST`.
    public let method: String
    /// The path with its query.
    public let path: String
    /// By names in small letters.
    public let headers: [String: String]
    /// The body's bytes.
    public let body: [UInt8]

    /// A request with its parts as given.
    public init(method: String, path: String, headers: [String: String], body: [UInt8]) {
      (self.method, self.path, self.headers, self.body) = (method, path, headers, body)
    }

    /// The body as a JSON object; empty where it is none.
    public var fields: [String: Any] {
      (try? JSONSerialization.jsonObject(with: Data(body)) as? [String: Any]) ?? [:]
    }
  }

  /// What the server does with a request.
  public enum Reply: Sendable {
    /// A whole answer.
    case answer(status: Int, headers: [String: String] = [:], body: String)
    /// A stream of server-sent events; with `cutAfter` the connection is closed after so many of them.
    case events([String], cutAfter: Int? = nil)
    /// A body of this type, or of none, in these pieces; with `holds` nothing follows, and the connection stays open.
    case pieces([String], type: String?, holds: Bool = false)
    /// `start`, and then `piece` again and again, until the client or the test goes away: whatever HTTP makes of it. `told` hears how
    /// many bytes are gone.
    case flood(start: String, piece: String, told: @Sendable (Int) -> Void = { _ in })
    /// Nothing, until the client or the test goes away.
    case silence
    /// The connection is closed at once.
    case hangUp

    /// JSON, with status 200.
    public static func json(_ text: String) -> Reply { .answer(status: 200, body: text) }
  }

  private struct State {
    var listener: Int32 = -1
    var connections: Set<Int32> = []
    var isStopped = false
    var requests: [Request] = []
  }

  /// The port, which stays the same over `stop` and `start`.
  public let port: UInt16
  private let state = Mutex(State())
  private let answer: @Sendable (Request) -> Reply

  /// Starts to listen at a free port.
  public init(answer: @escaping @Sendable (Request) -> Reply) throws {
    self.answer = answer
    let listener = try Self.listen(at: 0)
    var address = sockaddr_in()
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { _ = getsockname(listener, $0, &length) }
    }
    port = UInt16(bigEndian: address.sin_port)
    state.withLock { $0.listener = listener }
    accept(on: listener)
  }

  deinit { stop() }

  /// What was asked so far.
  public var requests: [Request] { state.withLock { $0.requests } }

  /// The base URL.
  public var url: String { "http://127.0.0.1:\(port)" }

  /// Ends every connection and listens no more: connections are refused from now on.
  public func stop() {
    state.withLock { state in
      state.isStopped = true
      for socket in state.connections + [state.listener] where socket >= 0 { shutdown(socket, Int32(SHUT_RDWR)) }
      state.listener = -1
    }
  }

  /// Listens at the same port again.
  public func start() throws {
    let listener = try Self.listen(at: port)
    state.withLock { ($0.listener, $0.isStopped) = (listener, false) }
    accept(on: listener)
  }

  private static func listen(at port: UInt16) throws -> Int32 {
    let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    var one: Int32 = 1
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &one, socklen_t(MemoryLayout<Int32>.size))
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    let bound = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(listener, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    guard bound == 0, Glibc.listen(listener, 256) == 0 else {
      close(listener)
      throw POSIXError(.EADDRINUSE)
    }
    return listener
  }

  private func accept(on listener: Int32) {
    Thread.detachNewThread { [weak self] in
      while true {
        let connection = Glibc.accept(listener, nil, nil)
        if connection < 0 { break }
        guard let self,
          self.state.withLock({ state in
            if !state.isStopped { state.connections.insert(connection) }
            return !state.isStopped
          })
        else {
          close(connection)
          break
        }
        let answer = self.answer
        Thread.detachNewThread { [weak self] in
          Self.serve(connection) { request in
            self?.state.withLock { $0.requests.append(request) }
            return answer(request)
          }
          self?.state.withLock { _ = $0.connections.remove(connection) }
          close(connection)
        }
      }
      close(listener)
    }
  }

  /// Answers requests until the client has had enough or an answer ends the connection.
  private static func serve(_ connection: Int32, _ answer: (Request) -> Reply) {
    var one: Int32 = 1
    setsockopt(connection, Int32(IPPROTO_TCP), TCP_NODELAY, &one, socklen_t(MemoryLayout<Int32>.size))
    var reader = RequestReader(connection)
    while let request = reader.next() {
      switch answer(request) {
      case .answer(let status, let headers, let body):
        var head = "HTTP/1.1 \(status) Status\r\nContent-Length: \(body.utf8.count)\r\n"
        for (name, value) in ["Content-Type": "application/json"].merging(headers, uniquingKeysWith: { $1 }) {
          head += "\(name): \(value)\r\n"
        }
        guard send(head + "\r\n" + body, to: connection) else { return }
      case .events(let events, let cutAfter):
        let head = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
        guard send(head, to: connection) else { return }
        for event in cutAfter.map({ events.prefix($0) }) ?? events[...] {
          let data = "data: \(event)\n\n"
          guard send("\(String(data.utf8.count, radix: 16))\r\n\(data)\r\n", to: connection) else { return }
        }
        if cutAfter != nil { return }
        guard send("0\r\n\r\n", to: connection) else { return }
      case .pieces(let pieces, let type, let holds):
        let head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n" + (type.map { "Content-Type: \($0)\r\n" } ?? "")
        guard send(head + "\r\n", to: connection) else { return }
        for piece in pieces where !piece.isEmpty {
          guard send("\(String(piece.utf8.count, radix: 16))\r\n\(piece)\r\n", to: connection) else { return }
        }
        if holds {
          _ = reader.next()  // returns when the other side closes
          return
        }
        guard send("0\r\n\r\n", to: connection) else { return }
      case .flood(let start, let piece, let told):
        var count = start.utf8.count
        guard send(start, to: connection) else { return }
        while send(piece, to: connection) {
          count += piece.utf8.count
          told(count)
        }
        return
      case .silence:
        _ = reader.next()  // returns when the other side closes
        return
      case .hangUp: return
      }
    }
  }

  private static func send(_ text: String, to connection: Int32) -> Bool {
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
      let sent = bytes.withUnsafeBytes { Glibc.send(connection, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
      if sent <= 0 { return false }
      bytes = bytes.dropFirst(sent)
    }
    return true
  }
}
