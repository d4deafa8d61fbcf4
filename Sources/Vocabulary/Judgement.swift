/// What a person says of a trajectory: one value from the key press to the column of an export.
public struct Judgement: Codable, Hashable, Sendable {
  /// What the trajectory as a whole is.
  public enum Verdict: String, Codable, Sendable, CaseIterable {
    /// To be imitated.
    case good
    /// Not to be imitated.
    case bad
    /// The person could not say.
    case unsure
  }

  /// The person's verdict; nil where none was given.
  public var verdict: Verdict?
  /// A remark, possibly empty.
  public var note: String
  /// Labels of single steps, by the number of their node.
  public var steps: [Int: StepLabel]
  /// Who judged; nil for the owner of the workspace.
  public var who: String?

  /// A judgement with its fields as given.
  public init(verdict: Verdict? = nil, note: String = "", steps: [Int: StepLabel] = [:], who: String? = nil) {
    self.verdict = verdict
    self.note = note
    self.steps = steps
    self.who = who
  }
}

/// What a person says of one step of a trajectory. Its number is what the commit log and PRM800K write.
public enum StepLabel: Int, Codable, Sendable, CaseIterable {
  /// The step is right.
  case good = 1
  /// The step is neither.
  case neutral = 0
  /// The step is wrong.
  case bad = -1

  /// `good`, `neutral` or `bad`.
  public var word: String {
    switch self {
    case .good: "good"
    case .neutral: "neutral"
    case .bad: "bad"
    }
  }

  /// The label of a ``word``; nil for any other text.
  public init?(word: some StringProtocol) {
    guard let label = Self.allCases.first(where: { $0.word == word }) else { return nil }
    self = label
  }
}

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
