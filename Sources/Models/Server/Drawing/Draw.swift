/// What is drawn from a server in one request.
struct Draw: Sendable {
  /// The prompt.
  var prompt: String
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
}

/// What a server says while it draws; `index` counts the request's continuations.
enum DrawEvent: Sendable, Equatable {
  case token(index: Int, ServerToken)
  case end(index: Int, ServerEnd)
  /// Tokens of the prompt: computed, and found in the server's cache.
  case prompt(ModelUsage)
  /// Tokens of all continuations.
  case generated(Int)
}
