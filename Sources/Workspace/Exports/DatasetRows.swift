import Vocabulary

/// Turns commits into rows of one format. Pure: the log and the options decide every byte.
struct DatasetRows {
  typealias Row = [String: ExportValue]

  /// The rows in order of commit, step and sibling.
  let rows: [Row]
  /// Active commits that gave no row.
  let skipped: Int

  init(_ format: DatasetFormat, _ commits: [CommitLog.Commit], _ options: DatasetOptions) {
    var rows: [Row] = []
    var skipped = 0
    for commit in commits {
      let made: [Row] =
        switch format {
        case .promptCompletion: Self.promptCompletion(commit)
        case .conversational: Self.conversational(commit)
        case .preference: Self.preference(commit)
        case .stepwise: Self.stepwise(commit, options)
        }
      if made.isEmpty { skipped += 1 }
      rows += made
    }
    self.rows = rows
    self.skipped = skipped
  }

  private static func promptCompletion(_ commit: CommitLog.Commit) -> [Row] {
    guard isImitable(commit.trajectory) else { return [] }
    return [
      side(
        commit,
        [
          "prompt": .text(prompt(commit.trajectory)),
          "completion": .text(commit.trajectory.path.joined()),
        ])
    ]
  }

  private static func conversational(_ commit: CommitLog.Commit) -> [Row] {
    guard isImitable(commit.trajectory) else { return [] }
    func message(_ role: String, _ content: String) -> ExportValue {
      .object(["role": .text(role), "content": .text(content)])
    }
    let answer = withoutLineBreak(commit.trajectory.path.joined())
    return [
      side(
        commit,
        ["messages": .list([message("user", commit.trajectory.problem.question), message("assistant", answer)])])
    ]
  }

  private static func preference(_ commit: CommitLog.Commit) -> [Row] {
    let trajectory = commit.trajectory
    var rows: [Row] = []
    for (index, (option, step)) in zip(trajectory.path, trajectory.steps).enumerated() where step.label != .bad {
      let prompt = prompt(trajectory) + trajectory.path.prefix(index).joined()
      for sibling in step.siblings where sibling.option != option {
        guard let better = step.worth, let worse = sibling.worth, worse < better else { continue }
        var row = side(
          commit,
          [
            "prompt": .text(prompt), "chosen": .text(option), "rejected": .text(sibling.option),
            "chosen_score": .number(better), "rejected_score": .number(worse), "step": .integer(index),
          ])
        row["node"] = .integer(step.node)
        rows.append(row)
      }
    }
    return rows
  }

  private static func stepwise(_ commit: CommitLog.Commit, _ options: DatasetOptions) -> [Row] {
    var texts: [ExportValue] = []
    var labels: [ExportValue] = []
    var sources: [ExportValue] = []
    var scores: [ExportValue] = []
    for (option, step) in zip(commit.trajectory.path, commit.trajectory.steps) {
      guard let (label, source) = judgement(step, options) else { break }
      texts.append(.text(withoutLineBreak(option)))
      labels.append(.flag(label))
      sources.append(.text(source))
      scores.append(ExportValue(step.scores["prm"]))
    }
    guard !texts.isEmpty else { return [] }
    return [
      side(
        commit,
        [
          "prompt": .text(commit.trajectory.problem.question), "completions": .list(texts), "labels": .list(labels),
          "label_sources": .list(sources), "prm": .list(scores),
        ])
    ]
  }

  /// Whether a step is good and who says so: a person, else the PRM, else the merged critics; nil where nobody does.
  private static func judgement(_ step: TrajectoryStep, _ options: DatasetOptions) -> (Bool, String)? {
    if let label = step.label { return (label == .good || (label == .neutral && options.neutralCountsAsGood), "human") }
    if let score = step.scores["prm"] { return (score >= 0.5, "prm") }
    return step.reward.map { ($0 >= 0.5, "reward") }
  }

  /// A path on which a person labelled a step as bad is there to be judged, not to be imitated.
  private static func isImitable(_ trajectory: Trajectory) -> Bool { !trajectory.steps.contains { $0.label == .bad } }

  private static func prompt(_ trajectory: Trajectory) -> String {
    let question = trajectory.problem.question
    return question.hasSuffix("\n") ? question : question + "\n"
  }

  private static func withoutLineBreak(_ text: String) -> String {
    String(text.trimmingSuffix { $0.isNewline })
  }

  private static func side(_ commit: CommitLog.Commit, _ row: Row) -> Row {
    let trajectory = commit.trajectory
    return row.merging(
      [
        "commit": .text(commit.id), "run": .text(trajectory.run), "node": .integer(trajectory.node),
        "problem": .text(trajectory.problem.id), "problem_split": ExportValue(trajectory.problem.split),
        "answer": ExportValue(trajectory.answer), "correct": ExportValue(trajectory.correct),
        "finished": .flag(trajectory.terminal != nil), "who": .text(commit.entry.who),
      ]) { own, _ in own }
  }
}

extension StringProtocol {
  fileprivate func trimmingSuffix(while matches: (Character) -> Bool) -> SubSequence {
    var end = endIndex
    while end > startIndex, matches(self[index(before: end)]) { end = index(before: end) }
    return self[..<end]
  }
}
