extension DatasetFormat {
  /// `messages`: SFT on chat models.
  public static let conversational = DatasetFormat(
    name: "conversational", help: "SFT on chat models",
    columns: [
      DatasetColumn(
        "messages", .messages, meaning: "The question as the user's turn, the committed path as the assistant's.")
    ],
    rule: { _ in imitationRule },
    rows: { commit, source in
      guard let (path, end) = source.imitable(commit) else { return [] }
      func message(_ role: String, _ content: String) -> ExportValue {
        .object(["role": .text(role), "content": .text(content)])
      }
      let problem = commit.trajectory.problem
      let turns =
        (problem.system.map { [message("system", $0)] } ?? [])
        + [message("user", problem.question), message("assistant", path.withoutLineBreak)]
      return [end.merging(["messages": .list(turns)]) { $1 }]
    })
}
