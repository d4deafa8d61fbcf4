import CNcurses
import Foundation

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
