import TreeSearch

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
  public let progress: String?

  /// A row for `problem`.
  public init(_ problem: Problem, tier: String? = nil, progress: String? = nil) {
    id = problem.id
    question = problem.question
    answer = problem.answer
    split = problem.split
    self.tier = tier
    self.progress = progress
  }

  /// True where every word of `query` stands in the row, whatever the case.
  func matches(_ query: String) -> Bool {
    let text = [id, question, answer ?? "", tier ?? "", split ?? "", progress ?? ""].joined(separator: " ").lowercased()
    return query.lowercased().split(separator: " ").allSatisfy { text.contains($0) }
  }
}
