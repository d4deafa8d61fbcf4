extension DatasetFormat {
  /// `state`, `value`: value heads.
  public static let valueTargets = DatasetFormat(
    name: "value", help: "value heads: a state and what the search found it worth", task: "text-classification",
    columns: [
      DatasetColumn("state", .text, meaning: "The question, a line break, and the options so far."),
      DatasetColumn("value", .number, meaning: "Q in [0, 1]: the mean of what was backed up through the last option."),
      DatasetColumn("visits", .integer, meaning: "Of how many backups it is the mean: its weight."),
      DatasetColumn("step", .integer, meaning: "The last option's place on its path, from 0."),
      DatasetColumn(
        "on_path", .flag, meaning: "Whether the last option was committed; else it is a sibling of one that was."),
    ],
    node: "The last option's node.", identity: ["state"],
    rule: { options in
      "One row for each option on and beside a committed path that has a mean value Q of at least \(options.minimumVisits) "
        + "visits, whatever was judged of the path: it is the search that speaks here. A state that another commit gives already "
        + "is not given again. Columns about the answer speak of the committed path; they are null beside it."
    },
    yield: { commit, source in
      var yield = DatasetYield()
      let trajectory = commit.trajectory
      func add(_ state: String, q: Double?, visits: Int, step: Int, node: Int, isOnPath: Bool) {
        guard let q else { return yield.leaveOut("nothing was backed up through an option") }
        guard visits >= source.options.minimumVisits else { return yield.leaveOut("an option has too few visits") }
        var row: DatasetRow = [
          "state": .text(state), "value": .number(q), "visits": .integer(visits), "step": .integer(step),
          "on_path": .flag(isOnPath), "node": .integer(node),
        ]
        if !isOnPath { (row["answer"], row["correct"], row["finished"]) = (.null, .null, .flag(false)) }
        yield.rows.append(row)
      }
      for (index, (option, step)) in zip(trajectory.path, trajectory.steps).enumerated() where step.rolledOut != true {
        let before = trajectory.prompt + trajectory.path.prefix(index).joined()
        add(before + option, q: step.q, visits: step.visits, step: index, node: step.node, isOnPath: true)
        for sibling in step.siblings {
          add(
            before + sibling.option, q: sibling.q, visits: sibling.visits, step: index, node: sibling.node,
            isOnPath: false)
        }
      }
      return yield
    })
}
