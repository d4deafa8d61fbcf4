extension ImaginedPrompt {
  /// Why a question was refused, in the order of the checks: what costs nothing comes first.
  package enum Reason: String, Codable, Sendable, CaseIterable {
    /// It is no question of its kind: cut off, none of the family's sentences, several questions, an answer within.
    case form
    /// The model declined.
    case declined
    /// What was to change did not.
    case unchanged
    /// Somebody appears of whom nobody says what they begin with.
    case notIntroduced = "not introduced"
    /// It says a thing twice, or can be read in two ways.
    case ambiguous
    /// An amount would fall below zero.
    case belowZero = "below zero"
    /// Things do not fill whole containers.
    case notDivisible = "not divisible"
    /// Half of an odd number.
    case oddHalf = "odd half"
    /// The same words are known.
    case duplicate
    /// The same question with other names is known.
    case maskedDuplicate = "masked duplicate"
    /// Nearly the same words are known.
    case nearDuplicate = "near duplicate"
    /// It has something of a problem that is held out.
    case heldOut = "held out"
    /// The expected answer, put back, does not come out.
    case answerCheck = "answer check"
    /// Several answers come out as well.
    case severalAnswers = "several answers"
    /// Too few solutions say the same.
    case noAgreement = "no agreement"
    /// No solution gives the expected answer: a suspect question, not only a hard one.
    case unsolved
    /// Fewer solutions are right than is wanted.
    case tooHard = "too hard"
    /// More are.
    case tooEasy = "too easy"

    /// What it means, in words for people.
    package var help: String {
      switch self {
      case .form: "no question of its kind"
      case .declined: "the model declined"
      case .unchanged: "what was to change did not"
      case .notIntroduced: "somebody is never introduced"
      case .ambiguous: "it can be read in two ways"
      case .belowZero: "an amount falls below zero"
      case .notDivisible: "a division with a rest"
      case .oddHalf: "half of an odd number"
      case .duplicate: "known, word for word"
      case .maskedDuplicate: "known, with other names"
      case .nearDuplicate: "known, in nearly the same words"
      case .heldOut: "it has something of a held-out problem"
      case .answerCheck: "the answer, put back, does not come out"
      case .severalAnswers: "several answers come out"
      case .noAgreement: "too few solutions say the same"
      case .unsolved: "no solution gives the expected answer: suspect"
      case .tooHard: "too few solutions are right"
      case .tooEasy: "too many solutions are right"
      }
    }
  }
}
