import Foundation

/// The three descriptors that a program is started with.
enum Descriptor {
  /// Writes all of `data`; returns the system's reason where it cannot.
  static func write(_ data: Data, to descriptor: Int32) -> String? {
    var sent = 0
    while sent < data.count {
      let count = data.withUnsafeBytes {
        Foundation.write(descriptor, $0.baseAddress?.advanced(by: sent), data.count - sent)
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return String(cString: strerror(errno)) }
      sent += count
    }
    return nil
  }

  /// Fills the places of descriptors that were closed at the start, so that no file opened later is taken for them: a
  /// result must not be written into a model or a workspace. Writing to a filled place still fails.
  static func fillClosedPlaces() {
    for descriptor in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO] where fcntl(descriptor, F_GETFD) < 0 {
      // The lowest free number is given out, which is this one.
      _ = open("/dev/null", descriptor == STDIN_FILENO ? O_WRONLY : O_RDONLY)
    }
  }
}
