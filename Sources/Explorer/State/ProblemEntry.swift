import TreeInsight
import TreeSearch
import Vocabulary

/// A row of the list of problems.
public struct ProblemEntry: Hashable, Sendable, Identifiable {
  /// The problem's id, which `Effect.openProblem` carries.
  public let id: String
  /// Its text.
  public let question: String
  /// The reference answer, where there is one.
  public let answer: String?
  /// How hard it is, in the file's own word.
  public let tier: String?
  /// The split it belongs to.
  public let split: String?
  /// What has been done with it, in a word (`40 sims`, `committed`); nil for nothing.
  public var progress: String?
  /// What its newest run came to; nil where there is none.
  public var result: ProblemResult?

  /// A row for `problem`.
  public init(_ problem: Problem, tier: String? = nil, progress: String? = nil, result: ProblemResult? = nil) {
    id = problem.id
    question = problem.question
    answer = problem.answer
    split = problem.split
    self.tier = tier
    self.progress = progress
    self.result = result
  }

  /// True where every word of `query` stands in the row, whatever the case.
  func matches(_ query: String) -> Bool {
    let text = [id, question, answer ?? "", tier ?? "", split ?? "", progress ?? "", result?.words ?? ""].joined(
      separator: " "
    ).lowercased()
    return query.lowercased().split(separator: " ").allSatisfy { text.contains($0) }
  }
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
  /// How many of the five final selections give that answer.
  public let agreement: Int?

  /// A result with its fields as given.
  public init(simulations: Int, tokens: Int, answer: String?, isCorrect: Bool?, agreement: Int?) {
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
    [isCorrect.map { $0 ? "right" : "wrong" }, finals, answer].compactMap { $0 }.joined(separator: " ")
  }
}
