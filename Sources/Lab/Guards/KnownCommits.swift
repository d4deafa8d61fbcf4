import Vocabulary
import Workspace

/// What stands in the commit log, as far as a new commit may repeat it.
struct KnownCommits: Sendable {
  private var paths: [Int: String] = [:]
  private var questions: [Int: String] = [:]

  /// Nothing yet.
  init() {}

  /// Takes an active commit in. Complexity: O(bytes).
  mutating func add(_ commit: CommitLog.Commit) {
    let trajectory = commit.trajectory
    paths[Self.path(trajectory)] = commit.id
    for key in Self.keys(trajectory.problem) {
      questions[key] = questions[key] ?? trajectory.problem.id
    }
  }

  /// What of `trajectory` is there already.
  func findings(in trajectory: Trajectory) -> [GuardFinding] {
    var found: [GuardFinding] = []
    let problem = trajectory.problem
    if let commit = paths[Self.path(trajectory)] {
      found.append(
        GuardFinding(.committed, problem, span: trajectory.path.joined(), "the same path is commit \(commit)"))
    }
    let other = Self.keys(problem).lazy.compactMap { questions[$0] }.first { $0 != problem.id }
    if let other {
      found.append(
        GuardFinding(.sameProblem, problem, span: problem.question, "\(other.printable) of the log asks the same"))
    }
    return found
  }

  /// Stands for a path by value: lines that say the same are one, whatever their spelling.
  private static func path(_ trajectory: Trajectory) -> Int {
    var hasher = Hasher()
    hasher.combine(trajectory.problem.id)
    hasher.combine(StatedLine.all(in: trajectory.path.joined()))
    return hasher.finalize()
  }

  /// Stand for a question with its own names, and with any.
  private static func keys(_ problem: Problem) -> [Int] {
    SplitGuard.keys(TextWords(problem.question), try? WordStory(problem.question)).map(\.hashValue)
  }
}
