import Vocabulary

/// What an export is made from: the active commits, and what people did and said to the options on and beside their paths.
///
/// The rules that all formats share stand here. What is judged bad is never imitated and never preferred. A person's act
/// outranks Q: a label decides; else an option that a person wrote stands above, one that a person pruned below all others.
public struct DatasetSource: Sendable {
  /// The active commits, the oldest first.
  public let commits: [CommitLog.Commit]
  /// What the person who exports has chosen.
  public let options: DatasetOptions
  /// How paths of the commits' runs go on; nil where nothing but the log is known.
  public let endings: PathEndings?
  /// Paths that somebody judged bad, and has not judged otherwise since.
  private let badPaths: Set<Path>
  /// What people say of the paths of commits.
  private var verdicts: [Path: Opinions<Judgement.Verdict>] = [:]
  /// Labels of steps by run and node, over all commits and labels: what an adjudicator decided, else of each person the last,
  /// of several people's the worst.
  private let labels: [Place: StepLabel]
  /// Options on paths judged bad that are on no path to be imitated.
  private var condemned: Set<Place> = []

  /// A solution in words: the same path may be committed more than once, from more than one run.
  private struct Path: Hashable {
    let prompt: String
    let options: [String]

    init(_ trajectory: Trajectory) { (prompt, options) = (trajectory.prompt, trajectory.path) }
  }

  /// A node of a run.
  private struct Place: Hashable {
    let run: String
    let node: Int
  }

  /// The source of an export of `log` and of what people said beside it, which is nothing unless `ledger` is given.
  ///
  /// A label beside the log counts as one in a commit does: of each person the last word, whichever log it stands in, by its
  /// moment. What an adjudicator decided of a step or a path outranks what anybody else says of it.
  /// Complexity: O(steps), and O(depth²) bytes a commit of a problem of which labels speak.
  public init(
    _ log: CommitLog, labels ledger: LabelLedger = LabelLedger(), options: DatasetOptions = DatasetOptions(),
    endings: PathEndings? = nil
  ) {
    commits = log.commits.filter(\.isActive)
    self.options = options
    self.endings = endings
    let units = PathUnits(ledger: ledger)
    var labels: [Place: Opinions<StepLabel>] = [:]
    var unitOf: [Place: String] = [:]
    for commit in commits {
      let (trajectory, who, at) = (commit.trajectory, commit.entry.who, commit.entry.at)
      if let verdict = commit.judgement.verdict {
        verdicts[Path(trajectory), default: Opinions()].add(verdict, by: who, at: at)
      }
      for step in trajectory.steps where step.label != nil {
        labels[Place(run: trajectory.run, node: step.node), default: Opinions()].add(step.label, by: who, at: at)
      }
      for (node, unit) in units.steps(of: trajectory) { unitOf[Place(run: trajectory.run, node: node)] = unit }
    }
    for commit in commits {
      guard let unit = units.unit(of: commit.trajectory) else { continue }
      verdicts[Path(commit.trajectory), default: Opinions()].add(.verdict, of: unit, in: ledger)
    }
    for unit in ledger.units {
      for place in unit.places { unitOf[Place(run: place.run, node: place.node)] = unit.id }
    }
    for (place, unit) in unitOf { labels[place, default: Opinions()].add(.step, of: unit, in: ledger) }
    badPaths = Set(verdicts.filter { $0.value.standing.contains(.bad) }.keys)
    self.labels = labels.compactMapValues(\.label)
    condemned = Set(commits.filter(isBad).flatMap { places(of: $0) })
      .subtracting(commits.filter(isExample).flatMap { places(of: $0).prefix(goodSteps(of: $0)) })
  }

  private func places(of commit: CommitLog.Commit) -> [Place] {
    commit.trajectory.steps.filter { $0.rolledOut != true }.map { Place(run: commit.trajectory.run, node: $0.node) }
  }

  /// What holds of the path of `commit`: what an adjudicator decided; else what the person who committed it says, in a label
  /// since then or in the commit itself.
  public func verdict(of commit: CommitLog.Commit) -> Judgement.Verdict? {
    guard let opinions = verdicts[Path(commit.trajectory)] else { return commit.judgement.verdict }
    if let decided = opinions.decided { return decided }
    guard let later = opinions.label(by: commit.entry.who, since: commit.entry.at) else {
      return commit.judgement.verdict
    }
    return later.value
  }

  /// True where the path of `commit` may be imitated and preferred: it is judged good or not judged, and nobody else judged
  /// the same path bad; or an adjudicator decided so. A path of which the person was unsure is none to learn from.
  public func isExample(_ commit: CommitLog.Commit) -> Bool {
    let verdict = verdict(of: commit)
    return (verdict == nil || verdict == .good) && !badPaths.contains(Path(commit.trajectory))
  }

