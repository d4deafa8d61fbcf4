import Vocabulary

/// What an export is made from: the active commits, and what people did and said to the options on and beside their paths.
///
/// The rules that all formats share stand here. What is judged bad is never imitated and never preferred. A person's act
/// outranks Q: a label decides; else an option that a person wrote stands above, one that a person pruned below all others.
/// Commits are read one at a time; of each a few numbers stay in memory.
public struct DatasetSource: Sendable {
  /// What the person who exports has chosen.
  public var options: DatasetOptions
  /// How paths of the commits' runs go on; nil where nothing but the log is known.
  public let endings: PathEndings?
  /// What the card says of the commits.
  let tally: DatasetTally
  private let commits: any CommitReading
  private let facts: CommitFacts

  /// The source of an export of `log` and of what people said beside it, which is nothing unless `labels` are given.
  ///
  /// A label beside the log counts as one in a commit does: of each person the last word, whichever log it stands in, by its
  /// moment. What an adjudicator decided of a step or a path outranks what anybody else says of it.
  /// Complexity: O(steps), and O(depth²) bytes a commit of a problem of which labels speak.
  public init(
    _ log: CommitLog, labels: LabelLedger = LabelLedger(), options: DatasetOptions = DatasetOptions(),
    endings: PathEndings? = nil
  ) throws {
    try self.init(LoadedCommits(log), labels: labels, options: options, endings: endings)
  }

  /// The source of an export of `commits`, which are read once. Throws ``WorkspaceError`` where one is damaged.
  package init(
    _ commits: any CommitReading, labels: LabelLedger = LabelLedger(), options: DatasetOptions = DatasetOptions(),
    endings: PathEndings? = nil
  ) throws {
    (self.commits, self.options, self.endings) = (commits, options, endings)
    var (facts, tally) = (CommitFacts(ledger: labels), DatasetTally())
    try commits.forEach { commit in
      guard commit.isActive else { return }
      facts.add(commit)
      tally.add(commit)
    }
    facts.settle()
    (self.facts, self.tally) = (facts, tally)
  }

  /// Gives every active commit to `body`, the oldest first. Throws ``WorkspaceError``, and what `body` throws.
  public func forEach(_ body: (CommitLog.Commit) throws -> Void) throws {
    try commits.forEach { if $0.isActive { try body($0) } }
  }

  /// The active commits that may be imitated and begin with the same problem and prompt as `commit`, which is judged bad, the
  /// oldest first. Complexity: O(commits found).
  func examples(like commit: CommitLog.Commit) throws -> [CommitLog.Commit] {
    try facts.examples(like: commit).map { try commits.commit(at: $0) }
  }

  /// What holds of the path of `commit`: what an adjudicator decided; else what the person who committed it says, in a label
  /// since then or in the commit itself.
  public func verdict(of commit: CommitLog.Commit) -> Judgement.Verdict? { facts.verdict(of: commit) }

  /// True where the path of `commit` may be imitated and preferred: it is judged good or not judged, and nobody else judged
  /// the same path bad; or an adjudicator decided so. A path of which the person was unsure is none to learn from.
  public func isExample(_ commit: CommitLog.Commit) -> Bool {
    let verdict = verdict(of: commit)
    return (verdict == nil || verdict == .good) && !facts.isPathBad(commit)
  }

  /// True where `commit`, a label or an adjudicator says that its path is bad, and the same person has not said otherwise of it
  /// since.
  public func isBad(_ commit: CommitLog.Commit) -> Bool { facts.isBad(commit) }

