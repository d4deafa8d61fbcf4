import Foundation

/// Where a server is: its base URL, and what must never be shown of what the user wrote.
struct ServerAddress: Sendable, Hashable {
  /// The base URL without credentials, query, fragment, version and endpoint: where a server's own paths are.
  let base: URL
  /// What may stand between the base and the paths of OpenAI's interface, the likeliest first: `/v1`, or nothing.
  let prefixes: [String]
  /// The model's id, where the URL ends in `#ID`.
  let model: String?
  /// The query, kept for every request and never shown: some proxies want a key there.
  private let query: [URLQueryItem]
  /// The header of the user name and password in the URL.
  let basicAuthorization: String?
  /// Password, values of the query, and what requests say instead.
  private let own: [String]

  /// Reads `http://[user:password@]host[:port][/path][?query][#model]`, whose path may be the base, that with a version, or
  /// one of a server's endpoints.
  ///
  /// - Throws: `ModelError` for anything else, without quoting what may be a password.
  init(_ text: String) throws {
    guard var parts = URLComponents(string: text.trimmingCharacters(in: .whitespacesAndNewlines)),
      let scheme = parts.scheme?.lowercased(), ["http", "https"].contains(scheme), let host = parts.host, !host.isEmpty
    else { throw ModelError("model", "expected a URL such as http://127.0.0.1:8080") }
    model = parts.fragment.flatMap { $0.isEmpty ? nil : $0 }
    query = parts.queryItems ?? []
    let credentials = parts.user.map { Data("\($0):\(parts.password ?? "")".utf8).base64EncodedString() }
    basicAuthorization = credentials.map { "Basic " + $0 }
    own = [parts.password, credentials].compactMap { $0 } + query.compactMap(\.value)
    (parts.user, parts.password, parts.query, parts.fragment) = (nil, nil, nil, nil)
    let place = ServerPaths.read(parts.path)
    (parts.path, prefixes) = (place.base, place.prefixes)
    guard let base = parts.url else { throw ModelError("model", "expected a URL such as http://127.0.0.1:8080") }
    self.base = base
  }

  /// What must not be shown of it and of `key`, however a server says it.
  func secrets(_ key: ServerKey?) -> ServerSecrets { ServerSecrets(own + [key?.value].compactMap { $0 }) }

  /// The header by which requests say who asks: the user name of the URL before `key`; nil without either.
  func authorization(_ key: ServerKey?) -> String? {
    (basicAuthorization ?? key.map { "Bearer \($0.value)" }).map { "Authorization: \($0)" }
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

extension ServerModel {
  /// `spec` as it may be kept, with all that a server is found by: a URL without user name, password and query; anything else as it is.
  ///
  /// - Throws: `ModelError` for a URL that cannot be read.
  package static func kept(_ spec: String) throws -> String {
    guard isURL(spec) else { return spec }
    _ = try ServerAddress(spec)
    guard var parts = URLComponents(string: spec) else { return shown(spec) }
    (parts.user, parts.password, parts.query) = (nil, nil, nil)
    return parts.string ?? shown(spec)
  }

  /// `spec`, a URL as it was kept, with the user name, the password and the query of `other`; nil where that is another server.
  package static func whole(_ spec: String, by other: String) -> String? {
    guard isURL(other), var parts = URLComponents(string: spec), let known = URLComponents(string: other),
      parts.scheme?.lowercased() == known.scheme?.lowercased(), parts.host == known.host, parts.port == known.port,
      known.user != nil || known.query != nil
    else { return nil }
    (parts.percentEncodedUser, parts.percentEncodedPassword) = (known.percentEncodedUser, known.percentEncodedPassword)
    parts.percentEncodedQuery = known.percentEncodedQuery
    return parts.string
  }
}

/// The paths that servers have, and how much of a pasted URL is one of them.
enum ServerPaths {
  /// The version that OpenAI's interface has in its paths.
  static let version = "/v1"

  /// Endpoints that people paste from a page or a log, the longer ones before those that they end with.
  private static let endpoints = [
    "/chat/completions", "/completions", "/completion", "/models", "/embeddings", "/responses", "/messages",
    "/api/generate",
    "/api/chat", "/api/tags", "/api/version", "/api/show", "/api/ps", "/tokenize", "/detokenize", "/apply-template",
    "/props", "/slots", "/health", "/metrics", "/version", "/generate", "/get_model_info", "/pooling", "/classify",
    "/score",
    "/rerank", "/docs", "/redoc", "/openapi.json", "/index.html",
  ]

  /// Splits the path of a URL that a user gave into the server's base and what may follow it before OpenAI's paths.
  static func read(_ path: String) -> (base: String, prefixes: [String]) {
    var path = path
    while path.contains("//") { path = path.replacingOccurrences(of: "//", with: "/") }
    var isEndpoint = false
    func trim() { while path.hasSuffix("/") { path.removeLast() } }
    trim()
    if let endpoint = endpoints.first(where: { path.lowercased().hasSuffix($0) }) {
      path.removeLast(endpoint.count)
      trim()
      isEndpoint = ["/chat/completions", "/completions", "/models"].contains(endpoint)
    }
    if path.hasSuffix(version) {
      path.removeLast(version.count)
      trim()
      return (path, [version])
    }
    if path.isEmpty { return (path, [version, ""]) }
    // An endpoint of OpenAI's without its version, or a version of another spelling: the path is taken as given first.
    let hasVersion = path.split(separator: "/").contains { part in
      part.first == "v" && part.dropFirst().first?.isNumber == true
    }
    return (path, isEndpoint || hasVersion ? ["", version] : [version, ""])
  }

  /// `path`, written as OpenAI has it, below a server's prefix.
  static func below(_ prefix: String, _ path: String) -> String {
    path.hasPrefix(version + "/") ? prefix + path.dropFirst(version.count) : path
  }
}
