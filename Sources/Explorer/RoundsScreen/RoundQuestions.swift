import TreeInsight

/// What the rounds screen asks for in a line.
extension Question {
  /// Words that the rows of a stage hold.
  static let stageRows = rows(
    "Rows that say",
    "accepted, refused, decided, open, audit, right, wrong, words of the texts; not or ( ), by=ana, worth>1; Tab completes",
    of: { $0.rounds?.page?.list.items ?? [] }
  ) { text, state throws(FilterError) in try state.rounds?.page?.list.filter(text) }

  /// Words that shown rounds hold.
  static let rounds = rows(
    "Rounds that say", "promoted, waiting, failed, words of them; not or ( ), gain>1, series=lift; Tab completes",
    of: { $0.rounds?.list.rows ?? [] }
  ) { text, state throws(FilterError) in try state.rounds?.filter(text) }

  /// A few words on a decision.
  static func decisionNote(round: String, item: Int, isAccepted: Bool) -> Question {
    Question(isAccepted ? "Why it is accepted" : "Why it is refused", "a few words") { text, _ in
      [.rounds(.decide(round: round, item: item, isAccepted: isAccepted, note: text))]
    }
  }

  /// Whether what is accepted goes into the dataset.
  static func approve(_ round: RoundEntry?) -> Question {
    let count = round?.accepted.map { Number.things($0, "trajectory", "trajectories") } ?? "what is accepted"
    return ending("Approve \(name(round)): \(count) into the dataset", round) { .approve(round: $0, note: $1) }
  }

  /// Whether the round ends here.
  static func refuse(_ round: RoundEntry?) -> Question {
    ending("Refuse the whole round \(name(round)): it ends here", round) { .refuse(round: $0, note: $1) }
  }

  /// Whether it may be promoted.
  static func sign(_ round: RoundEntry?) -> Question {
    ending("Sign the promotion of \(name(round))", round) { .sign(round: $0, note: $1) }
  }

  private static func ending(
    _ title: String, _ round: RoundEntry?, _ effect: @escaping @Sendable (String, String) -> RoundsEffect
  ) -> Question {
    let id = round?.id
    return Question(title, "Enter does it, with a note or without; Esc does not") { text, _ in
      id.map { [.rounds(effect($0, text))] } ?? []
    }
  }

  private static func name(_ round: RoundEntry?) -> String { OptionText.line(round?.id ?? "", glyphs: .ascii) }
}
