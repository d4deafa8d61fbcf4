/// The continuations of one prefix and what they cost.
public struct SampleResult: Sendable, Hashable {
  /// As many as were asked for; sample `i` belongs to generator `i`.
  public var samples: [Sample]
  /// What was computed and what was found in the cache.
  public var usage: ModelUsage

  /// Makes a result.
  public init(samples: [Sample], usage: ModelUsage) {
    self.samples = samples
    self.usage = usage
  }
}

/// One continuation.
public struct Sample: Sendable, Hashable {
  /// Why a continuation ended.
  public enum Ending: String, Sendable, Hashable, Codable {
    /// Its last token contains a line break.
    case newline
    /// It is one token, as asked.
    case token
    /// Its last token completes a stop text.
    case stopText
    /// Its last token completes a stop text, and it holds a formula, as asked.
    case formula
    /// The next token's entropy exceeded the threshold; no token drawn from that distribution is part of it.
    case uncertainty
    /// The model ended the text; that token is not part of the continuation.
    case endOfText
    /// `maximumTokens` or the model's context was reached.
    case lengthCap
  }

  /// The sampled tokens, without the end-of-text token; may be empty.
  public var tokens: [Int32]
  /// The bytes the tokens stand for.
  public var bytes: [UInt8]
  /// Natural logarithm of each token's probability under the raw distribution: temperature 1, nothing left out. Empty where
  /// a server does not tell them.
  public var logProbabilities: [Double]
  /// Why it ended.
  public var ending: Ending

  /// Makes a sample; `logProbabilities` has the length of `tokens`, or is empty.
  public init(tokens: [Int32], bytes: [UInt8], logProbabilities: [Double], ending: Ending) {
    self.tokens = tokens
    self.bytes = bytes
    self.logProbabilities = logProbabilities
    self.ending = ending
  }

  /// The bytes as text; what is no UTF-8 becomes U+FFFD.
  public var text: String { String(decoding: bytes, as: UTF8.self) }
}
