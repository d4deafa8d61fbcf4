/// What one edge of the tree adds (AlphaLLM, table 1).
public enum OptionLevel: String, Sendable, CaseIterable {
  /// One token.
  case token
  /// A line.
  case sentence
  /// What the termination rule β ends: stop texts, a formula, the model's uncertainty, the length cap or the text's end.
  case option
}
