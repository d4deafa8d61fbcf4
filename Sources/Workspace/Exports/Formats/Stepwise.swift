import Vocabulary

extension DatasetFormat {
  /// `prompt`, `completions`, `labels`: process reward models.
  public static let stepwise = DatasetFormat(
    name: "stepwise", help: "process reward models", task: "token-classification",
    columns: [
      DatasetColumn("prompt", .text, meaning: "The question."),
      DatasetColumn(
        "completions", .text, isList: true,
        meaning: "The options of the path without their line breaks, up to the first that nobody and nothing judged."),
      DatasetColumn("labels", .flag, isList: true, meaning: "Whether each step is good."),
      DatasetColumn(
        "label_sources", .text, isList: true,
        meaning:
          "Where each label comes from: `human` (a person), `prm` (PRM ≥ 0.5), `reward` (merged critic score ≥ 0.5, "
          + "where no PRM spoke), `verdict` (a person judged the whole path bad)."),
      DatasetColumn(
        "prm", .number, isList: true, meaning: "The PRM's score of each step in [0, 1], for soft labels."),
    ],
    thinking: [.thinking], node: "The node where the path ends.",
    rule: { options in
      "One row for each active commit. A person's label decides a step (good is true, bad is false, neutral is "
        + "\(options.neutralCountsAsGood)); else PRM ≥ 0.5; else the merged critic score ≥ 0.5. The row ends before the "
        + "first step without any. The last step of a path judged bad is false where nothing else on the path is and no "
        + "person labelled that step. Of a path of which the person was unsure only labelled steps count."
    },
    rows: { commit, source in
      let steps = JudgedStep.steps(of: commit, source)
      if steps.isEmpty { return [] }
      let thinking = source.thinking(of: commit, first: steps.count).map { ExportValue($0) }
      let more: DatasetRow = source.options.withThinking ? ["thinking": .list(thinking)] : [:]
      return [
        [
          "prompt": .text(commit.trajectory.problem.prompt),
          "completions": .list(steps.map { .text($0.text) }), "labels": .list(steps.map { .flag($0.isGood) }),
          "label_sources": .list(steps.map { .text($0.judge.rawValue) }),
          "prm": .list(steps.map { ExportValue($0.prm) }),
        ].merging(more) { $1 }
      ]
    })
}

/// A step of a committed path with its label and who gave it.
private struct JudgedStep {
  enum Judge: String {
    case human, prm, reward, verdict
  }

  let text: String
  var isGood: Bool
  var judge: Judge
  let prm: Double?

  /// The steps of `commit` up to the first without a label.
  static func steps(of commit: CommitLog.Commit, _ source: DatasetSource) -> [JudgedStep] {
    var steps: [JudgedStep] = []
    for (option, step) in zip(commit.trajectory.path, commit.trajectory.steps) {
      guard let (isGood, judge) = label(step, in: commit, source) else { break }
      if source.verdict(of: commit) == .unsure, judge != .human { break }
      steps.append(
        JudgedStep(text: option.withoutLineBreak, isGood: isGood, judge: judge, prm: step.scores["prm"]))
    }
    // The critics find no fault with a path in which a person does: it shows at its end at the latest.
    if source.isBad(commit), steps.count == commit.trajectory.steps.count, steps.allSatisfy(\.isGood),
      let last = steps.indices.last, steps[last].judge != .human
    {
      (steps[last].isGood, steps[last].judge) = (false, .verdict)
    }
    return steps
  }

  /// Whether a step is good and who says so: a person, else the PRM, else the merged critics; nil where nobody does.
  private static func label(
    _ step: TrajectoryStep, in commit: CommitLog.Commit, _ source: DatasetSource
  ) -> (Bool, Judge)? {
    // What is said of a line of a rollout, which is no node, stands in its commit alone.
    if let label = step.rolledOut == true ? step.label : source.label(of: step, in: commit) {
      return (label == .good || (label == .neutral && source.options.neutralCountsAsGood), .human)
    }
    if let score = step.scores["prm"] { return (score >= 0.5, .prm) }
    return step.reward.map { ($0 >= 0.5, .reward) }
  }
}
