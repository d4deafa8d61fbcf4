extension DatasetFormat {
  /// `messages`: SFT on chat models.
  public static let conversational = DatasetFormat(
    name: "conversational", help: "SFT on chat models",
    columns: [
      DatasetColumn(
        "messages", .messages, meaning: "The question as the user's turn, the committed path as the assistant's.")
    ],
    thinking: [
      DatasetColumn(
        "messages", .thoughtMessages,
        meaning:
          "The question as the user's turn, the committed path as the assistant's, with what the model thought before it as "
          + "`reasoning_content`.")
    ],
    rule: { _ in imitationRule },
    rows: { commit, source in
      guard let (path, end) = source.imitable(commit) else { return [] }
      func message(_ role: String, _ content: String, _ thinking: String? = nil) -> ExportValue {
        var fields: [String: ExportValue] = ["role": .text(role), "content": .text(content)]
        if source.options.withThinking { fields["reasoning_content"] = ExportValue(thinking) }
        return .object(fields)
      }
      let thinking = source.thinking(of: commit, first: source.goodSteps(of: commit)).compactMap { $0 }
      let problem = commit.trajectory.problem
      let turns =
        (problem.system.map { [message("system", $0)] } ?? [])
        + [
          message("user", problem.question),
          message("assistant", path.withoutLineBreak, thinking.isEmpty ? nil : thinking.joined(separator: "\n\n")),
        ]
      return [end.merging(["messages": .list(turns)]) { $1 }]
    })
}
