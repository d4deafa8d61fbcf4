import Foundation
import Workspace

/// Standard output that reports a closed or full pipe as an error instead of losing lines.
struct StandardOutput: Sendable {
  /// Writes `line` and a line break. Throws exit code 1 where standard output is closed.
  func line(_ line: String) throws {
    try write(Data((line + "\n").utf8))
  }

  /// Writes `value` as one line of JSON with sorted keys, which a terminal shows as it is.
  func json(_ value: some Encodable) throws {
    try line(Self.escaped(String(decoding: Self.encoder.encode(value), as: UTF8.self)))
  }

  /// JSON with what drives a terminal written as `\u…`: the encoder leaves C1 controls and marks of direction as they are.
  private static func escaped(_ json: String) -> String {
    guard json.printable != json else { return json }
    return json.unicodeScalars.reduce(into: "") { text, scalar in
      let isSafe = scalar.isASCII || String(scalar).printable == String(scalar)
      text += isSafe && scalar.value != 0x7F ? String(scalar) : String(format: "\\u%04x", scalar.value)
    }
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
