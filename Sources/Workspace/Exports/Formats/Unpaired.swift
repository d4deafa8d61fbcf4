extension DatasetFormat {
  /// `prompt`, `completion`, `label`: KTO and its kin.
  public static let unpaired = DatasetFormat(
    name: "unpaired", help: "KTO and its kin",
    columns: [
      DatasetColumn(
        "prompt", .text, meaning: "The question and a line break, with the options before the fork of a pair."),
      DatasetColumn("completion", .text, meaning: "How it goes on, to an answer."),
      DatasetColumn("label", .flag, meaning: "Whether that is good."),
      DatasetColumn(
        "score", .number,
        meaning: "What the first option of the completion was worth in [0, 1]: Q, else its reward; null before either."),
      DatasetColumn("step", .integer, meaning: "The first option's place on its path, from 0."),
    ],
    identity: ["prompt", "completion"],
    rule: { options in
      "One row for each active commit that ends with an answer: true where its path may be imitated, false where it is judged "
        + "bad; none where the person was unsure, or labelled a step of it bad. And a false one for the rejected side of each "
        + "pair of the form `finished-preference`. \(leavingOut(options))"
    },
    yield: { commit, source in
      var yield = DatasetYield()
      let trajectory = commit.trajectory
      let isGood = source.isExample(commit) && source.goodSteps(of: commit) == trajectory.steps.count
      if isGood || source.isBad(commit) {
        if trajectory.answer != nil {
          yield.rows.append([
            "prompt": .text(trajectory.prompt), "completion": .text(trajectory.path.joined()), "label": .flag(isGood),
            "score": ExportValue(trajectory.steps.first?.worth), "step": .integer(0),
          ])
        } else {
          yield.leaveOut("a committed path ends without an answer")
        }
      }
      for fork in try PathFork.found(in: commit, source) {
        switch try FinishedPair.make(of: fork, in: commit, source) {
        case .success(let pair):
          let row = pair.row
          yield.rows.append([
            "prompt": row["prompt"] ?? .null, "completion": row["rejected"] ?? .null, "label": .flag(false),
            "score": row["rejected_score"] ?? .null, "step": .integer(fork.step), "node": .integer(fork.rejected.node),
            "answer": .text(pair.rejected.answer),
            "correct": ExportValue(trajectory.problem.accepts(pair.rejected.answer)),
            "finished": .flag(true),
          ])
        case .failure(let reason): yield.leaveOut(reason.rawValue)
        }
      }
      return yield
    })
}
