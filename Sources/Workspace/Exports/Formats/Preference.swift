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
    yield: { commit, source in
      let forks = try PathFork.found(in: commit, source)
      return DatasetYield(
        forks.map { fork in
          [
            "prompt": .text(fork.prompt), "chosen": .text(fork.chosen.text), "rejected": .text(fork.rejected.text),
            "chosen_score": ExportValue(fork.chosen.worth), "rejected_score": ExportValue(fork.rejected.worth),
            "step": .integer(fork.step), "node": .integer(fork.node),
          ]
        })
    })
}
