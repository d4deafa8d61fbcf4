import Vocabulary

extension DatasetFormat {
  /// `prompt`, `completions`, `ranks`: all options of a fork in their order.
  public static let ranking = DatasetFormat(
    name: "ranking", help: "rankers: the options of a step, the best first", task: "text-ranking",
    columns: [
      DatasetColumn("prompt", .text, meaning: "The question, a line break, and the options before the fork."),
      DatasetColumn("completions", .text, isList: true, meaning: "The options at the fork, the best first."),
      DatasetColumn(
        "ranks", .integer, isList: true, meaning: "Their ranks from 1; options that nothing tells apart share one."),
      DatasetColumn(
        "scores", .number, isList: true,
        meaning: "What each was worth in [0, 1]: Q, else its reward; null before either."),
      DatasetColumn("visits", .integer, isList: true, meaning: "Backups through each."),
      DatasetColumn(
        "acts", .text, isList: true,
        meaning: "What a person did to each: `good`, `neutral` or `bad` (a label), `wrote`, `pruned`; null for nothing."
      ),
      DatasetColumn("step", .integer, meaning: "The fork's place on the path, from 0."),
    ],
    node: "The node in the run of the committed path's option.", identity: ["prompt", "completions"],
    rule: { _ in
      "One row for each fork on a committed path with options that something tells apart. A person's act decides first, as in the "
        + "form `preference`: labelled good or written above, labelled bad, pruned, or only on paths judged bad below; then the "
        + "search does, by mean value Q, or reward where there is no Q. Options of which nothing is known are left out where no "
        + "person touched them. Nothing after a step labelled bad is ranked, and a path of which the person was unsure gives no row."
    },
    rows: { commit, source in
      guard source.isExample(commit) || source.isBad(commit) else { return [] }
      let trajectory = commit.trajectory
      return zip(trajectory.path, trajectory.steps).enumerated().prefix(source.goodSteps(of: commit) + 1)
        .compactMap { index, taken in
          let ranked = RankedOption.all(taken.0, taken.1, in: commit, source)
          guard let first = ranked.first, let last = ranked.last, first.rank != last.rank else { return nil }
          return [
            "prompt": .text(trajectory.prompt + trajectory.path.prefix(index).joined()),
            "completions": .list(ranked.map { .text($0.text) }), "ranks": .list(ranked.map { .integer($0.rank) }),
            "scores": .list(ranked.map { ExportValue($0.worth) }), "visits": .list(ranked.map { .integer($0.visits) }),
            "acts": .list(ranked.map { ExportValue($0.act) }), "step": .integer(index), "node": .integer(taken.1.node),
            "answer": .null, "correct": .null, "finished": .flag(false),
          ]
        }
    })
}

/// An option of a fork in its place.
private struct RankedOption {
  let text: String
  let worth: Double?
  let visits: Int
  let act: String?
  /// Above 0 above, below 0 below those that nobody touched.
  let standing: Int
  var rank = 1

  /// The option on the path of `commit` at `step` and its siblings, the best first, each text once.
  static func all(
    _ option: String, _ step: TrajectoryStep, in commit: CommitLog.Commit, _ source: DatasetSource
  ) -> [RankedOption] {
    var options = [
      RankedOption(
        text: option, worth: step.worth, visits: step.visits, act: source.act(on: step, in: commit),
        standing: source.standing(of: step, in: commit))
    ]
    for sibling in step.siblings where !options.contains(where: { $0.text == sibling.option }) {
      options.append(
        RankedOption(
          text: sibling.option, worth: sibling.worth, visits: sibling.visits, act: source.act(on: sibling, in: commit),
          standing: source.standing(of: sibling, in: commit)))
    }
    options = options.filter { $0.worth != nil || $0.act != nil || $0.standing != 0 }.enumerated()
      .sorted { a, b in
        a.element.isBetter(than: b.element) || !b.element.isBetter(than: a.element) && a.offset < b.offset
      }
      .map(\.element)
    for place in options.indices.dropFirst() {
      let (above, own) = (options[place - 1], options[place])
      // Of what nobody knows the worth nobody knows the place among those that a person treated alike.
      let isBelow = own.worth == nil && above.standing == own.standing ? false : above.isBetter(than: own)
      options[place].rank = isBelow ? place + 1 : options[place - 1].rank
    }
    return options
  }

  private func isBetter(than other: RankedOption) -> Bool {
    (standing, worth ?? -1) > (other.standing, other.worth ?? -1)
  }
}
