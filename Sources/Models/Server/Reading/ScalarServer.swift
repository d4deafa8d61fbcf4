import Foundation

/// A server's scalar head: one number for a question and a text, by vLLM's `/pooling` and `/classify` or by `/v1/rerank`
/// (vLLM, llama-server with `--pooling rank`, SGLang's router).
public struct ScalarServer: Sendable {
  /// Where the number comes from.
  public enum Route: String, Sendable, Hashable, CaseIterable {
    /// `/pooling` of a reward model: the last number of the answer, which may be any.
    case pooling
    /// `/classify`: the probability of the last class.
    case classify
    /// `/v1/rerank`: the relevance of the text to the question.
    case rerank

    var path: String {
      switch self {
      case .pooling: "/pooling"
      case .classify: "/classify"
      case .rerank: "/v1/rerank"
      }
    }
  }

  private let endpoint: ServerEndpoint
  private let route: Route
  private let model: String?
  private let settings: ServerSettings
  private let limiter: TaskLimiter

  /// A head at `url`.
  ///
  /// - Throws: `ModelError` for what is no HTTP URL.
  public init(url: String, route: Route, settings: ServerSettings = ServerSettings(), key: ServerKey? = nil) throws {
    let address = try ServerAddress(url)
    endpoint = ServerEndpoint(address, key: key, http: HTTPTransport(), authorities: settings.authorities)
    self.route = route
    model = address.model ?? settings.model
    self.settings = settings
    limiter = TaskLimiter(settings.concurrency ?? 8)
  }

  /// The URL without credentials.
  public var name: String { endpoint.shown }

  /// The head's number for `text` as an answer to `question`. What may pass by itself is tried again, with growing pauses.
  ///
  /// - Throws: `ServerError`; `CancellationError` at once where the task is cancelled.
  public func score(_ text: String, question: String) async throws -> Double {
    var attempt = 1
    while true {
      do {
        return try await limiter.run {
          try read(try await endpoint.object(request(text, question), idle: settings.idleSeconds))
        }
      } catch let error as ServerError where error.isRetryable && attempt < settings.attempts {
        try await Task.sleep(for: .seconds(settings.delay(before: attempt, error)))
        attempt += 1
      }
    }
  }

  private func request(_ text: String, _ question: String) throws -> ServerRequest {
    var fields: [String: Any]
    switch route {
    case .pooling, .classify: fields = ["input": question + "\n" + text]
    case .rerank: fields = ["query": question, "documents": [text], "top_n": 1]
    }
    if let model { fields["model"] = model }
    return try ServerRequest(post: route.path, fields)
  }

  private func read(_ answer: JSONObject) throws -> Double {
    do {
      switch route {
      case .pooling: return try checked(Self.last(try first(answer, "data").fields["data"]), "data")
      case .classify: return try checked(Self.last(try first(answer, "data").fields["probs"]), "probs")
      case .rerank:
        return try checked(try first(answer, "results").fields["relevance_score"] as? Double, "relevance_score")
      }
    } catch let error as ModelError {
      throw endpoint.error(.shape, "\(route.path): \(error.field): \(error.expected)")
    }
  }

  private func first(_ answer: JSONObject, _ name: String) throws -> JSONObject {
    guard let first = try answer.objects(name).first else {
      throw answer.error(name, "expected an array of one object")
    }
    return first
  }

  private func checked(_ value: Double?, _ field: String) throws -> Double {
    guard let value, value.isFinite else {
      throw endpoint.error(
        .notANumber, "\(route.path): \(field): expected a number, got \(value.map { "\($0)" } ?? "none")")
    }
    return value
  }

  /// The last number of nested lists: a head's numbers stand one a token, or once.
  private static func last(_ value: Any?) -> Double? {
    if let list = value as? [Any] { return list.last.flatMap(last) }
    return value as? Double
  }
}
