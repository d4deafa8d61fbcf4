import CHTTP
import Foundation
import Synchronization

/// One URL: sends requests with the key, reads answers, and turns whatever goes wrong into a `ServerError`. Tries
/// nothing again.
final class ServerEndpoint: Sendable {
  /// No answer that is read as a whole is longer.
  static let longestBody = 64 << 20
  /// Nor holds more objects.
  private static let mostObjects = 4096

  let address: ServerAddress
  let http: HTTPTransport
  /// What must not be shown of what the server says.
  let secrets: ServerSecrets
  private let key: ServerKey?
  /// The file with the authorities that certificates are checked by; nil for the system's.
  private let authorities: String?
  private let chosenPrefix: Mutex<String>

  init(_ address: ServerAddress, key: ServerKey?, http: HTTPTransport, authorities: String? = nil) {
    self.address = address
    self.key = key
    self.http = http
    self.authorities = authorities
    secrets = address.secrets(key)
    chosenPrefix = Mutex(address.prefixes.first ?? ServerPaths.version)
  }

  /// What stands between the base URL and the paths of OpenAI's interface: likely until a probe has found it.
  var prefix: String {
    get { chosenPrefix.withLock { $0 } }
    set { chosenPrefix.withLock { $0 = newValue } }
  }

  /// `path` as the server has it.
  func path(_ path: String) -> String { ServerPaths.below(prefix, path) }

  /// The base URL as it may be shown.
  var shown: String { address.shown }

  func error(_ reason: ServerError.Reason, _ detail: String) -> ServerError { ServerError(reason, shown, detail) }

  /// The answer to `request` as one JSON object.
  func object(_ request: ServerRequest, idle: Double) async throws -> JSONObject {
    var answer: JSONObject?
    try await read(request, idle: idle, longest: Self.longestBody) { object in
      answer = object
      return false
    }
    guard let answer else { throw error(.empty, "\(path(request.path)): expected a JSON object, the answer is empty") }
    return answer
  }

  /// The answer to `request` as the JSON objects that it holds.
  func objects(_ request: ServerRequest, idle: Double) async throws -> [JSONObject] {
    var answer: [JSONObject] = []
    try await read(request, idle: idle, longest: Self.longestBody) { object in
      guard answer.count < Self.mostObjects else {
        throw error(.excess, "\(path(request.path)): expected at most \(Self.mostObjects) objects, got more")
      }
      answer.append(object)
      return true
    }
    return answer
  }

  /// Calls `each` with every JSON object of the answer as it arrives, until it returns false: every event of an event
  /// stream, every line of JSON lines, or the one object that the body is. The transfer ends with the call: also where the
  /// task is cancelled while it streams.
  ///
  /// - Parameter longest: bytes of the answer's body.
  func read(
    _ request: ServerRequest, idle: Double, longest: Int = 256 << 20, each: (JSONObject) async throws -> Bool
  ) async throws {
    do {
      var body = AnswerBody(endpoint: shown, path: path(request.path), secrets)
      for try await event in http.events(call(request, idle, longest)) {
        for object in try body.feed(event) { if try await !each(object) { return } }
        if body.isDone { return }
      }
      try Task.checkCancellation()
      for object in try body.finish() { if try await !each(object) { return } }
    } catch let failure as HTTPTransport.Failure {
      try Task.checkCancellation()
      throw self.error(of: failure, request, idle).without(secrets)
    } catch let error as ServerError {
      throw error.without(secrets)
    } catch let error as ModelError {
      throw self.error(
        .shape,
        "\(error.field.isEmpty ? path(request.path) : "\(path(request.path)): \(error.field)"): \(error.expected)")
    }
  }

  private func call(_ request: ServerRequest, _ idle: Double, _ longest: Int) -> HTTPTransport.Call {
    var headers = ["Accept: application/json, text/event-stream"]
    if let authorization = address.authorization(key) { headers.append(authorization) }
    if request.body != nil { headers.append("Content-Type: application/json") }
    return HTTPTransport.Call(
      url: address.url(path(request.path)).absoluteString, headers: headers, body: request.body, idle: idle,
      authorities: authorities, longestBody: longest)
  }

  private func error(of failure: HTTPTransport.Failure, _ request: ServerRequest, _ idle: Double) -> ServerError {
    let code: UInt32
    let words: String
    let number: Int32
    switch failure {
    case .transfer(let itsCode, let itsWords, let itsNumber): (code, words, number) = (itsCode, itsWords, itsNumber)
    case .idle: return error(.slow, "\(path(request.path)): expected an answer, nothing came for \(idle.formatted()) s")
    case .excess(let expected): return error(.excess, "\(path(request.path)): \(expected), got more")
    }
    switch CURLcode(code) {
    case CURLE_COULDNT_CONNECT where number == ECONNREFUSED:
      return error(.refused, "expected a server, the connection was refused")
    case CURLE_COULDNT_CONNECT, CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY:
      return error(.unreachable, "expected a server, the host cannot be found or reached")
    case CURLE_OPERATION_TIMEDOUT:
      return error(.slow, "\(path(request.path)): expected a server, the connection took too long")
    case CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CERTPROBLEM, CURLE_SSL_CIPHER,
      CURLE_SSL_CACERT_BADFILE, CURLE_SSL_ISSUER_ERROR, CURLE_SSL_INVALIDCERTSTATUS, CURLE_USE_SSL_FAILED:
      return error(.tls, "expected an encrypted connection (TLS), got: \(words)")
    case CURLE_OUT_OF_MEMORY, CURLcode(100):
      // libcurl has limits of its own on lines and heads; newer ones call them CURLE_TOO_LARGE, 100.
      return error(.excess, "\(path(request.path)): expected a short head, got more")
    case CURLE_WEIRD_SERVER_REPLY, CURLE_UNSUPPORTED_PROTOCOL:
      return error(.notJSON, "\(path(request.path)): expected HTTP, got something else")
    default:
      return error(.cut, "\(path(request.path)): expected an answer, the connection was closed before its end")
    }
  }
}

/// A request to a server: a path below its base URL, and a JSON body where something is posted.
struct ServerRequest: Sendable {
  let path: String
  let body: Data?

  /// Asks for `path`.
  init(get path: String) {
    self.path = path
    body = nil
  }

  /// Posts `fields`, which hold what JSON can hold.
  init(post path: String, _ fields: [String: Any]) throws {
    self.path = path
    body = try JSONSerialization.data(withJSONObject: fields, options: [.sortedKeys])
  }
}
