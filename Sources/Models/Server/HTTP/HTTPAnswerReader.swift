import Foundation

/// Reads an HTTP/1.1 answer (RFC 9112) from the bytes of a connection, however they are cut.
struct HTTPAnswerReader {
  /// The bytes are no answer, or end before it does.
  struct Malformed: Error {}

  private enum Place {
    case head
    case body(left: Int)
    case bodyToTheEnd
    case chunkSize
    case chunk(left: Int)
    case chunkEnd
    case done
  }

  private var place = Place.head
  private var bytes: [UInt8] = []
  private static let longestHead = 256 << 10

  /// True where nothing more belongs to the answer.
  var isDone: Bool { if case .done = place { true } else { false } }

  /// What `new` completes.
  mutating func take(_ new: some Collection<UInt8>) throws -> [HTTPTransport.Event] {
    bytes += new
    var events: [HTTPTransport.Event] = []
    var start = 0
    defer { bytes.removeFirst(start) }
    while true {
      switch place {
      case .head:
        guard let end = Self.find([0x0D, 0x0A, 0x0D, 0x0A], in: bytes, from: start) else {
          if bytes.count - start > Self.longestHead { throw Malformed() }
          return events
        }
        let head = try head(bytes[start..<end])
        start = end + 4
        if let head { events.append(head) }
      case .chunkSize:
        guard let end = Self.find([0x0D, 0x0A], in: bytes, from: start) else {
          if bytes.count - start > 1024 { throw Malformed() }
          return events
        }
        // What stands after a semicolon is nobody's business here, and neither are trailers.
        let digits = String(decoding: bytes[start..<end], as: UTF8.self).prefix { $0 != ";" && $0 != " " }
        guard digits.count <= 15, !digits.isEmpty, digits.allSatisfy(\.isHexDigit), let size = Int(digits, radix: 16)
        else { throw Malformed() }
        start = end + 2
        place = size == 0 ? .done : .chunk(left: size)
      case .chunkEnd:
        guard bytes.count - start >= 2 else { return events }
        guard bytes[start] == 0x0D, bytes[start + 1] == 0x0A else { throw Malformed() }
        start += 2
        place = .chunkSize
      case .body(let left), .chunk(let left):
        let count = min(left, bytes.count - start)
        guard count > 0 else { return events }
        events.append(.data(Data(bytes[start..<start + count])))
        start += count
        if case .body = place {
          place = count == left ? .done : .body(left: left - count)
        } else {
          place = count == left ? .chunkEnd : .chunk(left: left - count)
        }
      case .bodyToTheEnd:
        if start < bytes.count { events.append(.data(Data(bytes[start...]))) }
        start = bytes.count
        return events
      case .done:
        start = bytes.count
        return events
      }
    }
  }

  /// The connection was closed. Throws where more should have come.
  mutating func finish() throws {
    switch place {
    case .done, .bodyToTheEnd: place = .done
    default: throw Malformed()
    }
  }

  /// The status line and the fields; nil for an interim answer (1xx), after which another one comes.
  private mutating func head(_ bytes: ArraySlice<UInt8>) throws -> HTTPTransport.Event? {
    var lines = String(decoding: bytes, as: UTF8.self).split(separator: "\r\n", omittingEmptySubsequences: false)[...]
    let words = lines.removeFirst().split(separator: " ", maxSplits: 2)
    guard words.count >= 2, words[0].hasPrefix("HTTP/1."), let status = Int(words[1]), (100...999).contains(status)
    else { throw Malformed() }
    if status < 200 { return nil }
    var headers: [String: String] = [:]
    for line in lines {
      guard let colon = line.firstIndex(of: ":"), colon != line.startIndex else { throw Malformed() }
      let name = line[..<colon].lowercased()
      let value = line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces)
      headers[name] = headers[name].map { "\($0), \(value)" } ?? value
    }
    if status == 204 || status == 304 {
      place = .done
    } else if headers["transfer-encoding"]?.lowercased().hasSuffix("chunked") == true {
      place = .chunkSize
    } else if let length = headers["content-length"] {
      guard let count = Int(length), count >= 0 else { throw Malformed() }
      place = count == 0 ? .done : .body(left: count)
    } else {
      place = .bodyToTheEnd
    }
    return .head(status: status, headers: headers)
  }

  private static func find(_ needle: [UInt8], in bytes: [UInt8], from start: Int) -> Int? {
    guard bytes.count - start >= needle.count else { return nil }
    return (start...bytes.count - needle.count).first { bytes[$0..<$0 + needle.count].elementsEqual(needle) }
  }
}
