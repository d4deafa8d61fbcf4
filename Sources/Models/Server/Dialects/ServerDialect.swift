/// How a kind of server is asked, and how its answers are read.
protocol ServerDialect: Sendable {
  /// The request for `draw`.
  func request(_ draw: Draw) throws -> ServerRequest
  /// What one JSON object of the answer says.
  func events(_ object: JSONObject) throws -> [DrawEvent]
  /// The request for the bytes of one token; nil where the server cannot tell.
  func bytesRequest(of token: Int32) throws -> ServerRequest?
}

extension ServerDialect {
  func bytesRequest(of token: Int32) throws -> ServerRequest? { nil }
}
