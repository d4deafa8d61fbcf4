extension DatasetFormat {
  /// `prompt`, `completion`: SFT.
  public static let promptCompletion = DatasetFormat(
    name: "prompt-completion", help: "SFT on plain text",
    columns: [
      .prompt,
      DatasetColumn(
        "completion", .text, meaning: "The options of the committed path, joined as the model wrote them."),
    ],
    rule: { _ in imitationRule },
    rows: { commit, source in
      guard let (path, end) = source.imitable(commit) else { return [] }
      return [end.merging(["prompt": .text(commit.trajectory.prompt), "completion": .text(path)]) { $1 }]
    })

  /// What the card of a format for imitation says.
  static let imitationRule =
    "One row for each active commit that may be imitated: its path is judged good, or not judged. A path that anybody "
    + "judged bad, or of which the person was unsure, gives none. A step labelled bad ends the row before it: `node` is then the last "
    + "step's, `answer` and `correct` are null, and `finished` is false. Filter on `correct` and `finished` where only "
    + "whole paths with the right answer should be imitated."
}
