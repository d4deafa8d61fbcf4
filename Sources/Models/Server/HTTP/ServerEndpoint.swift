import CHTTP
import Foundation

/// One URL: sends requests with the key, reads answers, and turns whatever goes wrong into a `ServerError`. Tries
/// nothing again.
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
      for try await event in http.events(call(request, idle)) {
        for object in try body.feed(event) where try !each(object) { return }
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

  private func call(_ request: ServerRequest, _ idle: Double) -> HTTPTransport.Call {
    var headers = ["Accept: application/json, text/event-stream"]
    if let authorization = address.basicAuthorization ?? key.map({ "Bearer \($0.value)" }) {
      headers.append("Authorization: \(authorization)")
    }
    if request.body != nil { headers.append("Content-Type: application/json") }
    return HTTPTransport.Call(
      url: address.url(request.path).absoluteString, headers: headers, body: request.body, idle: idle)
  }

  private func error(of failure: HTTPTransport.Failure, _ request: ServerRequest, _ idle: Double) -> ServerError {
    guard case .transfer(let code, let words, let number) = failure else {
      return error(.slow, "\(request.path): expected an answer, nothing came for \(idle.formatted()) s")
    }
    switch CURLcode(code) {
    case CURLE_COULDNT_CONNECT where number == ECONNREFUSED:
      return error(.refused, "expected a server, the connection was refused")
    case CURLE_COULDNT_CONNECT, CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY:
      return error(.unreachable, "expected a server, the host cannot be found or reached")
    case CURLE_OPERATION_TIMEDOUT:
      return error(.slow, "\(request.path): expected a server, the connection took too long")
    case CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CERTPROBLEM, CURLE_SSL_CIPHER,
      CURLE_SSL_CACERT_BADFILE, CURLE_SSL_ISSUER_ERROR, CURLE_SSL_INVALIDCERTSTATUS, CURLE_USE_SSL_FAILED:
      return error(.tls, "expected an encrypted connection (TLS), got: \(words)")
    case CURLE_WEIRD_SERVER_REPLY, CURLE_UNSUPPORTED_PROTOCOL:
      return error(.notJSON, "\(request.path): expected HTTP, got something else")
    default:
      return error(.cut, "\(request.path): expected an answer, the connection was closed before its end")
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

/// Turns what arrives of an answer into JSON objects: the events of an event stream, or the one object of any other body.
struct AnswerBody {
  let endpoint: String
  let path: String
  private var status = 0
  private var headers: [String: String] = [:]
  private var events: EventStream?
  private var bytes = Data()
  /// The server said that nothing more comes.
  private(set) var isDone = false

  init(endpoint: String, path: String) {
    self.endpoint = endpoint
    self.path = path
  }

  /// The objects that `event` completes.
  mutating func feed(_ event: HTTPTransport.Event) throws -> [JSONObject] {
    switch event {
    case .head(let status, let headers):
      (self.status, self.headers) = (status, headers)
      if status == 200, headers["content-type"]?.contains("text/event-stream") == true { events = EventStream() }
      return []
    case .data(let data):
      guard events != nil else {
        bytes += data
        guard bytes.count <= ServerEndpoint.longestBody else {
          throw ServerError(.shape, endpoint, "\(path): expected an answer of at most 64 MiB")
        }
        return []
      }
      let complete = events?.feed(data) ?? []
      if events?.isOverlong == true {
        throw ServerError(.shape, endpoint, "\(path): expected events of at most 8 MiB")
      }
      return try complete.compactMap { try object($0) }
    }
  }

  /// The objects that the end of the body completes.
  mutating func finish() throws -> [JSONObject] {
    if events != nil {
      guard let last = events?.finish(), let object = try object(last) else { return [] }
      return [object]
    }
    guard status == 200 else { throw StatusError(status, headers, bytes).error(endpoint, path) }
    guard !bytes.isEmpty else { return [] }
    return try [checked(bytes)]
  }

  private mutating func object(_ event: [UInt8]) throws -> JSONObject? {
    if isDone || event.isEmpty { return nil }
    if event == Array("[DONE]".utf8) {
      isDone = true
      return nil
    }
    return try checked(Data(event))
  }

  /// The object in `data`; an error where it is none, or one that reports an error.
  private func checked(_ data: Data) throws -> JSONObject {
    guard let value = try? JSONSerialization.jsonObject(with: data) else {
      let kind = headers["content-type"].map { " of type \($0)" } ?? ""
      throw ServerError(.notJSON, endpoint, "\(path): expected JSON, got a text\(kind): \(Self.beginning(data))")
    }
    guard let fields = value as? [String: Any] else {
      throw ServerError(.shape, endpoint, "\(path): expected a JSON object")
    }
    let object = JSONObject(file: endpoint, path: "", fields: fields)
    if object.has("error") { throw StatusError(object, status: status).error(endpoint, path) }
    return object
  }

  static func beginning(_ data: Data) -> String {
    let text = String(decoding: data.prefix(200), as: UTF8.self).split(whereSeparator: \.isWhitespace)
    return String(text.joined(separator: " ").prefix(80))
  }
}

/// Reads server-sent events (WHATWG HTML, section 9.2) out of a body that arrives in pieces.
struct EventStream {
  /// No event of a model server is longer; one that is comes from something else.
  static let longestLine = 8 << 20

  private var line: [UInt8] = []
  private var data: [UInt8] = []
  private var hasData = false
  private var endedWithReturn = false

  /// True where a line grew beyond all bounds; nothing more is read.
  private(set) var isOverlong = false

  /// Takes more bytes; the data of every event that they complete. Complexity: O(bytes).
  mutating func feed(_ bytes: some Sequence<UInt8>) -> [[UInt8]] {
    var events: [[UInt8]] = []
    for byte in bytes {
      if isOverlong { break }
      let isPair = byte == 0x0A && endedWithReturn
      endedWithReturn = byte == 0x0D
      if isPair { continue }
      if byte == 0x0A || byte == 0x0D {
        if let event = endLine() { events.append(event) }
      } else {
        line.append(byte)
        isOverlong = line.count + data.count > Self.longestLine
      }
    }
    return events
  }

  /// The data of an event that the end of the body completes.
  mutating func finish() -> [UInt8]? {
    if !line.isEmpty { _ = endLine() }
    return endLine()
  }

  private mutating func endLine() -> [UInt8]? {
    defer { line.removeAll(keepingCapacity: true) }
    if line.isEmpty {
      defer { (data, hasData) = ([], false) }
      return hasData ? data : nil
    }
    for field in [Array("data:".utf8), Array("error:".utf8)] where line.starts(with: field) {
      if hasData { data.append(0x0A) }
      let value = line[field.count...]
      data += value.first == 0x20 ? value.dropFirst() : value
      hasData = true
    }
    return nil
  }
}
