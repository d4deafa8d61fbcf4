import Foundation

#if canImport(FoundationNetworking)
  import FoundationNetworking
#endif

/// One URL: sends requests with the key, reads answers, and turns whatever goes wrong into a `ServerError`. Sends nothing
/// twice.
final class ServerEndpoint: Sendable {
  /// No answer that is read as a whole is longer.
  static let longestBody = 64 << 20

  let address: ServerAddress
  let http: HTTPTransport
  private let key: ServerKey?

  init(_ address: ServerAddress, key: ServerKey?, http: HTTPTransport) {
    self.address = address
    self.key = key
    self.http = http
  }

  /// The base URL as it may be shown.
  var shown: String { address.shown }

  func error(_ reason: ServerError.Reason, _ detail: String) -> ServerError { ServerError(reason, shown, detail) }

  /// The answer to `request` as one JSON object.
  func object(_ request: ServerRequest, idle: Double) async throws -> JSONObject {
    var answer: JSONObject?
    try await read(request, idle: idle) { object in
      answer = object
      return false
    }
    guard let answer else { throw error(.empty, "\(request.path): expected a JSON object, the answer is empty") }
    return answer
  }

  /// Calls `each` with every JSON object of the answer as it arrives, until it returns false: every event of an event
  /// stream, or the one object that the body is.
  func read(_ request: ServerRequest, idle: Double, each: (JSONObject) throws -> Bool) async throws {
    do {
      var body = AnswerBody(endpoint: shown, path: request.path)
      for try await event in http.events(urlRequest(request), idle: idle) {
        for object in try body.take(event) where try !each(object) { return }
        if body.isDone { return }
      }
      try Task.checkCancellation()
      for object in try body.finish() where try !each(object) { return }
    } catch let failure as HTTPTransport.Failure {
      try Task.checkCancellation()
      throw self.error(of: failure, request, idle)
    } catch let error as ModelError {
      throw self.error(
        .shape, "\(error.field.isEmpty ? request.path : "\(request.path): \(error.field)"): \(error.expected)")
    }
  }

  private func urlRequest(_ request: ServerRequest) -> URLRequest {
    var out = URLRequest(url: address.url(request.path))
    out.setValue("application/json, text/event-stream", forHTTPHeaderField: "Accept")
    // Where URLSession uses a connection again, one request in some thousands is never answered on Linux, and a thread of
    // its own turns in circles meanwhile.
    out.setValue("close", forHTTPHeaderField: "Connection")
    if let authorization = address.basicAuthorization ?? key.map({ "Bearer \($0.value)" }) {
      out.setValue(authorization, forHTTPHeaderField: "Authorization")
    }
    if let body = request.body {
      out.httpMethod = "POST"
      out.httpBody = body
      out.setValue("application/json", forHTTPHeaderField: "Content-Type")
    }
    return out
  }

  private func error(of failure: HTTPTransport.Failure, _ request: ServerRequest, _ idle: Double) -> ServerError {
    guard case .transport(let error) = failure else {
      return self.error(.slow, "\(request.path): expected an answer, nothing came for \(idle.formatted()) s")
    }
    switch error.code {
    case .cannotConnectToHost:
      return self.error(.refused, "expected a server, the connection was refused")
    case .cannotFindHost, .dnsLookupFailed, .notConnectedToInternet:
      return self.error(.unreachable, "expected a server, the host cannot be found or reached")
    case .timedOut:
      return self.error(.slow, "\(request.path): expected an answer, the connection timed out")
    case .secureConnectionFailed, .serverCertificateUntrusted, .serverCertificateHasBadDate,
      .serverCertificateHasUnknownRoot, .serverCertificateNotYetValid, .clientCertificateRejected,
      .clientCertificateRequired:
      return self.error(.tls, "expected an encrypted connection (TLS): \(error.localizedDescription)")
    default:
      return self.error(.cut, "\(request.path): expected an answer, the connection was closed before its end")
    }
  }
}
