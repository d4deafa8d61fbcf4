import Foundation
import Synchronization

#if canImport(FoundationNetworking)
  import FoundationNetworking
#endif

/// HTTP: plain requests over sockets, encrypted ones through URLSession. Bodies are read as they arrive; dropping a body's
/// reader closes the connection.
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
    case transport(URLError)
  }

  private let session: URLSession
  private let delegate = Delegate()

  init() {
    let configuration = URLSessionConfiguration.ephemeral
    configuration.httpMaximumConnectionsPerHost = 256  // the limit a URL is our own
    configuration.timeoutIntervalForRequest = 86_400  // and so is the idle time
    configuration.timeoutIntervalForResource = 86_400
    configuration.httpShouldSetCookies = false
    configuration.urlCache = nil
    session = URLSession(configuration: configuration, delegate: delegate, delegateQueue: nil)
  }

  deinit { session.invalidateAndCancel() }

  /// Sends `request`; what comes back. The stream ends with `Failure` where nothing came for `idle` seconds, and with
  /// the cancellation of the task that reads it.
  func events(_ request: URLRequest, idle: Double) -> AsyncThrowingStream<Event, any Error> {
    let (stream, continuation) = AsyncThrowingStream<Event, any Error>.makeStream()
    let exchange = SocketExchange(request).map { prepare($0, continuation) } ?? prepare(request, continuation)
    let watchdog = Task {
      while let rest = exchange.activity.secondsLeft(of: idle) {
        guard rest > 0 else { return continuation.finish(throwing: Failure.idle) }
        try await Task.sleep(for: .seconds(rest))
      }
    }
    continuation.onTermination = { _ in
      watchdog.cancel()
      exchange.cancel()
    }
    exchange.start()
    return stream
  }

  /// A request on its way.
  private struct Exchange: Sendable {
    let activity: LastActivity
    let start: @Sendable () -> Void
    let cancel: @Sendable () -> Void
  }

  private func prepare(
    _ socket: SocketExchange, _ continuation: AsyncThrowingStream<Event, any Error>.Continuation
  ) -> Exchange {
    let activity = LastActivity()
    return Exchange(activity: activity) {
      socket.start {
        activity.note()
        continuation.yield($0)
      } ended: {
        continuation.finish(throwing: $0.map { Failure.transport($0) })
      }
    } cancel: {
      socket.cancel()
    }
  }

  private func prepare(
    _ request: URLRequest, _ continuation: AsyncThrowingStream<Event, any Error>.Continuation
  ) -> Exchange {
    let task = session.dataTask(with: request)
    return Exchange(activity: delegate.add(task.taskIdentifier, continuation)) {
      task.resume()
    } cancel: {
      task.cancel()
    }
  }
}

/// When something last came.
private final class LastActivity: Sendable {
  private let at = Mutex(ContinuousClock.now)

  func note() { at.withLock { $0 = .now } }

  /// Seconds that may still pass in silence; nil once the task is cancelled.
  func secondsLeft(of idle: Double) -> Double? {
    Task.isCancelled ? nil : max(0, idle - at.withLock { .now - $0 } / .seconds(1))
  }
}

/// Hands what URLSession says of a task to whoever reads it.
private final class Delegate: NSObject, URLSessionDataDelegate, Sendable {
  private struct Reader {
    let continuation: AsyncThrowingStream<HTTPTransport.Event, any Error>.Continuation
    let activity = LastActivity()
  }

  private let readers = Mutex<[Int: Reader]>([:])

  func add(
    _ task: Int, _ continuation: AsyncThrowingStream<HTTPTransport.Event, any Error>.Continuation
  ) -> LastActivity {
    let reader = Reader(continuation: continuation)
    readers.withLock { $0[task] = reader }
    return reader.activity
  }

  private func tell(_ task: Int, _ event: HTTPTransport.Event) {
    guard let reader = readers.withLock({ $0[task] }) else { return }
    reader.activity.note()
    reader.continuation.yield(event)
  }

  func urlSession(
    _ session: URLSession, dataTask: URLSessionDataTask, didReceive response: URLResponse,
    completionHandler: @escaping @Sendable (URLSession.ResponseDisposition) -> Void
  ) {
    let http = response as? HTTPURLResponse
    var headers: [String: String] = [:]
    for (name, value) in http?.allHeaderFields ?? [:] { headers["\(name)".lowercased()] = "\(value)" }
    tell(dataTask.taskIdentifier, .head(status: http?.statusCode ?? 0, headers: headers))
    completionHandler(.allow)
  }

  func urlSession(_ session: URLSession, dataTask: URLSessionDataTask, didReceive data: Data) {
    tell(dataTask.taskIdentifier, .data(data))
  }

  func urlSession(_ session: URLSession, task: URLSessionTask, didCompleteWithError error: (any Error)?) {
    let reader = readers.withLock { $0.removeValue(forKey: task.taskIdentifier) }
    if let error {
      reader?.continuation.finish(throwing: HTTPTransport.Failure.transport(error as? URLError ?? URLError(.unknown)))
    } else {
      reader?.continuation.finish()
    }
  }

  /// A redirection is the answer: followed, it would carry the key to another place.
  func urlSession(
    _ session: URLSession, task: URLSessionTask, willPerformHTTPRedirection response: HTTPURLResponse,
    newRequest request: URLRequest, completionHandler: @escaping @Sendable (URLRequest?) -> Void
  ) { completionHandler(nil) }
}
