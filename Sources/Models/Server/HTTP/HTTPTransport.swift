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
