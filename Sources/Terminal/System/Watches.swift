import CNcurses
import Dispatch
import Foundation

/// Signals as bytes: the handlers, in C, only write the signal's number into a pipe, and everything else happens here.
@MainActor
final class SignalPipe {
  private let readEnd: Int32
  private let writeEnd: Int32
  private var source: (any DispatchSourceRead)?

  /// nil when the process has no file descriptors left.
  init?(onSignal: @escaping @MainActor (Int32) -> Void) {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { return nil }
    (readEnd, writeEnd) = (ends[0], ends[1])
    for end in ends {
      _ = fcntl(end, F_SETFD, FD_CLOEXEC)
      _ = fcntl(end, F_SETFL, O_NONBLOCK)
    }
    let readEnd = self.readEnd
    let source = DispatchSource.makeReadSource(fileDescriptor: readEnd, queue: .main)
    source.setEventHandler {
      MainActor.assumeIsolated {
        var bytes = [UInt8](repeating: 0, count: 64)
        let count = read(readEnd, &bytes, bytes.count)
        guard count > 0 else { return }
        for byte in bytes[..<count] { onSignal(Int32(byte)) }
      }
    }
    source.resume()
    self.source = source
    nc_signals(writeEnd)
  }

  /// Puts the default actions back.
  func close() {
    guard let source else { return }
    nc_signals(-1)
    let ends = [readEnd, writeEnd]
    source.setCancelHandler { for end in ends { _ = Foundation.close(end) } }
    source.cancel()
    self.source = nil
  }
}

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

/// Keeps standard error off the screen: messages go to the caller's file, or are held back and shown afterwards.
@MainActor
final class ErrorCapture {
  private let file: Int32
  private let isOwned: Bool

  /// - Parameter descriptor: An open file, such as the log, or nil to hold messages back until the screen is gone.
  init(to descriptor: Int32?) {
    isOwned = descriptor == nil
    file = descriptor ?? nc_capture_file()
  }

  func begin() {
    if file >= 0 { _ = nc_capture_errors(file, isOwned ? 1 : 0) }
  }

  func end() {
    nc_release_errors()
  }

  func close() {
    end()
    if isOwned, file >= 0 { _ = Foundation.close(file) }
  }
}
