extension DatasetFormat {
  /// `prompt`, `completion`: SFT.
  public static let promptCompletion = DatasetFormat(
    name: "prompt-completion", help: "SFT on plain text",
    columns: [
      .prompt,
      DatasetColumn(
        "completion", .text, meaning: "The options of the committed path, joined as the model wrote them."),
    ],
    thinking: [.thinking],
    rule: { _ in imitationRule },
    rows: { commit, source in
      guard let (path, end) = source.imitable(commit) else { return [] }
      var row: DatasetRow = ["prompt": .text(commit.trajectory.prompt), "completion": .text(path)]
      if source.options.withThinking {
        let thinking = source.thinking(of: commit, first: source.goodSteps(of: commit))
        row["thinking"] = .list(thinking.map { ExportValue($0) })
      }
      return [end.merging(row) { $1 }]
    })

  /// What the card of a format for imitation says.
  static let imitationRule =
    "One row for each active commit that may be imitated: its path is judged good, or not judged. A path that anybody "
    + "judged bad, or of which the person was unsure, gives none. A step labelled bad ends the row before it: `node` is then the last "
    + "step's, `answer` and `correct` are null, and `finished` is false. Filter on `correct` and `finished` where only "
    + "whole paths with the right answer should be imitated."
}
