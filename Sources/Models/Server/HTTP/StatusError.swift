import Foundation

/// What a server says where it does not do what it is asked for, however it spells that.
struct StatusError {
  private let status: Int
  private let message: String
  private let kind: String
  private let retryAfter: Double?

  /// Reads an answer with a status other than 200.
  init(_ status: Int, _ headers: [String: String], _ body: Data) {
    let value = (try? JSONSerialization.jsonObject(with: body)) as? [String: Any]
    let said = value.map(Self.read)
    self.status = status
    message = said?.message ?? AnswerBody.beginning(body)
    kind = said?.kind ?? ""
    retryAfter = headers["retry-after"].flatMap { Self.seconds($0) }
  }

  /// Reads an object with a field `error` that came with `status`.
  init(_ object: JSONObject, status: Int) {
    let said = Self.read(object.fields)
    self.status = said.status ?? (status == 200 ? 500 : status)
    message = said.message
    kind = said.kind
    retryAfter = nil
  }

  /// The error that it is.
  func error(_ endpoint: String, _ path: String) -> ServerError {
    let words = message.isEmpty ? "" : ": \(message)"
    return ServerError(reason, endpoint, "\(path): expected status 200, got \(status)\(words)", retryAfter: retryAfter)
  }

  private var reason: ServerError.Reason {
    switch status {
    case 400, 413, 422: isOverflow ? .contextOverflow : .rejected
    case 401, 403: .forbidden
    case 408: .slow
    case 429: .busy
    case 500...: .failed
    default: .rejected
    }
  }

  private var isOverflow: Bool {
    if ["exceed_context_size_error", "context_length_exceeded"].contains(kind) { return true }
    let text = message.lowercased()
    return text.contains("context") && ["length", "size", "exceed", "maximum", "window"].contains(where: text.contains)
  }

  /// Finds the message where OpenAI, llama-server, vLLM, SGLang or Ollama puts it.
  private static func read(_ fields: [String: Any]) -> (message: String, kind: String, status: Int?) {
    if let text = fields["error"] as? String { return (text, "", nil) }
    let inner = fields["error"] as? [String: Any] ?? fields
    let message = ["message", "detail", "error"].lazy.compactMap { inner[$0] as? String }.first ?? ""
    let kind = inner["type"] as? String ?? inner["code"] as? String ?? ""
    return (message, kind, inner["code"] as? Int)
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
