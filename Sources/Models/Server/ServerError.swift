import Foundation

/// What is wrong with a model server or with its answer, in one line: `URL: what was expected, what came`.
///
/// The URL is shown without user name, password and query; a server's own words are cut and cleaned, because they are
/// hostile until proved otherwise.
public struct ServerError: Error, Hashable, CustomStringConvertible {
  /// What kind of trouble it is.
  public enum Reason: String, Sendable, Hashable, CaseIterable {
    /// Nobody listens there.
    case refused
    /// The host's name is not known, or no way leads to it.
    case unreachable
    /// The encrypted connection could not be made.
    case tls
    /// Nothing came for too long.
    case slow
    /// The connection ended before the answer did.
    case cut
    /// Too many requests (429).
    case busy
    /// The server failed (5xx).
    case failed
    /// The key is missing or wrong (401, 403).
    case forbidden
    /// The request was refused (other 4xx and redirections).
    case rejected
    /// The prompt and its continuation are longer than the model's context.
    case contextOverflow = "context"
    /// The answer is no JSON: a proxy's page, most likely.
    case notJSON
    /// The answer is JSON of another shape.
    case shape
    /// The answer holds no continuation.
    case empty
    /// A log-probability is missing where the server gave some when it was probed.
    case noLogProbabilities
    /// A log-probability is no number, or greater than 0.
    case notANumber
    /// The server now serves another model than before.
    case otherModel
    /// The server cannot do what is asked for.
    case unsupported
    /// The answer is longer than any that was asked for, or never ends.
    case excess
  }

  /// The kind of trouble.
  public let reason: Reason
  /// The URL without credentials.
  public let url: String
  /// What was expected and what came.
  public let detail: String
  /// Seconds that the server asks to be left alone for.
  public let retryAfter: Double?
  /// The status that came; nil where the error is not about one.
  let status: Int?
  /// The field of the request that the server objects to, where it names one that can be left out.
  let field: RequestField?

  /// An error about the server at `url`, which must hold no credentials.
  init(
    _ reason: Reason, _ url: String, _ detail: String, retryAfter: Double? = nil, status: Int? = nil,
    field: RequestField? = nil
  ) {
    self.reason = reason
    self.url = ModelError.shown(url)
    self.detail = ModelError.shown(detail)
    self.retryAfter = retryAfter
    self.status = status
    self.field = field
  }

  /// The error without what a server said of `secrets`.
  func without(_ secrets: ServerSecrets) -> ServerError {
    ServerError(reason, url, secrets.message(detail), retryAfter: retryAfter, status: status, field: field)
  }

  /// The path that the error is about, as far as its words begin with one.
  var path: String { detail.hasPrefix("/") ? String(detail.prefix { $0 != ":" }) : "" }

  /// True where the server has no such path, or nothing for it: whatever it answers instead.
  var isOfPath: Bool {
    switch reason {
    case .notJSON, .shape: true
    case .rejected, .failed: [200, 301, 302, 303, 307, 308, 404, 405, 406, 410, 501].contains(status)
    default: false
    }
  }

  /// The one line.
  public var description: String { "\(url): \(detail)" }

  /// True where the same request to the same server may succeed a little later.
  public var isRetryable: Bool {
    switch reason {
    case .refused, .unreachable, .slow, .cut, .busy, .failed, .notJSON, .shape, .empty, .noLogProbabilities,
      .notANumber:
      true
    case .tls, .forbidden, .rejected, .contextOverflow, .otherModel, .unsupported, .excess: false
    }
  }

  /// True where another server of the same model may do better at once.
  public var isOfThisServer: Bool {
    switch reason {
    case .refused, .unreachable, .tls, .slow, .cut, .failed, .forbidden, .notJSON, .otherModel, .excess: true
    case .busy, .rejected, .contextOverflow, .shape, .empty, .noLogProbabilities, .notANumber, .unsupported: false
    }
  }
}

