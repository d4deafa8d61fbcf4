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
}

/// How a trajectory ended.
public enum TerminalKind: String, Codable, Sendable {
  /// It states a final answer.
  case answer
  /// The model ended its text without one.
  case endOfText
  /// The depth cap cut it.
  case depthCap
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
}