  /// What people say of a step on the path of `commit`, in this or another commit through it: of each person the last label
  /// counts, and one who finds the step bad is enough; nil where nobody labelled it.
  public func label(of step: TrajectoryStep, in commit: CommitLog.Commit) -> StepLabel? {
    // A line of a rollout is no node: what is said of the node that it began from is not said of it.
    if step.rolledOut == true { return nil }
    return facts.label(of: step.node, in: commit.trajectory.run)
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
  /// part before the first step labelled bad, which has no answer and is not finished. Nil where nothing may: where that part
  /// itself was committed and judged bad, too.
  public func imitable(_ commit: CommitLog.Commit) -> (path: String, end: DatasetRow)? {
    let (trajectory, count) = (commit.trajectory, goodSteps(of: commit))
    guard isExample(commit), count > 0 else { return nil }
    let path = trajectory.path.prefix(count).joined()
    if count == trajectory.steps.count { return (path, [:]) }
    if facts.isPathBad(Array(trajectory.path.prefix(count)), after: trajectory.prompt) { return nil }
    let node = trajectory.steps[count - 1].node
    return (path, ["node": .integer(node), "answer": .null, "correct": .null, "finished": .flag(false)])
  }

  /// How the option on the path of `commit` at `step` compares with `sibling`: above zero where it is the better one, below
  /// zero where the sibling is, zero where nobody and nothing tells them apart.
  ///
  /// A person's act decides; where both stand alike, the search does: the higher mean value Q, or reward where there is no
  /// Q. The better one is never one that a person thinks bad: labelled so, pruned, or on a path judged bad.
  public func comparison(_ step: TrajectoryStep, _ sibling: SiblingOption, in commit: CommitLog.Commit) -> Int {
    let (own, other) = ranks(step, sibling, in: commit)
    var order = own - other
    if order == 0, let worth = step.worth, let others = sibling.worth {
      order = worth > others ? 1 : worth < others ? -1 : 0
    }
    if order > 0 { return own < 0 ? 0 : order }
    return other < 0 || facts.isCondemned(sibling.node, in: commit.trajectory.run) ? 0 : order
  }

  /// True where a person's act tells the option on the path of `commit` at `step` from `sibling`, whatever the search found.
  public func isByPerson(_ step: TrajectoryStep, _ sibling: SiblingOption, in commit: CommitLog.Commit) -> Bool {
    let (own, other) = ranks(step, sibling, in: commit)
    return own != other
  }

  /// Nodes of `run` that a person thinks bad: labelled so, or on a path judged bad and on none that may be imitated.
  func badNodes(of run: String) -> Set<Int> { facts.badNodes(of: run) }

  /// How people's acts rank the option on the path of `commit` at `step`: 1 above those that nobody touched, -1 below them where it
  /// is on paths judged bad alone, -2 where it is labelled bad.
  func standing(of step: TrajectoryStep, in commit: CommitLog.Commit) -> Int {
    let isCondemned = facts.isCondemned(step.node, in: commit.trajectory.run) && step.rolledOut != true
    return standing(rank(label(of: step, in: commit), inserted: step.inserted), isCondemned)
  }

  /// The same of `sibling`, -2 where it is pruned as well.
  func standing(of sibling: SiblingOption, in commit: CommitLog.Commit) -> Int {
    let run = commit.trajectory.run
    let label = facts.label(of: sibling.node, in: run)
    return standing(
      rank(label, inserted: sibling.inserted, pruned: sibling.pruned), facts.isCondemned(sibling.node, in: run))
  }

  private func standing(_ rank: Int, _ isCondemned: Bool) -> Int { rank < 0 ? -2 : isCondemned ? -1 : rank }

  /// What a person did to the option on the path of `commit` at `step`, in a word; nil for nothing.
  func act(on step: TrajectoryStep, in commit: CommitLog.Commit) -> String? {
    label(of: step, in: commit)?.word ?? (step.inserted ? "wrote" : nil)
  }

  /// The same of `sibling`.
  func act(on sibling: SiblingOption, in commit: CommitLog.Commit) -> String? {
    facts.label(of: sibling.node, in: commit.trajectory.run)?.word
      ?? (sibling.inserted ? "wrote" : sibling.pruned ? "pruned" : nil)
  }

  private func ranks(
    _ step: TrajectoryStep, _ sibling: SiblingOption, in commit: CommitLog.Commit
  ) -> (own: Int, other: Int) {
    (
      rank(label(of: step, in: commit), inserted: step.inserted),
      rank(
        facts.label(of: sibling.node, in: commit.trajectory.run), inserted: sibling.inserted,
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
