extension DatasetFormat {
  /// `chosen`, `rejected`, whole texts: reward models with an implicit prompt.
  public static let reward = DatasetFormat(
    name: "reward", help: "reward models: pairs of whole texts, such as TRL's RewardTrainer",
    task: "text-classification",
    columns: [
      DatasetColumn("chosen", .text, meaning: "The question, the better path, and how it goes on to an answer."),
      DatasetColumn("rejected", .text, meaning: "The question, the other path, and how it goes on to another answer."),
      DatasetColumn(
        "score_margin", .number,
        meaning:
          "The difference of what the options at the fork were worth; null where one is unknown, below 0 where a person overruled. "
          + "Called `margin` it would enter TRL's loss."),
      DatasetColumn("decided_by", .text, meaning: "`person` where a person's act decides, else `search`."),
      DatasetColumn("step", .integer, meaning: "The fork's place on the path, from 0."),
    ],
    node: finishedPreference.node, identity: ["chosen", "rejected"],
    rule: { options in
      "One row for each pair of the form `finished-preference`, with its prompt before both sides. \(leavingOut(options))"
    },
    yield: { commit, source in
      var yield = DatasetYield()
      for fork in try PathFork.found(in: commit, source) {
        switch try FinishedPair.make(of: fork, in: commit, source) {
        case .success(let pair):
          let row = pair.row
          yield.rows.append([
            "chosen": .text(fork.prompt + fork.chosen.text + pair.chosen.text),
            "rejected": .text(fork.prompt + fork.rejected.text + pair.rejected.text),
            "score_margin": row["margin"] ?? .null, "decided_by": row["decided_by"] ?? .null,
            "step": .integer(fork.step), "node": .integer(fork.node),
          ])
        case .failure(let reason): yield.leaveOut(reason.rawValue)
        }
      }
      return yield
    })
}
