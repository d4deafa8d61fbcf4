import Foundation

/// Standard output that reports a closed or full pipe as an error instead of losing lines.
struct StandardOutput: Sendable {
  /// Writes `line` and a line break. Throws exit code 1 where standard output is closed.
  func line(_ line: String) throws {
    try write(Data((line + "\n").utf8))
  }

  /// Writes `value` as one line of JSON with sorted keys.
  func json(_ value: some Encodable) throws {
    try write(Self.encoder.encode(value) + Data("\n".utf8))
  }

  /// Writes bytes as they are.
  func write(_ data: Data) throws {
    var sent = 0
    while sent < data.count {
      let count = data.withUnsafeBytes { Foundation.write(1, $0.baseAddress?.advanced(by: sent), data.count - sent) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else {
        throw ExitError.failed("standard output cannot be written: \(String(cString: strerror(errno)))")
      }
      sent += count
    }
  }

  private static var encoder: JSONEncoder {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return encoder
  }
}

/// Messages and progress, on standard error.
enum StandardError {
  /// Writes one line.
  static func line(_ line: String) {
    FileHandle.standardError.write(Data((line + "\n").utf8))
  }
}
