import Foundation
import Synchronization

/// What arrives of a transfer, for one reader. Little of it waits for him: a server that is faster than he is has to wait as well.
/// The transfer ends with this sequence, and with the cancellation of the task that reads it.
struct TransferEvents: AsyncSequence {
  typealias Element = HTTPTransport.Event

  let queue: TransferQueue
  private let lease: Lease

  init(_ queue: TransferQueue) {
    self.queue = queue
    lease = Lease(queue: queue)
  }

  func makeAsyncIterator() -> Iterator { Iterator(queue: queue, lease: lease) }

  struct Iterator: AsyncIteratorProtocol {
    fileprivate let queue: TransferQueue
    fileprivate let lease: Lease

    mutating func next() async throws -> HTTPTransport.Event? { try await queue.next() }
  }

  /// Nobody reads any more when it goes.
  fileprivate final class Lease: Sendable {
    private let queue: TransferQueue
    init(queue: TransferQueue) { self.queue = queue }
    deinit { queue.leave() }
  }
}

/// The events of a transfer between its thread and its reader.
final class TransferQueue: Sendable {
  private typealias Reader = CheckedContinuation<HTTPTransport.Event?, any Error>

  private struct State {
    var events: [HTTPTransport.Event] = []
    /// Bytes of bodies in them.
    var bytes = 0
    /// The transfer waits for room.
    var isFull = false
    /// The reader, while he waits.
    var reader: Reader?
    /// How the transfer ended; nil while it goes on.
    var end: Result<Void, any Error>?
    /// Tells the transfer that there is room, or that nobody wants more.
    var wake: (@Sendable (Wish) -> Void)?
  }

  /// What a reader wants of a transfer.
  enum Wish: Sendable { case more, nothing }

  /// Bytes that may wait for a reader.
  static let most = 1 << 20
  /// Events that may.
  private static let mostEvents = 256

  private let state = Mutex(State())

  /// Whether the transfer waits for its reader.
  var isFull: Bool { state.withLock { $0.isFull } }

  /// Whom the reader's wishes are told.
  func onWish(_ wake: @escaping @Sendable (Wish) -> Void) { state.withLock { $0.wake = wake } }

  // MARK: - On the transfer's thread

  /// Takes an event; false where there is no room for it: it has to be given again when there is.
  func offer(_ event: HTTPTransport.Event) -> Bool {
    let (taken, reader) = state.withLock { state -> (Bool, Reader?) in
      if let reader = state.reader {
        state.reader = nil
        return (true, reader)
      }
      guard state.bytes < Self.most, state.events.count < Self.mostEvents else {
        state.isFull = true
        return (false, nil)
      }
      state.events.append(event)
      state.bytes += event.size
      return (true, nil)
    }
    reader?.resume(returning: event)
    return taken
  }

  /// Nothing more comes.
  func finish(throwing error: (any Error)? = nil) {
    let reader = state.withLock { state -> Reader? in
      if state.end == nil { state.end = error.map { .failure($0) } ?? .success(()) }
      defer { state.reader = nil }
      return state.reader
    }
    guard let reader else { return }
    if let error { reader.resume(throwing: error) } else { reader.resume(returning: nil) }
  }

  // MARK: - The reader's side

  /// The next event; nil at the end. Throws `CancellationError` at once where the task is cancelled.
  func next() async throws -> HTTPTransport.Event? {
    try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { reader in
        let (outcome, wake) = state.withLock {
          state -> (Result<HTTPTransport.Event?, any Error>?, (@Sendable (Wish) -> Void)?) in
          guard state.events.isEmpty else {
            let event = state.events.removeFirst()
            state.bytes -= event.size
            guard state.isFull, state.events.count < Self.mostEvents / 2, state.bytes < Self.most / 2 else {
              return (.success(event), nil)
            }
            state.isFull = false
            return (.success(event), state.wake)
          }
          if let end = state.end { return (end.map { nil }, nil) }
          state.reader = reader
          return (nil, nil)
        }
        wake?(.more)
        if let outcome { reader.resume(with: outcome) }
      }
    } onCancel: {
      leave()
    }
  }

  /// Nobody wants more.
  func leave() {
    let wake = state.withLock { state in
      defer { state.wake = nil }
      state.events = []
      return state.wake
    }
    finish(throwing: CancellationError())
    wake?(.nothing)
  }
}

extension HTTPTransport.Event {
  /// Bytes of the body in it.
  fileprivate var size: Int { if case .data(let data) = self { data.count } else { 0 } }
}
