/// How a person who labels steps ends a problem (PRM800K's `finish_reason`).
public enum FinishReason: String, Codable, Sendable, CaseIterable {
  /// No continuation of a wrong step is worth looking at.
  case foundError = "found_error"
  /// A solution is reached.
  case solution
  /// The problem itself is wrong or cannot be understood.
  case badProblem = "bad_problem"
  /// The person cannot say.
  case giveUp = "give_up"

  /// The same in words.
  public var words: String { rawValue.split(separator: "_").joined(separator: " ") }
}
