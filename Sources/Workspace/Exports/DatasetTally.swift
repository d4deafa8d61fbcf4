/// What a dataset card says of the commits that its rows are made from: counts and names, whatever their number.
struct DatasetTally: Equatable, Sendable {
  /// Active commits.
  private(set) var commits = 0
  /// True where a person labelled a step of one.
  private(set) var hasLabels = false
  /// Ids of their problems.
  private(set) var problems: Set<String> = []
  /// Roles and models of their runs.
  private(set) var models: Set<String> = []
  /// Critics of their runs with their weights.
  private(set) var critics: Set<String> = []
  /// Where their problems are from.
  private(set) var sources: Set<String> = []

  /// Counts an active commit.
  mutating func add(_ commit: CommitLog.Commit) {
    let trajectory = commit.trajectory
    commits += 1
    hasLabels = hasLabels || trajectory.steps.contains { $0.label != nil }
    problems.insert(trajectory.problem.id)
    models.formUnion(trajectory.models.map { "\($0.key) \($0.value)" })
    critics.formUnion(trajectory.critics.map { "\($0.name) × \($0.weight)" })
    if let source = trajectory.problem.source { sources.insert(source) }
  }
}
