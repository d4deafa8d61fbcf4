import Foundation

/// A key to servers. It goes into one header of requests and nowhere else: it has no description, and is never stored.
public struct ServerKey: Sendable {
  let value: String

  /// The key in `value`, white space at its ends left out; nil where nothing is left.
  public init?(_ value: String) {
    self.value = value.trimmingCharacters(in: .whitespacesAndNewlines)
    if self.value.isEmpty { return nil }
  }

  /// The key in a file that only its owner may read.
  ///
  /// - Throws: `ModelError` that names the file, and its mode where that is wider than 0600.
  public init(file: String) throws {
    let attributes: [FileAttributeKey: Any]
    do {
      attributes = try FileManager.default.attributesOfItem(atPath: file)
    } catch {
      throw ModelError(file, "expected a file with the servers' key, found none that can be read")
    }
    let mode = (attributes[.posixPermissions] as? NSNumber)?.intValue ?? 0o777
    guard mode & 0o077 == 0 else {
      throw ModelError(
        file, "mode", "expected 0600 (others must not read the key), found \(String(format: "%04o", mode))")
    }
    guard let data = FileManager.default.contents(atPath: file),
      let key = ServerKey(String(decoding: data, as: UTF8.self))
    else { throw ModelError(file, "expected the servers' key, the file is empty or cannot be read") }
    self = key
  }
}

extension ServerKey: CustomStringConvertible, CustomReflectable {
  /// Says nothing of the key.
  public var description: String { "key" }
  /// Holds nothing of the key.
  public var customMirror: Mirror { Mirror(self, children: [:]) }
}
