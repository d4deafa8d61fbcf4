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
    if let reason = Descriptor.write(data, to: STDOUT_FILENO) {
      throw ExitError.failed("standard output cannot be written: \(reason)")
    }
  }

  private static var encoder: JSONEncoder {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return encoder
  }
}