  /// True where `commit`, a label or an adjudicator says that its path is bad, and the same person has not said otherwise of it
  /// since.
  public func isBad(_ commit: CommitLog.Commit) -> Bool {
    let path = Path(commit.trajectory)
    guard badPaths.contains(path) else { return false }
    return verdict(of: commit) == .bad || verdicts[path]?.isSaidInLabel(.bad) == true
  }

  /// What people say of a step on the path of `commit`, in this or another commit through it: of each person the last label
  /// counts, and one who finds the step bad is enough; nil where nobody labelled it.
  public func label(of step: TrajectoryStep, in commit: CommitLog.Commit) -> StepLabel? {
    // A line of a rollout is no node: what is said of the node that it began from is not said of it.
    if step.rolledOut == true { return nil }
    return labels[Place(run: commit.trajectory.run, node: step.node)]
  }

  /// Steps of `commit` before the first that is labelled bad: what follows a wrong step is nobody's example.
  public func goodSteps(of commit: CommitLog.Commit) -> Int {
    let steps = commit.trajectory.steps
    return steps.firstIndex { label(of: $0, in: commit) == .bad } ?? steps.count
  }

  /// What the model thought before each of the first `count` steps of `commit`; null where it told none.
  func thinking(of commit: CommitLog.Commit, first count: Int) -> [String?] {
    commit.trajectory.steps.prefix(count).map(\.thinking)
  }

  /// What of the path of `commit` may be imitated, and what a row that ends there says of its end: the whole path, or the
  /// part before the first step labelled bad, which has no answer and is not finished. Nil where nothing may.
  public func imitable(_ commit: CommitLog.Commit) -> (path: String, end: DatasetRow)? {
    let (trajectory, count) = (commit.trajectory, goodSteps(of: commit))
    guard isExample(commit), count > 0 else { return nil }
    let path = trajectory.path.prefix(count).joined()
    if count == trajectory.steps.count { return (path, [:]) }
    let node = trajectory.steps[count - 1].node
    return (path, ["node": .integer(node), "answer": .null, "correct": .null, "finished": .flag(false)])
  }

  /// How the option on the path of `commit` at `step` compares with `sibling`: above zero where it is the better one, below
  /// zero where the sibling is, zero where nobody and nothing tells them apart.
  ///
  /// A person's act decides; where both stand alike, the search does: the higher mean value Q, or reward where there is no
  /// Q. The better one is never one that a person thinks bad: labelled so, pruned, or on a path judged bad.
  public func comparison(_ step: TrajectoryStep, _ sibling: SiblingOption, in commit: CommitLog.Commit) -> Int {
    let there = Place(run: commit.trajectory.run, node: sibling.node)
    let (own, other) = ranks(step, sibling, in: commit)
    var order = own - other
    if order == 0, let worth = step.worth, let others = sibling.worth {
      order = worth > others ? 1 : worth < others ? -1 : 0
    }
    if order > 0 { return own < 0 ? 0 : order }
    return other < 0 || condemned.contains(there) ? 0 : order
  }

  /// True where a person's act tells the option on the path of `commit` at `step` from `sibling`, whatever the search found.
  public func isByPerson(_ step: TrajectoryStep, _ sibling: SiblingOption, in commit: CommitLog.Commit) -> Bool {
    let (own, other) = ranks(step, sibling, in: commit)
    return own != other
  }

  /// Nodes of `run` that a person thinks bad: labelled so, or on a path judged bad and on none that may be imitated.
  func badNodes(of run: String) -> Set<Int> {
    let labelled = labels.filter { $0.key.run == run && $0.value == .bad }.map(\.key.node)
    return Set(labelled).union(condemned.filter { $0.run == run }.map(\.node))
  }

  private func ranks(
    _ step: TrajectoryStep, _ sibling: SiblingOption, in commit: CommitLog.Commit
  ) -> (own: Int, other: Int) {
    (
      rank(label(of: step, in: commit), inserted: step.inserted),
      rank(
        labels[Place(run: commit.trajectory.run, node: sibling.node)], inserted: sibling.inserted,
        pruned: sibling.pruned)
    )
  }

  /// How a person's acts rank an option: 1 above, -1 below those that nobody touched.
  private func rank(_ label: StepLabel?, inserted: Bool, pruned: Bool = false) -> Int {
    switch label {
    case .good: 1
    case .neutral: 0
    case .bad: -1
    case nil: inserted ? 1 : pruned ? -1 : 0
    }
  }
}

extension Trajectory {
  /// The question as a prompt, with a line break at its end.
  public var prompt: String { problem.prompt.hasSuffix("\n") ? problem.prompt : problem.prompt + "\n" }
}

extension String {
  /// The text without the line breaks at its end, for forms in which they go without saying.
  var withoutLineBreak: String { String(self[..<(lastIndex { !$0.isNewline }.map { index(after: $0) } ?? startIndex)]) }
}
