extension DatasetFormat {
  /// `prompt`, `chosen`, `rejected`: DPO and its kin.
  public static let preference = DatasetFormat(
    name: "preference", help: "DPO and its kin",
    columns: [
      DatasetColumn("prompt", .text, meaning: "The question, a line break, and the options before the fork."),
      DatasetColumn(
        "chosen", .text,
        meaning:
          "The better option at the fork; where two committed paths are compared, the rest of the better path from there."
      ),
      DatasetColumn("rejected", .text, meaning: "The other option, or the rest of the path judged bad."),
      DatasetColumn(
        "chosen_score", .number,
        meaning: "What the chosen option was worth in [0, 1]: Q, else its reward; null before either."),
      DatasetColumn("rejected_score", .number, meaning: "The same of the rejected option."),
      DatasetColumn("step", .integer, meaning: "The fork's place on the path, from 0."),
    ],
    node:
      "The node in the run of the committed path's option: the chosen one, or the rejected one where it is judged bad.",
    rule: { _ in
      "One row for each fork on a committed path and each sibling there that tells better from worse. A person's act "
        + "decides: an option labelled good or written by a person is better, one labelled bad or pruned is worse than "
        + "those that nobody touched, whatever the search found. Where both stand alike, the search decides: a higher mean "
        + "value Q, or a higher reward where there is no Q; unknown or equal worth gives no row. A path judged good, or "
        + "not judged, gives `chosen` options, and `rejected` only where a step is labelled bad; a path judged bad gives "
        + "`rejected` options alone, against better siblings and, from the fork on, against each path to the same problem "
        + "that may be imitated. Nothing after a step labelled bad is compared, and a path of which the person was unsure "
        + "gives no row."
    },
    rows: { commit, source in
      if source.isExample(commit) { return Fork.all(of: commit, source).map(\.row) }
      return source.isBad(commit) ? Fork.against(commit, source).map(\.row) : []
    })
}

/// Two ways to go on after the same beginning, of which one is better.
private struct Fork {
  /// A way to go on, and what its first option was worth.
  struct Way {
    let text: String
    let worth: Double?
  }

  /// What two rows have in common that say the same.
  struct Pair: Hashable {
    let prompt: String
    let chosen: String
    let rejected: String
  }

  let prompt: String
  let chosen: Way
  let rejected: Way
  let step: Int
  /// The node of the committed path's option.
  let node: Int

  var pair: Pair { Pair(prompt: prompt, chosen: chosen.text, rejected: rejected.text) }

  var row: DatasetRow {
    [
      "prompt": .text(prompt), "chosen": .text(chosen.text), "rejected": .text(rejected.text),
      "chosen_score": ExportValue(chosen.worth), "rejected_score": ExportValue(rejected.worth),
      "step": .integer(step), "node": .integer(node),
    ]
  }

  /// The forks at which `commit`, a path that may be imitated, is better than a sibling, and the one at which a step of it
  /// is labelled bad.
  static func all(of commit: CommitLog.Commit, _ source: DatasetSource) -> [Fork] {
    let good = source.goodSteps(of: commit)
    return siblings(of: commit, source) { step, order in (step < good) == (order > 0) && order != 0 }
  }

  /// The forks at which `commit`, a path judged bad, is worse than a sibling or than another path. What a path that may be
  /// imitated says already is not said again.
  static func against(_ commit: CommitLog.Commit, _ source: DatasetSource) -> [Fork] {
    let others = source.commits.filter {
      source.isExample($0) && $0.trajectory.problem.id == commit.trajectory.problem.id
        && $0.trajectory.prompt == commit.trajectory.prompt
    }
    var said = Set(others.flatMap { all(of: $0, source) }.map(\.pair))
    let forks =
      siblings(of: commit, source) { _, order in order < 0 }
      + others.compactMap { parting(of: commit, from: $0, source) }
    return forks.filter { said.insert($0.pair).inserted }
  }

  /// The forks of `commit` with siblings up to its first step labelled bad, in order of step and sibling, that `isWanted`
  /// finds by the step's place and ``DatasetSource/comparison(_:_:in:)``.
  private static func siblings(
    of commit: CommitLog.Commit, _ source: DatasetSource, where isWanted: (Int, Int) -> Bool
  ) -> [Fork] {
    let trajectory = commit.trajectory
    var forks: [Fork] = []
    for (index, (option, step)) in zip(trajectory.path, trajectory.steps).enumerated().prefix(
      source.goodSteps(of: commit) + 1)
    {
      let prompt = trajectory.prompt + trajectory.path.prefix(index).joined()
      for sibling in step.siblings where sibling.option != option {
        let order = source.comparison(step, sibling, in: commit)
        guard isWanted(index, order) else { continue }
        let own = Way(text: option, worth: step.worth)
        let other = Way(text: sibling.option, worth: sibling.worth)
        forks.append(
          Fork(
            prompt: prompt, chosen: order > 0 ? own : other, rejected: order > 0 ? other : own, step: index,
            node: step.node))
      }
    }
    return forks
  }

  /// Where `bad` leaves the path of `good`; nil where one is the beginning of the other, or where a step labelled bad comes
  /// before or follows on the better one.
  private static func parting(
    of bad: CommitLog.Commit, from good: CommitLog.Commit, _ source: DatasetSource
  ) -> Fork? {
    let (worse, better) = (bad.trajectory, good.trajectory)
    let shared = zip(worse.path, better.path).prefix { $0 == $1 }.count
    guard shared < worse.path.count, shared < better.path.count, source.goodSteps(of: good) == better.steps.count,
      shared <= source.goodSteps(of: bad)
    else { return nil }
    func rest(_ trajectory: Trajectory) -> Way {
      Way(text: trajectory.path.dropFirst(shared).joined(), worth: trajectory.steps[shared].worth)
    }
    return Fork(
      prompt: worse.prompt + worse.path.prefix(shared).joined(), chosen: rest(better), rejected: rest(worse),
      step: shared, node: worse.steps[shared].node)
  }
}
