import Vocabulary

/// Something that speaks against putting a trajectory into the dataset.
package struct GuardFinding: Codable, Hashable, Sendable {
  /// What was found.
  package enum Kind: String, Codable, CaseIterable, Sendable {
    /// The question states its own answer.
    case goldInPrompt = "gold-in-prompt"
    /// The question has something of a held-out problem, or is one.
    case heldOut = "held-out"
    /// A question of the other part of a split is nearly the same.
    case acrossSplits = "across-splits"
    /// A problem that it was made from is held out.
    case sharedRoot = "shared-root"
    /// The problem itself says that it is for measuring.
    case heldOutSplit = "held-out-split"
    /// The same path stands in the log.
    case committed = "committed-already"
    /// Its arithmetic is wrong.
    case contradicted
    /// Another problem in the log asks the same.
    case sameProblem = "same-problem"

    /// True for what refuses a commit and an export; the others are for a person to know.
    package var isLeak: Bool {
      switch self {
      case .goldInPrompt, .heldOut, .acrossSplits, .sharedRoot: true
      case .heldOutSplit, .committed, .contradicted, .sameProblem: false
      }
    }
  }

  /// What was found.
  package let kind: Kind
  /// The problem it was found in.
  package let problem: String
  /// The words it was found by, as they stand there, without control characters.
  package let span: String
  /// What is wrong with them, and beside what.
  package let reason: String

  init(_ kind: Kind, _ problem: Problem, span: String, _ reason: String) {
    (self.kind, self.problem, self.reason) = (kind, problem.id, reason)
    self.span = SafeText.quotation(span, limit: 160)
  }

  /// All of it in one sentence.
  package var words: String { "\(kind.rawValue): “\(span)”: \(reason)" }
}
