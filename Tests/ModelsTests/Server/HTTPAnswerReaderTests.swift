import Foundation
import Testing

@testable import Models

/// Answers as they come over a connection.
struct HTTPAnswerReaderTests {
  /// Status, fields and body of an answer that arrives in pieces of `size` bytes; "cut" or "malformed" where it is none.
  private func read(_ text: String, by size: Int) -> String {
    var reader = HTTPAnswerReader()
    var out = ""
    var rest = Array(text.utf8)[...]
    do {
      while !rest.isEmpty, !reader.isDone {
        for event in try reader.take(rest.prefix(size)) {
          switch event {
          case .head(let status, let headers):
            out +=
              "\(status) \(headers.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: ";"))|"
          case .data(let data): out += String(decoding: data, as: UTF8.self)
          }
        }
        rest = rest.dropFirst(size)
      }
    } catch {
      return "malformed"
    }
    do {
      try reader.finish()
    } catch {
      return out + "cut"
    }
    return out
  }

  private static let answers = [
    ("HTTP/1.1 200 OK\r\nContent-Length: 5\r\nX-A:  b \r\n\r\nhello, and more", "200 content-length=5;x-a=b|hello"),
    ("HTTP/1.0 404 Not Found\r\n\r\nto the end", "404 |to the end"),
    (
      "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 503\r\nRetry-After: 3\r\nContent-Length: 0\r\n\r\n",
      "503 content-length=0;retry-after=3|"
    ),
    (
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\nA;x=y\r\n, 12345678\r\n0\r\nT: t\r\n\r\n",
      "200 transfer-encoding=chunked|hello, 12345678"
    ),
    ("HTTP/1.1 204 No Content\r\nA: 1\r\nA: 2\r\n\r\n", "204 a=1, 2|"),
    ("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhello", "200 content-length=9|hellocut"),
    ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhel", "200 transfer-encoding=chunked|helcut"),
    ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n", "malformed"),
    ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nabc\r\n", "malformed"),
    ("HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n", "malformed"),
    ("HTTP/1.1 200 OK\r\nno field\r\n\r\n", "malformed"),
    ("SSH-2.0-OpenSSH_9.2\r\n\r\n", "malformed"), ("HTTP/1.1 2000 OK\r\n\r\n", "malformed"), ("HTTP/1.1 200", "cut"),
    ("", "cut"),
  ]

  @Test(arguments: answers, [1, 2, 7, 1000]) func isReadHoweverItIsCut(_ answer: (String, String), _ size: Int) {
    #expect(read(answer.0, by: size) == answer.1)
  }

  @Test func aHeadWithoutEndIsNotKept() {
    #expect(read("HTTP/1.1 200 OK\r\n" + String(repeating: "a", count: 300 << 10), by: 4096) == "malformed")
  }
}
