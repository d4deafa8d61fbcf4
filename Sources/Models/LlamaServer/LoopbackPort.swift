import Foundation

/// A port of this machine that no other machine reaches, reserved for as long as the object lives: nobody else is given it,
/// and a server that allows addresses to be used again, as they all do, can listen on it.
final class LoopbackPort: Sendable {
  let number: Int
  private let socket: Int32

  /// Nil where there is none.
  init?() {
    guard let (socket, number) = Self.bound() else { return nil }
    self.socket = socket
    self.number = number
  }

  deinit { close(socket) }

  private static func bound() -> (socket: Int32, number: Int)? {
    let socket = Foundation.socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    guard socket >= 0 else { return nil }
    // Servers allow it by the one option or by the other.
    var yes: Int32 = 1
    for option in [SO_REUSEADDR, SO_REUSEPORT] {
      setsockopt(socket, SOL_SOCKET, option, &yes, socklen_t(MemoryLayout<Int32>.size))
    }
    let number = withAddress(port: 0) { address, size -> Int? in
      guard bind(socket, address, size) == 0 else { return nil }
      var bound = sockaddr_in()
      var length = size
      let found = withUnsafeMutablePointer(to: &bound) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(socket, $0, &length) }
      }
      return found == 0 ? Int(UInt16(bigEndian: bound.sin_port)) : nil
    }
    guard let number else {
      close(socket)
      return nil
    }
    return (socket, number)
  }

  /// The status of `GET path`: 200, 503…; 0 where somebody answers something else, nil where nobody does within a second. Not
  /// by a transport that may be told to go through a proxy. Blocks its thread.
  func status(of path: String) -> Int? {
    let socket = Foundation.socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    guard socket >= 0 else { return nil }
    defer { close(socket) }
    var limit = timeval(tv_sec: 1, tv_usec: 0)
    for option in [SO_RCVTIMEO, SO_SNDTIMEO] {
      setsockopt(socket, SOL_SOCKET, option, &limit, socklen_t(MemoryLayout<timeval>.size))
    }
    guard Self.withAddress(port: number, { connect(socket, $0, $1) }) == 0 else { return nil }
    let request = Array("GET \(path) HTTP/1.1\r\nHost: 127.0.0.1:\(number)\r\nConnection: close\r\n\r\n".utf8)
    guard send(socket, request, request.count, Int32(MSG_NOSIGNAL)) == request.count else { return nil }
    var line = [UInt8](repeating: 0, count: 64)
    let count = recv(socket, &line, line.count, Int32(MSG_WAITALL))
    guard count > 0 else { return nil }
    let words = String(decoding: line[..<count], as: UTF8.self).split(separator: " ")
    return words.count > 1 && words[0].hasPrefix("HTTP/") ? Int(words[1]) ?? 0 : 0
  }

  private static func withAddress<Result>(
    port: Int, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Result
  ) -> Result {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = UInt16(port).bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    return withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        body($0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
  }
}
