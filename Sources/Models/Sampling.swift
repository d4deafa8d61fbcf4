import Vocabulary

/// What to sample: `count` continuations of one prefix.
public struct SampleRequest: Sendable, Hashable {
  /// Where a continuation ends, besides end of text and the length cap.
  public enum End: Sendable, Hashable {
    /// After the first token whose bytes contain a line break.
    case line
    /// Only at the end of text.
    case text
    /// With the line that states a final answer, or at the end of text: what a base model writes behind it is no solution.
    case answer
    /// After one token.
    case token
    /// Where this termination rule says so.
    case option(OptionEnd)
  }

  /// The prompt's and all earlier options' tokens; at least one.
  public var prefix: [Int32]
  /// Number of continuations, ≥ 0.
  public var count: Int
  /// Divides the logits; 0 takes the most probable token each time.
  public var temperature: Double
  /// Samples from the smallest set of tokens whose probability reaches this share, in (0, 1].
  public var topP: Double
  /// Most tokens of one continuation, ≥ 1.
  public var maximumTokens: Int
  /// Where a continuation ends.
  public var end: End
  /// Sample `i` draws from a generator made of (`seed`, `i`) alone.
  public var seed: UInt64

  /// Makes a request.
  public init(
    prefix: [Int32], count: Int = 1, temperature: Double = 1, topP: Double = 1, maximumTokens: Int = 128,
    end: End = .line, seed: UInt64 = 0
  ) {
    self.prefix = prefix
    self.count = count
    self.temperature = temperature
    self.topP = topP
    self.maximumTokens = maximumTokens
    self.end = end
    self.seed = seed
  }

  /// Throws where a field is out of its range; `model` names the model in the message.
  func validated(for model: String) throws {
    if count < 0 { throw ModelError(model, "count", "expected 0 or more, got \(count)") }
    if !(temperature >= 0 && temperature.isFinite) {
      throw ModelError(model, "temperature", "expected a finite number of 0 or more, got \(temperature)")
    }
    if !(topP > 0 && topP <= 1) { throw ModelError(model, "topP", "expected a share in (0, 1], got \(topP)") }
    if maximumTokens < 1 { throw ModelError(model, "maximumTokens", "expected 1 or more, got \(maximumTokens)") }
    if case .option(let end) = end { try end.validated(for: model) }
  }
}

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
  /// The sampled tokens, without the end-of-text token; may be empty.
  public var tokens: [Int32]
  /// The bytes the tokens stand for.
  public var bytes: [UInt8]
  /// Natural logarithm of each token's probability under the raw distribution: temperature 1, nothing left out. Empty where
  /// a server does not tell them.
  public var logProbabilities: [Double]
  /// Why it ended; no model gives `person`.
  public var ending: Termination
  /// What the model thought before it wrote this: no part of ``bytes`` or ``tokens``, empty where it told none.
  public var thinking: String

  /// Makes a sample; `logProbabilities` has the length of `tokens`, or is empty.
  public init(
    tokens: [Int32], bytes: [UInt8], logProbabilities: [Double], ending: Termination, thinking: String = ""
  ) {
    self.tokens = tokens
    self.bytes = bytes
    self.logProbabilities = logProbabilities
    self.ending = ending
    self.thinking = thinking
  }

  /// The bytes as text; what is no UTF-8 becomes U+FFFD.
  public var text: String { String(decoding: bytes, as: UTF8.self) }
}
