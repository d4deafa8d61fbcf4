import TreeInsight
import TreeSearch
import Vocabulary

/// A row of the list of problems.
public struct ProblemEntry: Hashable, Sendable, Identifiable {
  /// The problem's id, which `RunEffect.openProblem` carries.
  public let id: String
  /// Its text.
  public let question: String
  /// The reference answer, where there is one.
  public let answer: String?
  /// How hard it is, in the file's own word.
  public let tier: String?
  /// The split it belongs to.
  public let split: String?
  /// What chance says of it: the same for everybody. Zero until somebody has searched it, for of nothing else it is asked.
  private(set) var lot: UInt64 = 0
  /// What has been done with it, in a word (`40 sims`, `committed`); nil for nothing.
  public var progress: String?
  /// What its newest run came to; nil where there is none.
  public var result: ProblemResult? { didSet { drawLot() } }
  /// Who has a run of it open elsewhere; nil where nobody has.
  public var openWith: String?
  /// What was decided of it last, and by whom; nil while no commit of it stands.
  public var decision: ProblemDecision?

  /// A row for `problem`.
  public init(_ problem: Problem, tier: String? = nil, progress: String? = nil, result: ProblemResult? = nil) {
    id = problem.id
    question = problem.question
    answer = problem.reference
    split = problem.split
    self.tier = tier
    self.progress = progress
    self.result = result
    drawLot()
  }

  private mutating func drawLot() {
    if result != nil, lot == 0 { lot = SHA256.lot(of: id) }
  }

  /// True where words of a query are found in it.
  func says(_ text: SoughtText) -> Bool {
    [question, id, answer, tier, split].contains { $0.map(text.isFound) ?? false } || text.isFound(in: changingText)
  }

  /// What has been done with it, in short: what was decided, else how far its newest run has come.
  var state: String {
    [openWith.map { "open: \($0)" }, decision?.words ?? progress].compactMap { $0 }.joined(separator: ", ")
  }

  /// What work on it says of it.
  private var changingText: String {
    [state, result?.words ?? "", decision == nil ? "" : "committed decided"].joined(separator: " ")
  }
}

/// What somebody decided of a problem: the last commit of it that stands.
public struct ProblemDecision: Hashable, Sendable {
  /// What was said of the trajectory; nil where nothing was.
  public let verdict: Judgement.Verdict?
  /// Who said it.
  public let who: String

  /// A decision with its fields as given.
  public init(verdict: Judgement.Verdict?, who: String) { (self.verdict, self.who) = (verdict, who) }

  /// As the list shows it: `good, ana`.
  var words: String { "\(verdict?.rawValue ?? "committed"), \(who)" }
}

/// What a run of a problem came to.
public struct ProblemResult: Hashable, Sendable {
  /// Simulations done.
  public let simulations: Int
  /// Tokens generated.
  public let tokens: Int
  /// What the run's final selection answers; nil where no trajectory does, or nobody has looked.
  public let answer: String?
  /// Whether it agrees with the reference, where one is known.
  public let isCorrect: Bool?
  /// How many of the paper's five final selections give that answer.
  public let agreement: Int?
  /// True where some trajectory gives the reference's answer and no final selection chose it; nil where nobody has looked.
  public let missesRight: Bool?
  /// What a look at it is worth; nil where nobody has reckoned it.
  public let worth: CurationWorth?

  /// A result with its fields as given.
  public init(
    simulations: Int, tokens: Int, answer: String?, isCorrect: Bool?, agreement: Int?, missesRight: Bool? = nil,
    worth: CurationWorth? = nil
  ) {
    self.missesRight = missesRight
    self.worth = worth
    self.simulations = simulations
    self.tokens = tokens
    self.answer = answer
    self.isCorrect = isCorrect
    self.agreement = agreement
  }

  /// The agreement of the final selections: `4/5`.
  var finals: String? { agreement.map { "\($0)/5" } }

  /// What words of a filter can find: `right`, `wrong`, `4/5`.
  var words: String {
    [isCorrect.map { $0 ? "right" : "wrong" }, finals, answer, missesRight == true ? "missed" : nil].compactMap { $0 }
      .joined(separator: " ")
  }
}
