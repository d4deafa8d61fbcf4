import Foundation

/// Ports of this machine that nobody else can reach.
enum LoopbackPort {
  /// A port that was free a moment ago; nil where there is none.
  static func free() -> Int? {
    withSocket(port: 0) { socket, address, size -> Int? in
      guard bind(socket, address, size) == 0 else { return nil }
      var bound = sockaddr_in()
      var length = size
      let found = withUnsafeMutablePointer(to: &bound) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(socket, $0, &length) }
      }
      return found == 0 ? Int(UInt16(bigEndian: bound.sin_port)) : nil
    }
  }

  /// The status of `GET path` on `port`: 200, 503…; 0 where somebody answers something else, nil where nobody does within
  /// a second. Not by URLSession, which may be told to go through a proxy. Blocks its thread.
  static func status(_ path: String, port: Int) -> Int? {
    withSocket(port: port) { socket, address, size -> Int? in
      guard connect(socket, address, size) == 0 else { return nil }
      let request = Array("GET \(path) HTTP/1.1\r\nHost: 127.0.0.1:\(port)\r\nConnection: close\r\n\r\n".utf8)
      guard send(socket, request, request.count, Int32(MSG_NOSIGNAL)) == request.count else { return nil }
      var line = [UInt8](repeating: 0, count: 64)
      let count = recv(socket, &line, line.count, Int32(MSG_WAITALL))
      guard count > 0 else { return nil }
      let words = String(decoding: line[..<count], as: UTF8.self).split(separator: " ")
      return words.count > 1 && words[0].hasPrefix("HTTP/") ? Int(words[1]) ?? 0 : 0
    }
  }

  private static func withSocket<Result>(
    port: Int, _ body: (Int32, UnsafePointer<sockaddr>, socklen_t) -> Result?
  ) -> Result? {
    let socket = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    guard socket >= 0 else { return nil }
    defer { close(socket) }
    var limit = timeval(tv_sec: 1, tv_usec: 0)
    for option in [SO_RCVTIMEO, SO_SNDTIMEO] {
      setsockopt(socket, SOL_SOCKET, option, &limit, socklen_t(MemoryLayout<timeval>.size))
    }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = UInt16(port).bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    return withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        body(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
  }
}
