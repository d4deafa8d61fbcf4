import Foundation

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

/// What is drawn from a server in one request.
struct Draw: Sendable {
  /// The prompt.
  var prompt: String
  /// What a chat is told before it.
  var system = ""
  /// What the model has written so far; the server goes on from here.
  var written: String
  /// Continuations, ≥ 1.
  var count: Int
  var temperature: Double
  var topP: Double
  var maximumTokens: Int
  /// Texts at which the server itself may stop; empty where this side cuts.
  var stops: [String]
  var seed: UInt32
  /// Most probable tokens to be told at each place, ≥ 1.
  var alternatives: Int
  /// Tokens that thinking may take beyond `maximumTokens`.
  var thinkingTokens = 0
  /// How a chat is asked to go on with what is written, where it cannot continue it.
  var request = ""

  /// Most tokens of an answer, thinking included.
  var mostTokens: Int { maximumTokens + thinkingTokens }

  /// Prompt and what follows it, for servers that continue a text.
  var text: String { prompt + written }
}

/// A token, as a server tells it.
struct ServerToken: Sendable, Equatable {
  /// May be empty where the text was held back.
  var bytes: [UInt8]
  /// Natural logarithm of its probability before any sampling rule; nil where the server tells none.
  var logProbability: Double?
  /// The server's id.
  var native: Int32?
  /// Entropy of the distribution that it was drawn from, in nats, of which the least probable part counts as one outcome.
  var entropy: Double?
}

/// Why a server ended a continuation.
enum ServerEnd: Sendable, Equatable {
  case endOfText
  /// This stop text, which may have been cut off.
  case stop(String)
  case length
  /// A filter withheld what follows, as this word says.
  case filtered(String)
  /// The server broke off, as this word says: what has come stands.
  case brokenOff(String)
  /// A word that nobody knows: taken for an end where the answer ends with it.
  case unknown(String)
}

/// What a server says while it draws; `index` counts the request's continuations.
enum DrawEvent: Sendable, Equatable {
  case token(index: Int, ServerToken)
  /// A part of the model's thinking, which the server keeps apart.
  case thought(index: Int, String)
  case end(index: Int, ServerEnd)
  /// Tokens of the prompt: computed, and found in the server's cache.
  case prompt(ModelUsage)
  /// Tokens of all continuations.
  case generated(Int)
}

/// Log-probabilities in a server's JSON.
enum TokenLikelihood {
  /// The log-probability in `field`; nil where it is missing or none.
  static func read(_ object: JSONObject, _ field: String) -> Double? { usable(object.fields[field]) }

  /// `value` where it is a log-probability: finite, and above 0 by no more than rounding lifts it.
  static func usable(_ value: Any?) -> Double? {
    guard let value = value as? Double, value.isFinite, value <= 1e-3 else { return nil }
    return min(0, value)
  }

  /// `value`, which has to be a log-probability.
  ///
  /// - Throws: `ServerError` where it is none.
  static func checked(_ value: Any?, _ endpoint: String, _ field: String) throws -> Double {
    if let usable = usable(value) { return usable }
    let found = (value as? Double).map { "\($0)" } ?? "no number"
    throw ServerError(.notANumber, endpoint, "\(field): expected a log-probability of at most 0, got \(found)")
  }

  /// Entropy in nats of a distribution whose most probable outcomes have these log-probabilities, the rest taken as one
  /// outcome: at most the true one.
  static func entropy(_ logProbabilities: [Double]) -> Double? {
    guard logProbabilities.count > 1 else { return nil }
    let known = logProbabilities.reduce(0) { $0 - exp($1) * $1 }
    let rest = 1 - logProbabilities.reduce(0) { $0 + exp($1) }
    return known - (rest > 1e-9 ? rest * log(rest) : 0)
  }
}
