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
