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
    /// The answer is longer, or takes longer, than any that is asked for: what was expected.
    case excess(String)
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
    /// The file with the authorities that certificates are checked by; nil for the system's.
    var authorities: String?

    /// Seconds after which it is given up whatever comes; nil for thirty times `idle`.
    var whole: Double?
    /// The longest body that is read: bytes. Sixteen continuations of four thousand tokens with all that is told of each have a third
    /// of this one.
    var longestBody = 256 << 20

    /// True where a proxy makes no sense: at the name `localhost`, and at a loopback address.
    var isOnThisMachine: Bool {
      let host = (URLComponents(string: url)?.host ?? "").trimmingCharacters(in: ["[", "]"])
      if host.lowercased() == "localhost" { return true }
      var (four, six) = (in_addr(), in6_addr())
      if inet_pton(AF_INET, host, &four) == 1 { return UInt32(bigEndian: four.s_addr) >> 24 == 127 }
      guard inet_pton(AF_INET6, host, &six) == 1 else { return false }
      let bytes = withUnsafeBytes(of: &six) { Array($0) }
      // ::1, and 127.0.0.0/8 as an address of the new kind.
      return bytes.dropLast().allSatisfy { $0 == 0 } && bytes.last == 1
        || bytes.starts(with: [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF, 127])
    }
  }

  private let loop = TransferLoop()

  /// Starts the thread that all transfers of this object share.
  init() { loop.start() }

  deinit { loop.stop() }

  /// Makes `call`; what comes back. It ends with `Failure`, or with the cancellation of the task that reads it.
  func events(_ call: Call) -> TransferEvents {
    let queue = TransferQueue()
    let number = loop.add(call, queue)
    queue.onWish { [loop] in $0 == .more ? loop.resume(number) : loop.cancel(number) }
    return TransferEvents(queue)
  }
}
