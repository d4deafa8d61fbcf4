import Foundation
import Vocabulary

/// A key to servers. It goes into one header of requests and nowhere else: it has no description, and is never stored.
public struct ServerKey: Sendable {
  let value: String

  /// The key in `value`, white space at its ends left out; nil where nothing is left, or what a header cannot hold, such as a line
  /// break.
  public init?(_ value: String) {
    self.value = value.trimmingCharacters(in: .whitespacesAndNewlines)
    guard !self.value.isEmpty, self.value.utf8.allSatisfy({ (0x20...0x7E).contains($0) }) else { return nil }
  }

  /// The key in `value`, of which `place` tells; nil where it is blank.
  ///
  /// - Throws: `ModelError` for what a header cannot hold, without quoting it.
  package static func read(_ value: String, place: String) throws(ModelError) -> ServerKey? {
    let key = ServerKey(value)
    guard key != nil || value.allSatisfy(\.isWhitespace) else {
      throw ModelError(place, "expected a key of printable ASCII characters on one line, found others")
    }
    return key
  }

  /// The key in a file that only its owner may read.
  ///
  /// - Throws: `ModelError` that names the file, and its mode where that is wider than 0600.
  public init(file: String) throws {
    // Mode and content of one file, the target of a link, whatever is put in its place meanwhile.
    let descriptor = open(file, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    var facts = stat()
    guard descriptor >= 0, fstat(descriptor, &facts) == 0 else {
      throw ModelError(file, "expected a file with the servers' key, found none that can be read")
    }
    defer { close(descriptor) }
    let mode = facts.st_mode & 0o7777
    guard mode & 0o077 == 0 else {
      throw ModelError(
        file, "mode", "expected 0600 (others must not read the key), found \(String(format: "%04o", mode))")
    }
    let bytes: [UInt8]
    do {
      bytes = try InputFile.bytes(of: descriptor, limit: 64 << 10, .plain)
    } catch {
      throw ModelError(file, "expected the servers' key: \(error)")
    }
    guard let key = try ServerKey.read(String(decoding: bytes, as: UTF8.self), place: file) else {
      throw ModelError(file, "expected the servers' key, the file is empty or cannot be read")
    }
    self = key
  }
}

extension ServerKey: CustomStringConvertible, CustomReflectable {
  /// Says nothing of the key.
  public var description: String { "key" }
  /// Holds nothing of the key.
  public var customMirror: Mirror { Mirror(self, children: [:]) }
}
