import Foundation
import Synchronization

#if canImport(FoundationNetworking)
  import FoundationNetworking
#endif

/// One request over a connection of its own, without encryption: what is sent, and what comes back as it arrives.
///
/// URLSession on Linux keeps a core busy for as long as it waits for an answer, and model servers think for long, often on the
/// same machine. A thread that waits in the kernel costs nothing.
final class SocketExchange: Sendable {
  private struct State {
    var socket: Int32?
    var isCancelled = false
  }

  private let host: String
  private let port: Int
  private let message: [UInt8]
  private let state = Mutex(State())

  /// Nil where `request` has to be sent by URLSession: encrypted, or through a proxy that the environment asks for.
  init?(_ request: URLRequest, environment: [String: String] = ProcessInfo.processInfo.environment) {
    guard let url = request.url, url.scheme?.lowercased() == "http", let host = url.host(percentEncoded: false),
      !Self.needsProxy(host, environment)
    else { return nil }
    self.host = host
    port = url.port ?? 80
    let parts = URLComponents(url: url, resolvingAgainstBaseURL: false)
    var target = parts?.percentEncodedPath ?? "/"
    if target.isEmpty { target = "/" }
    if let query = parts?.percentEncodedQuery { target += "?" + query }
    let body = request.httpBody ?? Data()
    var lines = ["\(request.httpMethod ?? "GET") \(target) HTTP/1.1"]
    lines.append("Host: \(host.contains(":") ? "[\(host)]" : host)\(url.port.map { ":\($0)" } ?? "")")
    for (name, value) in (request.allHTTPHeaderFields ?? [:]).sorted(by: { $0.key < $1.key }) {
      lines.append("\(name): \(value)")
    }
    if request.httpMethod == "POST" { lines.append("Content-Length: \(body.count)") }
    message = Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8) + body
  }

  /// Sends the request from a thread of its own. `arrived` is called with every part of the answer, then `ended` once: with
  /// nil after the whole answer.
  func start(
    arrived: @escaping @Sendable (HTTPTransport.Event) -> Void, ended: @escaping @Sendable (URLError?) -> Void
  ) {
    let thread = Thread { [self] in
      do {
        try exchange(arrived)
        ended(nil)
      } catch {
        ended(error as? URLError ?? URLError(.networkConnectionLost))
      }
    }
    thread.name = "http"
    thread.start()
  }

  /// Closes the connection, whatever it is doing.
  func cancel() {
    state.withLock { state in
      state.isCancelled = true
      if let socket = state.socket { shutdown(socket, Int32(SHUT_RDWR)) }
    }
  }

  // MARK: - On the thread

  private func exchange(_ arrived: (HTTPTransport.Event) -> Void) throws {
    let socket = try connected()
    defer {
      state.withLock { $0.socket = nil }
      close(socket)
    }
    try send(on: socket)
    var reader = HTTPAnswerReader()
    var buffer = [UInt8](repeating: 0, count: 64 << 10)
    do {
      while !reader.isDone {
        let count = recv(socket, &buffer, buffer.count, 0)
        if count < 0, errno == EINTR { continue }
        guard count > 0 else { return try reader.finish() }
        for event in try reader.take(buffer[..<count]) { arrived(event) }
      }
    } catch is HTTPAnswerReader.Malformed {
      throw URLError(.networkConnectionLost)
    }
  }

  private func send(on socket: Int32) throws {
    var sent = 0
    while sent < message.count {
      let count = message.withUnsafeBytes {
        Foundation.send(socket, $0.baseAddress?.advanced(by: sent), message.count - sent, Int32(MSG_NOSIGNAL))
      }
      if count < 0, errno == EINTR { continue }
      // A server may refuse a long request before it has read all of it: the answer says why.
      guard count > 0 else { return }
      sent += count
    }
  }

  /// A connection to the first of the host's addresses that takes one.
  private func connected() throws -> Int32 {
    var hints = addrinfo()
    hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
    var found: UnsafeMutablePointer<addrinfo>?
    guard getaddrinfo(host, String(port), &hints, &found) == 0 else { throw URLError(.cannotFindHost) }
    defer { freeaddrinfo(found) }
    var reason = ECONNREFUSED
    var next = found
    while let address = next?.pointee {
      next = address.ai_next
      let socket = socket(address.ai_family, address.ai_socktype | Int32(SOCK_CLOEXEC.rawValue), address.ai_protocol)
      guard socket >= 0 else { continue }
      let isCancelled = state.withLock { state in
        state.socket = socket
        return state.isCancelled
      }
      if !isCancelled, connect(socket, address.ai_addr, address.ai_addrlen) == 0 { return socket }
      reason = errno
      state.withLock { $0.socket = nil }
      close(socket)
      if isCancelled { throw URLError(.cancelled) }
    }
    switch reason {
    case ECONNREFUSED: throw URLError(.cannotConnectToHost)
    case ETIMEDOUT: throw URLError(.timedOut)
    case ENETUNREACH, EHOSTUNREACH: throw URLError(.notConnectedToInternet)
    default: throw URLError(.networkConnectionLost)
    }
  }

  /// True where the environment names a proxy for `host`.
  private static func needsProxy(_ host: String, _ environment: [String: String]) -> Bool {
    func value(_ name: String) -> String? {
      [name, name.uppercased()].compactMap { environment[$0] }.first { !$0.isEmpty }
    }
    guard value("http_proxy") ?? value("all_proxy") != nil else { return false }
    if ["localhost", "::1"].contains(host) || host.hasPrefix("127.") { return false }
    let exceptions = (value("no_proxy") ?? "").split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
    return !exceptions.contains { $0 == "*" || host == $0 || host.hasSuffix($0.hasPrefix(".") ? $0 : "." + $0) }
  }
}
