import Foundation
import Lab
import Synchronization

/// Notes SIGINT and SIGTERM, so that a headless command can end between two steps with everything saved.
final class Interruption: Sendable {
  private let raised = Atomic(false)
  // Written by init and read by deinit only.
  private nonisolated(unsafe) let sources: [any DispatchSourceSignal]

  init() {
    sources = [SIGINT, SIGTERM, SIGHUP].map { number in
      signal(number, SIG_IGN)
      return DispatchSource.makeSignalSource(signal: number, queue: .global())
    }
    for source in sources {
      source.setEventHandler { [weak self] in self?.raised.store(true, ordering: .relaxed) }
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

  /// True after a signal.
  var wasRaised: Bool { raised.load(ordering: .relaxed) }
}
