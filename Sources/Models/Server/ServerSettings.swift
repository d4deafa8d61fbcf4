/// How servers are spoken to, whatever their number.
public struct ServerSettings: Sendable, Hashable {
  /// Which of a server's interfaces is used.
  public enum Interface: String, Sendable, Hashable, CaseIterable {
    /// The one that tells most, found by probing.
    case automatic = "auto"
    /// llama-server's own `/completion`.
    case llama
    /// OpenAI's `/v1/completions`.
    case completions
    /// OpenAI's `/v1/chat/completions`: a policy and nothing else, for models that are only to be had so.
    case chat
  }

  /// The interface to use.
  public var interface = Interface.automatic
  /// The model's id; nil for the only one that a server has.
  public var model: String?
  /// What the model is shown; nil for the interface's own: worked examples, and words for a chat.
  public var shown: ModelPrompt?
  /// Another text of the prompt, in which `{question}` stands for the question; nil for the prompt's own.
  public var prompt: String?
  /// Texts that end a solution, beside the model's own end of text, and are not part of it; nil for the prompt's own.
  public var ends: [String]?
  /// Most tokens of thinking before a continuation, beyond its own length, ≥ 0.
  public var thinkingTokens = 2048
  /// Sequences in flight at one URL; nil for the number of llama-server's slots, and for what is found elsewhere, 64 at most.
  public var concurrency: Int?
  /// Seconds without a byte after which a server counts as too slow. A whole answer may take thirty times as long.
  public var idleSeconds = 120.0
  /// The file with the authorities that servers' certificates are checked by, PEM; nil for the system's.
  public var authorities: String?
  /// Seconds that the first words with a server may take.
  public var connectSeconds = 10.0
  /// How often a request is sent before its failure counts, ≥ 1.
  public var attempts = 5
  /// Seconds before the second attempt; doubled with each further one.
  public var firstDelay = 0.5
  /// Most seconds between two attempts, whatever the server asks for.
  public var longestDelay = 30.0
  /// Seconds that a URL is left alone after it failed, as long as another one answers.
  public var restSeconds = 30.0

  /// The defaults.
  public init() {}

  /// What a model behind `interface` is shown.
  func prompt(for interface: Interface) -> ModelPrompt {
    var chosen = shown ?? (interface == .chat ? .chat : .fewShot)
    // What ends the default's worked examples need not end another prompt's solutions.
    if let prompt { (chosen.text, chosen.ends) = (prompt, []) }
    if let ends { chosen.ends = ends }
    return chosen
  }

  /// Seconds to wait before attempt `attempt`, counted from 0, after `error`: doubled each time, what the server asks for if
  /// that is more, and never more than the cap.
  func delay(before attempt: Int, _ error: ServerError) -> Double {
    let own = firstDelay * Double(1 << min(attempt - 1, 20))
    return min(longestDelay, max(own, error.retryAfter ?? 0))
  }
}
