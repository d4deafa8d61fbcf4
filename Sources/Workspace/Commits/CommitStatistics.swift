import Vocabulary

/// How many commits there are, by what.
public struct CommitStatistics: Codable, Equatable, Sendable {
  /// Commits that take part in exports.
  public private(set) var active: Int = 0
  /// Commits taken back.
  public private(set) var undone: Int = 0
  /// Active commits by problem.
  public private(set) var byProblem: [String: Int] = [:]
  /// Active commits by person.
  public private(set) var byPerson: [String: Int] = [:]
  /// Active commits whose answer agrees with the reference.
  public private(set) var correct: Int = 0
  /// Active commits whose answer does not.
  public private(set) var wrong: Int = 0
  /// Active commits without a reference or an answer.
  public private(set) var unknown: Int = 0
  /// Active commits by verdict: `good`, `bad`, `unsure`, and `none` where no verdict was given.
  public private(set) var byVerdict: [String: Int] = [:]
  /// Steps with a person's label, in active commits.
  public private(set) var labelledSteps: Int = 0

  /// Counts `log`. Complexity: O(entries).
  public init(_ log: CommitLog) { log.commits.forEach { count($0) } }

  /// Counts `commits`. Throws ``WorkspaceError`` where one is damaged. Complexity: O(entries), one in memory at a time.
  public init(_ commits: WorkspaceCommits) throws { try commits.forEach { count($0) } }

  private mutating func count(_ commit: CommitLog.Commit) {
    guard commit.isActive else { return undone += 1 }
    active += 1
    byProblem[commit.trajectory.problem.id, default: 0] += 1
    byPerson[commit.entry.who, default: 0] += 1
    byVerdict[commit.judgement.verdict?.rawValue ?? "none", default: 0] += 1
    switch commit.trajectory.correct {
    case true?: correct += 1
    case false?: wrong += 1
    case nil: unknown += 1
    }
    labelledSteps += commit.trajectory.steps.count { $0.label != nil }
  }
}
