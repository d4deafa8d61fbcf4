import Foundation

/// Where a server is: its base URL, and what must never be shown of what the user wrote.
struct ServerAddress: Sendable, Hashable {
  /// The base URL without credentials, query, fragment and the `/v1` that clients of OpenAI's interface end it with.
  let base: URL
  /// The model's id, where the URL ends in `#ID`.
  let model: String?
  /// The query, kept for every request and never shown: some proxies want a key there.
  private let query: [URLQueryItem]
  /// The header of the user name and password in the URL.
  let basicAuthorization: String?

  /// Reads `http://[user:password@]host[:port][/path][?query][#model]`.
  ///
  /// - Throws: `ModelError` for anything else, without quoting what may be a password.
  init(_ text: String) throws {
    guard var parts = URLComponents(string: text), let scheme = parts.scheme?.lowercased(),
      ["http", "https"].contains(scheme), let host = parts.host, !host.isEmpty
    else { throw ModelError("model", "expected a URL such as http://127.0.0.1:8080") }
    model = parts.fragment.flatMap { $0.isEmpty ? nil : $0 }
    query = parts.queryItems ?? []
    basicAuthorization = parts.user.map { user in
      "Basic " + Data("\(user):\(parts.password ?? "")".utf8).base64EncodedString()
    }
    (parts.user, parts.password, parts.query, parts.fragment) = (nil, nil, nil, nil)
    while parts.path.hasSuffix("/") { parts.path.removeLast() }
    if parts.path.hasSuffix("/v1") { parts.path.removeLast(3) }
    guard let base = parts.url else { throw ModelError("model", "expected a URL such as http://127.0.0.1:8080") }
    self.base = base
  }

  /// The base URL as it may be shown.
  var shown: String { base.absoluteString }

  /// The URL of `path`, which begins with a slash.
  func url(_ path: String) -> URL {
    var url = base.appending(path: String(path.dropFirst()))
    if !query.isEmpty { url.append(queryItems: query) }
    return url
  }
}

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
