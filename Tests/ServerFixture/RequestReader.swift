import Glibc

/// Reads HTTP/1.1 requests from a connection, one after the other.
struct RequestReader {
  private let connection: Int32
  private var buffer: [UInt8] = []

  init(_ connection: Int32) { self.connection = connection }

  /// The next request; nil where the other side has closed.
  mutating func next() -> LoopbackServer.Request? {
    var end = headEnd()
    while end == nil {
      guard more(), buffer.first != Self.handshake else { return nil }
      end = headEnd()
    }
    guard let end else { return nil }
    let lines = String(decoding: buffer[..<end], as: UTF8.self).split(separator: "\r\n").map(String.init)
    buffer.removeFirst(end + 4)
    let words = lines[0].split(separator: " ").map(String.init)
    var headers: [String: String] = [:]
    for line in lines.dropFirst() {
      guard let colon = line.firstIndex(of: ":") else { continue }
      headers[line[..<colon].lowercased()] = String(line[line.index(after: colon)...].drop { $0 == " " })
    }
    let length = Int(headers["content-length"] ?? "") ?? 0
    if headers["expect"] != nil {
      let go = Array("HTTP/1.1 100 Continue\r\n\r\n".utf8)
      _ = go.withUnsafeBytes { send(connection, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
    }
    while buffer.count < length { guard more() else { return nil } }
    let body = Array(buffer.prefix(length))
    buffer.removeFirst(length)
    return LoopbackServer.Request(
      method: words[0], path: words.count > 1 ? words[1] : "/", headers: headers, body: body)
  }

  /// The first byte of a client that wants encryption.
  private static let handshake: UInt8 = 0x16

  private func headEnd() -> Int? { buffer.firstRange(of: Array("\r\n\r\n".utf8))?.lowerBound }

  private mutating func more() -> Bool {
    var chunk = [UInt8](repeating: 0, count: 65_536)
    let count = recv(connection, &chunk, chunk.count, 0)
    guard count > 0 else { return false }
    buffer += chunk[..<count]
    return true
  }
}
