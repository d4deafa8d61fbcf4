/// Why an option ended: the termination function β of the options framework (AlphaLLM, section 4.2).
public enum Termination: String, Codable, Sendable, CaseIterable {
  /// A line break was generated (sentence level); it is part of the last token.
  case newline
  /// One token was generated (token level).
  case token
  /// A stop text was generated (option level).
  case stopText
  /// A stop text was generated after a formula (option level).
  case formula
  /// The model was unsure how to go on: the next token's entropy exceeded the threshold at a word's boundary. No token drawn
  /// from that distribution is part of the option.
  case uncertainty
  /// The model ended its text; the token that says so is not part of the option.
  case endOfText
  /// The length cap, or the end of the model's context, was reached.
  case lengthCap
  /// A person wrote the option.
  case person
  /// The server's filter withheld what follows.
  case filtered
  /// A person cut the option there; what followed is an option of its own.
  case cut
}

/// How a trajectory ended.
public enum TerminalKind: String, Codable, Sendable {
  /// It states a final answer.
  case answer
  /// The model ended its text without one.
  case endOfText
  /// The depth cap cut it.
  case depthCap
  /// Nothing can be written after it: the model's context is full, or the model refuses to go on from there.
  case noContinuation
  /// The server's filter ended it without one.
  case filtered
}

/// Why a search stopped.
public enum StopReason: String, Codable, Sendable {
  /// The simulation limit.
  case simulations
  /// The token limit.
  case tokens
  /// The node limit.
  case nodes
  /// The time limit.
  case seconds
  /// The leader cannot be caught.
  case settled
  /// Nothing is left to add.
  case exhausted
  /// What the search needs cannot be had: no step after the question, or requests that failed one after the other.
  case failed
  /// The tree was imported: it is history, and only a fork of it is searched.
  case imported
}

/// Why a request can never be answered: asking again would change nothing, so nobody does. What fails without such a reason
/// may be answered a little later.
public enum PermanentFailure: String, Codable, Sendable, CaseIterable {
  /// The text and what is asked for are longer than the model's context.
  case context
  /// The model's server refuses: a field, the key, or what the text says.
  case refused
  /// The log-probabilities or labels that the answer is read from are not told.
  case labels
  /// The answer has another shape than was asked for.
  case shape
  /// The model writes nothing.
  case empty
  /// The model cannot do what is asked for.
  case unsupported
  /// A failure that may pass came each time it was tried.
  case repeated

  /// Whether the text that was asked about is to blame: another one may be answered.
  public var isOfText: Bool { self == .context || self == .empty || self == .repeated }
}