/// What a server says where it does not do what it is asked for, however it spells that.
struct StatusError {
  private let status: Int
  private let message: String
  private let kind: String
  private let parameter: String
  private let retryAfter: Double?
  /// What HTTP said, which may be success.
  private let told: Int

  /// Reads an answer with a status other than 200.
  init(_ status: Int, _ headers: [String: String], _ body: Data, _ secrets: ServerSecrets = ServerSecrets([])) {
    let value = (try? JSONSerialization.jsonObject(with: body)) as? [String: Any]
    let said = value.map(Self.read)
    self.status = status
    told = status
    message = said.map { secrets.message($0.message) } ?? AnswerBody.beginning(body, secrets)
    kind = said?.kind ?? ""
    parameter = said?.parameter ?? ""
    retryAfter = headers["retry-after"].flatMap { Self.seconds($0) }
  }

  /// Reads an object with a field `error` that came with `status`.
  init(_ object: JSONObject, status: Int, _ secrets: ServerSecrets) {
    let said = Self.read(object.fields)
    self.status = said.status ?? (status == 200 ? 500 : status)
    told = status
    message = secrets.message(said.message)
    kind = said.kind
    parameter = said.parameter
    retryAfter = nil
  }

  /// The error that it is.
  func error(_ endpoint: String, _ path: String) -> ServerError {
    let words = message.isEmpty ? "" : ": \(message)"
    let canBeLeftOut = reason == .rejected || status == 500
    return ServerError(
      reason, endpoint, "\(path): expected status 200, got \(status)\(words)", retryAfter: retryAfter,
      status: told == 200 ? told : status, field: canBeLeftOut ? RequestField.named(parameter, message) : nil)
  }

  private var reason: ServerError.Reason {
    switch status {
    case 400, 413, 422: isOverflow ? .contextOverflow : .rejected
    case 401, 403: .forbidden
    case 408: .slow
    case 429: .busy
    case 501: .rejected
    case 500...: .failed
    default: .rejected
    }
  }

  private var isOverflow: Bool {
    if ["exceed_context_size_error", "context_length_exceeded"].contains(kind) { return true }
    let text = message.lowercased()
    return text.contains("context") && ["length", "size", "exceed", "maximum", "window"].contains(where: text.contains)
  }

  private typealias Said = (message: String, kind: String, parameter: String, status: Int?)

  /// Finds the message where OpenAI, llama-server, vLLM, SGLang, Ollama or FastAPI puts it.
  private static func read(_ fields: [String: Any]) -> Said {
    if let text = fields["error"] as? String { return (text, "", "", nil) }
    let inner = fields["error"] as? [String: Any] ?? fields
    let message = ["message", "detail", "error", "msg"].lazy.compactMap { inner[$0] as? String }.first
    let kind = inner["type"] as? String ?? inner["code"] as? String ?? ""
    let parameter = inner["param"] as? String ?? inner["parameter"] as? String ?? ""
    if message == nil, let first = (inner["detail"] as? [[String: Any]])?.first {
      // What FastAPI says of a field: where it stands, and what is wrong.
      let place = (first["loc"] as? [Any] ?? []).map { "\($0)" }.joined(separator: ".")
      return ("\(place): \(first["msg"] as? String ?? "refused")", kind, place, nil)
    }
    return (message ?? "", kind, parameter, (inner["code"] as? Int) ?? (inner["code"] as? String).flatMap { Int($0) })
  }

  /// Seconds, or an HTTP date.
  private static func seconds(_ header: String) -> Double? {
    let text = header.trimmingCharacters(in: .whitespaces)
    if let seconds = Double(text) { return seconds >= 0 && seconds.isFinite ? seconds : nil }
    let format = DateFormatter()
    format.locale = Locale(identifier: "en_US_POSIX")
    format.dateFormat = "EEE, dd MMM yyyy HH:mm:ss zzz"
    return format.date(from: text).map { max(0, $0.timeIntervalSinceNow) }
  }
}
