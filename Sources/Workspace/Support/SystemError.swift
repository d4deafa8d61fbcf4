import Foundation

/// What the system said, in its words.
package struct SystemError: Error, CustomStringConvertible {
  /// Its number.
  let code: Int32
  /// Its words.
  package var description: String { String(cString: strerror(code)) }

  /// True where whoever read has closed its end.
  package var isReaderGone: Bool { code == EPIPE }

  init(_ code: Int32) { self.code = code }

  /// Writes all of `data`, however many portions the system takes it in.
  package static func write(_ data: Data, to descriptor: Int32) throws(SystemError) {
    var sent = 0
    while sent < data.count {
      let count = data.withUnsafeBytes {
        Foundation.write(descriptor, $0.baseAddress?.advanced(by: sent), data.count - sent)
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw SystemError(count < 0 ? errno : ENOSPC) }
      sent += count
    }
  }
}
