import CNcurses
import Dispatch
import Foundation

/// Tells when the process that started this one has ended.
@MainActor
final class ParentWatch {
  private let source: any DispatchSourceRead

  /// nil where there is no parent to watch.
  init?(onEnd: @escaping @MainActor () -> Void) {
    let descriptor = nc_watch_parent()
    guard descriptor >= 0 else { return nil }
    let source = DispatchSource.makeReadSource(fileDescriptor: descriptor, queue: .main)
    source.setEventHandler {
      // It stays readable: once is enough.
      source.cancel()
      MainActor.assumeIsolated { onEnd() }
    }
    source.setCancelHandler { _ = Foundation.close(descriptor) }
    source.resume()
    self.source = source
  }

  func close() { source.cancel() }
}
