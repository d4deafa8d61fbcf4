import CHTTP
import Foundation
import Synchronization

/// The thread on which transfers happen: it sleeps until a socket, a new transfer or a cancellation wakes it. Connections
/// are kept for the next transfer to the same place.
final class TransferLoop: Sendable {
  private struct Orders {
    var next = 0
    var new: [(number: Int, call: HTTPTransport.Call, queue: TransferQueue)] = []
    var resumed: [Int] = []
    var cancelled: [Int] = []
    var isStopped = false
  }

  private let orders = Mutex(Orders())
  // Other threads call chttp_multi_wakeup only, which is made for that. Nil where libcurl cannot be used.
  private nonisolated(unsafe) let multi: UnsafeMutableRawPointer?

  init() { multi = chttp_load() == nil ? chttp_multi_init() : nil }

  deinit {
    if let multi { chttp_multi_cleanup(multi) }
  }

  /// Starts the thread; it keeps this object until `stop`.
  func start() {
    let thread = Thread { [self] in run() }
    thread.name = "http"
    thread.start()
  }

  /// Ends all transfers, and the thread.
  func stop() {
    orders.withLock { $0.isStopped = true }
    wake()
  }

  /// Begins a transfer soon; its number.
  func add(_ call: HTTPTransport.Call, _ queue: TransferQueue) -> Int {
    guard multi != nil else {
      queue.finish(throwing: Self.unprepared(chttp_load().map { String(cString: $0) } ?? Self.unpreparable))
      return 0
    }
    let number = orders.withLock { orders in
      orders.next += 1
      orders.new.append((orders.next, call, queue))
      return orders.next
    }
    wake()
    return number
  }

  /// Lets a transfer go on that waits for its reader.
  func resume(_ number: Int) {
    orders.withLock { $0.resumed.append(number) }
    wake()
  }

  /// Ends a transfer soon.
  func cancel(_ number: Int) {
    orders.withLock { $0.cancelled.append(number) }
    wake()
  }

  private func wake() {
    if let multi { _ = chttp_multi_wakeup(multi) }
  }

  private static let unpreparable = "the transfer cannot be prepared"

  private static func unprepared(_ words: String) -> HTTPTransport.Failure {
    .transfer(code: CURLE_FAILED_INIT.rawValue, words: words, errno: 0)
  }

  // MARK: - On the thread

  private func run() {
    var transfers: [Int: Transfer] = [:]
    while let multi {
      let todo = orders.withLock { orders in
        defer { (orders.new, orders.resumed, orders.cancelled) = ([], [], []) }
        return orders
      }
      for order in todo.new { begin(order.number, order.call, order.queue, &transfers, multi) }
      for number in todo.resumed { transfers[number]?.resume() }
      for number in todo.cancelled { end(number, with: nil, &transfers, multi) }
      if todo.isStopped { break }
      var running: Int32 = 0
      _ = chttp_multi_perform(multi, &running)
      finish(&transfers, multi)
      for (number, transfer) in transfers where transfer.secondsLeft <= 0 {
        end(number, with: transfer.timeout, &transfers, multi)
      }
      let wait = transfers.values.map(\.secondsLeft).min() ?? 3600
      _ = chttp_multi_poll(multi, Int32(min(60_000, max(1, wait * 1000))))
    }
    for number in Array(transfers.keys) {
      if let multi { end(number, with: nil, &transfers, multi) }
    }
  }

  private func begin(
    _ number: Int, _ call: HTTPTransport.Call, _ queue: TransferQueue, _ transfers: inout [Int: Transfer],
    _ multi: UnsafeMutableRawPointer
  ) {
    guard let transfer = Transfer(number, call, queue) else {
      return queue.finish(throwing: Self.unprepared(Self.unpreparable))
    }
    transfers[number] = transfer
    _ = chttp_multi_add_handle(multi, transfer.easy)
  }

  /// Tells the transfers that are over so.
  private func finish(_ transfers: inout [Int: Transfer], _ multi: UnsafeMutableRawPointer) {
    var left: Int32 = 0
    while let message = chttp_multi_info_read(multi, &left) {
      guard message.pointee.msg == CURLMSG_DONE, let context = chttp_context(message.pointee.easy_handle) else {
        continue
      }
      let transfer = Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue()
      let code = message.pointee.data.result
      let failure = code == CURLE_OK ? nil : transfer.failure(code)
      _ = chttp_multi_remove_handle(multi, transfer.easy)
      transfers[transfer.number] = nil
      transfer.queue.finish(throwing: failure)
    }
  }

  private func end(
    _ number: Int, with failure: HTTPTransport.Failure?, _ transfers: inout [Int: Transfer],
    _ multi: UnsafeMutableRawPointer
  ) {
    guard let transfer = transfers.removeValue(forKey: number) else { return }
    _ = chttp_multi_remove_handle(multi, transfer.easy)
    transfer.queue.finish(throwing: failure)
  }
}
