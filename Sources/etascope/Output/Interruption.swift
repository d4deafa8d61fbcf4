import Foundation
import Lab
import Synchronization

/// Notes SIGINT and SIGTERM, so that a headless command can end between two steps with everything saved.
final class Interruption: Sendable {
  private let raised = Atomic(false)
  private let onSignal = Mutex<(@Sendable () -> Void)?>(nil)
  // Written by init and read by deinit only.
  private nonisolated(unsafe) let sources: [any DispatchSourceSignal]

  init() {
    sources = [SIGINT, SIGTERM, SIGHUP].map { number in
      signal(number, SIG_IGN)
      return DispatchSource.makeSignalSource(signal: number, queue: .global())
    }
    for source in sources {
      source.setEventHandler { [weak self] in
        self?.raised.store(true, ordering: .relaxed)
        self?.onSignal.withLock { $0 }?()
      }
      source.resume()
    }
  }

  deinit { sources.forEach { $0.cancel() } }

  /// How a search ends after a signal, and tells what it notices.
  var control: SearchControl {
    var control = SearchControl()
    control.isInterrupted = { [self] in wasRaised }
    control.tell = { StandardError.line($0) }
    return control
  }

  /// Does `work`, which a signal cancels.
  func cancelling<Result: Sendable>(_ work: @escaping @Sendable () async throws -> Result) async throws -> Result {
    let task = Task { try await work() }
    onSignal.withLock { $0 = { task.cancel() } }
    defer { onSignal.withLock { $0 = nil } }
    if wasRaised { task.cancel() }
    return try await task.value
  }

  /// True after a signal.
  var wasRaised: Bool { raised.load(ordering: .relaxed) }
}
