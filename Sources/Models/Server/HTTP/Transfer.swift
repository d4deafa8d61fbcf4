import CHTTP
import Foundation

/// One request under way; lives on its loop's thread.
final class Transfer {
  let number: Int
  let queue: TransferQueue
  let easy: UnsafeMutableRawPointer
  private let headerLines: UnsafeMutablePointer<curl_slist>?
  private let message: UnsafeMutablePointer<CChar>
  private let call: HTTPTransport.Call
  private let start = ContinuousClock.now
  private var lastByte = ContinuousClock.now
  /// True while the server waits for the reader.
  private var isPaused = false
  private var status = 0
  private var headers: [String: String] = [:]
  private var (headBytes, bodyBytes) = (0, 0)
  /// What there was too much of.
  private var excess: String?

  /// What connecting may take.
  private static let connectMilliseconds = 10_000
  /// The longest head, those of interim answers (100 Continue) with it: bytes.
  private static let longestHead = 64 << 10

  /// Nil where libcurl cannot take the call.
  init?(_ number: Int, _ call: HTTPTransport.Call, _ queue: TransferQueue) {
    guard let easy = chttp_easy_init() else { return nil }
    (self.number, self.queue, self.easy, self.call) = (number, queue, easy, call)
    message = .allocate(capacity: Int(CURL_ERROR_SIZE))
    message.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
    // The empty one: a body is sent at once, whatever its length.
    headerLines = (call.headers + ["Expect:"]).reduce(nil) { chttp_slist_append($0, $1) }
    let milliseconds = min(Self.connectMilliseconds, Int(max(1, call.idle * 1000)))
    guard
      chttp_prepare(
        easy, call.url, headerLines, milliseconds, call.isOnThisMachine ? 1 : 0, call.authorities, message) == 0
    else { return nil }
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

  private var wholeSeconds: Double { call.whole ?? 30 * call.idle }

  /// Seconds that may still pass in silence, or at all.
  var secondsLeft: Double {
    let whole = wholeSeconds - (ContinuousClock.now - start) / .seconds(1)
    return isPaused ? whole : min(whole, call.idle - (ContinuousClock.now - lastByte) / .seconds(1))
  }

  /// Why it is over where no seconds are left.
  var timeout: HTTPTransport.Failure {
    (ContinuousClock.now - start) / .seconds(1) < wholeSeconds
      ? .idle : .excess("expected a whole answer within \(wholeSeconds.formatted()) s")
  }

  /// What went wrong.
  func failure(_ code: CURLcode) -> HTTPTransport.Failure {
    if let excess { return .excess(excess) }
    return .transfer(code: code.rawValue, words: String(cString: message), errno: Int32(chttp_errno(easy)))
  }

  /// There is room for more.
  func resume() {
    guard isPaused else { return }
    (isPaused, lastByte) = (false, .now)
    // What it held back comes at once, and may pause it again.
    _ = chttp_resume(easy)
  }

  private static func receive(
    _ bytes: UnsafeMutablePointer<CChar>?, _ count: Int, _ context: UnsafeMutableRawPointer?,
    _ use: (Transfer, Data) -> Taken
  ) -> Int {
    guard let bytes, let context else { return 0 }
    let transfer = Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue()
    transfer.lastByte = .now
    switch use(transfer, Data(bytes: bytes, count: count)) {
    case .all: return count
    case .later:
      transfer.isPaused = true
      return chttp_pause
    case .none: return 0
    }
  }

  private enum Taken { case all, later, none }

  /// One line of the head; the empty one ends it. Interim answers (1xx) have heads of their own.
  private func head(_ data: Data) -> Taken {
    headBytes += data.count
    guard headBytes <= Self.longestHead else {
      excess = "expected a head of at most \(Self.longestHead >> 10) KB"
      return .none
    }
    let line = String(decoding: data, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
    if line.hasPrefix("HTTP/") {
      (status, headers) = (Int(line.split(separator: " ").dropFirst().first ?? "") ?? 0, [:])
    } else if line.isEmpty {
      // The first event: there is room.
      if status >= 200 { _ = queue.offer(.head(status: status, headers: headers)) }
    } else if let colon = line.firstIndex(of: ":") {
      let value = line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces)
      headers[line[..<colon].lowercased()] = value
    }
    return .all
  }

  private func body(_ data: Data) -> Taken {
    guard bodyBytes + data.count <= call.longestBody else {
      excess = "expected an answer of at most \(call.longestBody >> 20) MB"
      return .none
    }
    guard queue.offer(.data(data)) else { return .later }
    bodyBytes += data.count
    return .all
  }
}
