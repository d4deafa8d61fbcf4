import CHTTP
import Foundation

/// HTTP by libcurl, whose answers are read as they arrive. Letting go of an answer's stream ends its transfer.
///
/// Not by URLSession, which uses libcurl as well: on Linux it turns in circles on a processor of its own for as long as an
/// answer is waited for, which is most of the time with a model.
final class HTTPTransport: Sendable {
  /// What arrives, in order: one head, then the body.
  enum Event: Sendable {
    case head(status: Int, headers: [String: String])
    case data(Data)
  }

  /// Why nothing more arrives.
  enum Failure: Error {
    /// No byte came for the call's idle time.
    case idle
    /// libcurl's code and words, and the operating system's number for why there is no connection.
    case transfer(code: UInt32, words: String, errno: Int32)
  }

  /// A request.
  struct Call: Sendable {
    let url: String
    /// Whole lines, such as `Accept: text/plain`.
    var headers: [String]
    /// Posted where it is not nil.
    var body: Data?
    /// Seconds without a byte after which the transfer is given up.
    var idle: Double

    /// True where a proxy makes no sense.
    var isOnThisMachine: Bool {
      let host = URLComponents(string: url)?.host ?? ""
      return host == "localhost" || host.hasPrefix("127.") || host == "[::1]" || host == "::1"
    }
  }

  private let loop = TransferLoop()

  /// Starts the thread that all transfers of this object share.
  init() { loop.start() }

  deinit { loop.stop() }

  /// Makes `call`; what comes back. The stream ends with `Failure`, or with the cancellation of the task that reads it.
  func events(_ call: Call) -> AsyncThrowingStream<Event, any Error> {
    let (stream, continuation) = AsyncThrowingStream<Event, any Error>.makeStream()
    let number = loop.add(call, continuation)
    continuation.onTermination = { [loop] _ in loop.cancel(number) }
    return stream
  }
}

/// One request under way; lives on its loop's thread.
final class Transfer {
  let number: Int
  let continuation: TransferLoop.Continuation
  let easy: UnsafeMutableRawPointer
  private let headerLines: UnsafeMutablePointer<curl_slist>?
  private let message: UnsafeMutablePointer<CChar>
  private let idle: Double
  private var lastByte = ContinuousClock.now
  private var status = 0
  private var headers: [String: String] = [:]

  /// What connecting may take.
  private static let connectMilliseconds = 10_000

  /// Nil where libcurl cannot take the call.
  init?(_ number: Int, _ call: HTTPTransport.Call, _ continuation: TransferLoop.Continuation) {
    guard let easy = chttp_easy_init() else { return nil }
    self.number = number
    self.continuation = continuation
    self.easy = easy
    idle = call.idle
    message = .allocate(capacity: Int(CURL_ERROR_SIZE))
    message.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
    // The empty one: a body is sent at once, whatever its length.
    headerLines = (call.headers + ["Expect:"]).reduce(nil) { chttp_slist_append($0, $1) }
    let milliseconds = min(Self.connectMilliseconds, Int(max(1, call.idle * 1000)))
    guard chttp_prepare(easy, call.url, headerLines, milliseconds, call.isOnThisMachine ? 1 : 0, message) == 0 else {
      return nil
    }
    if let body = call.body {
      guard body.withUnsafeBytes({ chttp_post(easy, $0.baseAddress, Int64($0.count)) }) == 0 else { return nil }
    }
    let context = Unmanaged.passUnretained(self).toOpaque()
    let head: chttp_sink = { bytes, size, count, context in
      Transfer.receive(bytes, size * count, context) { $0.head($1) }
    }
    let body: chttp_sink = { bytes, size, count, context in
      Transfer.receive(bytes, size * count, context) { $0.body($1) }
    }
    guard chttp_receive(easy, head, body, context) == 0 else { return nil }
  }

  deinit {
    chttp_easy_cleanup(easy)
    chttp_slist_free_all(headerLines)
    message.deallocate()
  }

  /// Seconds that may still pass in silence.
  var secondsLeft: Double { idle - (ContinuousClock.now - lastByte) / .seconds(1) }

  /// What went wrong.
  func failure(_ code: CURLcode) -> HTTPTransport.Failure {
    .transfer(code: code.rawValue, words: String(cString: message), errno: Int32(chttp_errno(easy)))
  }

  private static func receive(
    _ bytes: UnsafeMutablePointer<CChar>?, _ count: Int, _ context: UnsafeMutableRawPointer?,
    _ use: (Transfer, Data) -> Void
  ) -> Int {
    guard let bytes, let context else { return 0 }
    let transfer = Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue()
    transfer.lastByte = .now
    use(transfer, Data(bytes: bytes, count: count))
    return count
  }

  /// One line of the head; the empty one ends it. Interim answers (1xx) have heads of their own.
  private func head(_ data: Data) {
    let line = String(decoding: data, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
    if line.hasPrefix("HTTP/") {
      (status, headers) = (Int(line.split(separator: " ").dropFirst().first ?? "") ?? 0, [:])
    } else if line.isEmpty {
      if status >= 200 { continuation.yield(.head(status: status, headers: headers)) }
    } else if let colon = line.firstIndex(of: ":") {
      let value = line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces)
      headers[line[..<colon].lowercased()] = value
    }
  }

  private func body(_ data: Data) { continuation.yield(.data(data)) }
}
