import Vocabulary

/// A span of text added by one edge of the tree (an option o of AlphaLLM, section 4.2).
///
/// Kept as token ids and bytes and decoded only for display, so half a character never breaks anything.
public struct SearchOption: Codable, Equatable, Sendable {
  /// Token ids of the policy's tokenizer; empty where no tokenizer was at hand: a person typed the option, or a server's
  /// model wrote it.
  public var tokens: [Int32]
  /// The text as bytes, usually UTF-8, with the line break that ended it.
  public var bytes: [UInt8]
  /// Log-probability of each token under the policy, natural logarithm; empty where they are not known. As long as
  /// `tokens`, unless those are empty.
  public var logProbabilities: [Float]
  /// Which rule ended the option.
  public var termination: Termination
  /// What the model thought before it wrote the option; nil where it told none. It is kept and shown, and is no part of the
  /// text: nothing reads it for steps, answers or scores.
  public var thinking: String?

  /// An option with its fields as given.
  public init(
    tokens: [Int32] = [], bytes: [UInt8], logProbabilities: [Float] = [], termination: Termination,
    thinking: String? = nil
  ) {
    self.tokens = tokens
    self.bytes = bytes
    self.logProbabilities = logProbabilities
    self.termination = termination
    self.thinking = thinking
  }

  /// The bytes as text; broken UTF-8 becomes U+FFFD. Complexity: O(bytes).
  public var text: String { String(decoding: bytes, as: UTF8.self) }

  /// Mean log-probability of a token (length-normalised, as in TS-LLM's prior); nil without tokens.
  public var meanLogProbability: Double? {
    guard !logProbabilities.isEmpty else { return nil }
    return logProbabilities.reduce(0) { $0 + Double($1) } / Double(logProbabilities.count)
  }

  private enum CodingKeys: String, CodingKey {
    case tokens, text, bytes, logProbabilities, termination, thinking
  }

  /// Reads `text`, or `bytes` (base64 is not used inside the journal: an array of numbers) where the text is not UTF-8.
  public init(from decoder: any Decoder) throws {
    let c = try decoder.container(keyedBy: CodingKeys.self)
    tokens = try c.decodeIfPresent([Int32].self, forKey: .tokens) ?? []
    bytes = try c.decodeIfPresent([UInt8].self, forKey: .bytes) ?? Array(c.decode(String.self, forKey: .text).utf8)
    logProbabilities = try c.decodeIfPresent([Float].self, forKey: .logProbabilities) ?? []
    termination = try c.decode(Termination.self, forKey: .termination)
    thinking = try c.decodeIfPresent(String.self, forKey: .thinking)
  }

  /// Writes readable text where the bytes are valid UTF-8, the bytes themselves where they are not.
  public func encode(to encoder: any Encoder) throws {
    var c = encoder.container(keyedBy: CodingKeys.self)
    if !tokens.isEmpty { try c.encode(tokens, forKey: .tokens) }
    if let text = String(validating: bytes, as: UTF8.self) {
      try c.encode(text, forKey: .text)
    } else {
      try c.encode(bytes, forKey: .bytes)
    }
    if !logProbabilities.isEmpty { try c.encode(logProbabilities, forKey: .logProbabilities) }
    try c.encode(termination, forKey: .termination)
    try c.encodeIfPresent(thinking, forKey: .thinking)
  }
}
