import Vocabulary

/// Two ways to go on after the same beginning, of which one is better: what all forms of pairs are made from.
struct PathFork {
  /// A way to go on, and what its first option was worth.
  struct Way {
    /// The option, or the rest of a committed path.
    let text: String
    /// Mean backed-up reward of the first option, else its own, in [0, 1]; nil where neither is known.
    let worth: Double?
    /// Backups through the first option.
    let visits: Int
    /// The first option's node.
    let node: Int
    /// The node behind which ``text`` ends; nil where it ends in a rollout.
    let end: Int?
    /// What the committed path goes on with behind ``text``; nil for an option beside it.
    var rest: String?
    /// The answer that text and rest end with.
    var answer: String?
    /// True where a step labelled bad follows in the rest.
    var turnsBad = false
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
  /// True where a person's act decides, not the search.
  let isByPerson: Bool

  var pair: Pair { Pair(prompt: prompt, chosen: chosen.text, rejected: rejected.text) }

  /// Every fork of `commit` that tells better from worse.
  static func found(in commit: CommitLog.Commit, _ source: DatasetSource) throws -> [PathFork] {
    if source.isExample(commit) { return all(of: commit, source) }
    return source.isBad(commit) ? try against(commit, source) : []
  }

  /// The forks at which `commit`, a path that may be imitated, is better than a sibling, and the one at which a step of it
  /// is labelled bad.
  private static func all(of commit: CommitLog.Commit, _ source: DatasetSource) -> [PathFork] {
    let good = source.goodSteps(of: commit)
    return siblings(of: commit, source) { step, order in (step < good) == (order > 0) && order != 0 }
  }

  /// The forks at which `commit`, a path judged bad, is worse than a sibling or than another path. What a path that may be
  /// imitated says already is not said again.
  private static func against(_ commit: CommitLog.Commit, _ source: DatasetSource) throws -> [PathFork] {
    let others = try source.examples(like: commit)
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
  ) -> [PathFork] {
    let trajectory = commit.trajectory
    let good = source.goodSteps(of: commit)
    var forks: [PathFork] = []
    for (index, (option, step)) in zip(trajectory.path, trajectory.steps).enumerated().prefix(good + 1) {
      let prompt = trajectory.prompt + trajectory.path.prefix(index).joined()
      for sibling in step.siblings where sibling.option != option {
        let order = source.comparison(step, sibling, in: commit)
        guard isWanted(index, order) else { continue }
        let own = Way(
          text: option, worth: step.worth, visits: step.visits, node: step.node, end: step.node,
          rest: trajectory.path.dropFirst(index + 1).joined(), answer: trajectory.answer,
          turnsBad: good < trajectory.steps.count)
        let other = Way(
          text: sibling.option, worth: sibling.worth, visits: sibling.visits, node: sibling.node, end: sibling.node)
        forks.append(
          PathFork(
            prompt: prompt, chosen: order > 0 ? own : other, rejected: order > 0 ? other : own, step: index,
            node: step.node, isByPerson: source.isByPerson(step, sibling, in: commit)))
      }
    }
    return forks
  }

  /// Where `bad` leaves the path of `good`; nil where one is the beginning of the other, or where a step labelled bad comes
  /// before or follows on the better one.
  private static func parting(
    of bad: CommitLog.Commit, from good: CommitLog.Commit, _ source: DatasetSource
  ) -> PathFork? {
    let (worse, better) = (bad.trajectory, good.trajectory)
    let shared = zip(worse.path, better.path).prefix { $0 == $1 }.count
    guard shared < worse.path.count, shared < better.path.count, source.goodSteps(of: good) == better.steps.count,
      shared <= source.goodSteps(of: bad)
    else { return nil }
    func rest(_ trajectory: Trajectory) -> Way {
      let step = trajectory.steps[shared]
      return Way(
        text: trajectory.path.dropFirst(shared).joined(), worth: step.worth, visits: step.visits, node: step.node,
        end: trajectory.steps.last?.rolledOut == true ? nil : trajectory.node, rest: "", answer: trajectory.answer)
    }
    return PathFork(
      prompt: worse.prompt + worse.path.prefix(shared).joined(), chosen: rest(better), rejected: rest(worse),
      step: shared, node: worse.steps[shared].node, isByPerson: true)
  }
}
