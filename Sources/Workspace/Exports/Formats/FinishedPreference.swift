import Vocabulary

extension DatasetFormat {
  /// `prompt`, `chosen`, `rejected`, both finished to an answer: DPO with trainers that end every completion.
  public static let finishedPreference = DatasetFormat(
    name: "finished-preference", help: "DPO with trainers that end every text, such as TRL",
    columns: [
      DatasetColumn("prompt", .text, meaning: "The question, a line break, and the options before the fork."),
      DatasetColumn("chosen", .text, meaning: "The better option at the fork, and how it goes on to an answer."),
      DatasetColumn("rejected", .text, meaning: "The other option, and how it goes on to another answer."),
      DatasetColumn(
        "chosen_score", .number,
        meaning: "What the chosen option was worth in [0, 1]: Q, else its reward; null before either."),
      DatasetColumn("rejected_score", .number, meaning: "The same of the rejected option."),
      DatasetColumn(
        "margin", .number,
        meaning: "The difference of the two; null where one is unknown, below 0 where a person overruled."),
      DatasetColumn("chosen_visits", .integer, meaning: "Backups through the chosen option."),
      DatasetColumn("rejected_visits", .integer, meaning: "Backups through the rejected option."),
      DatasetColumn("chosen_answer", .text, meaning: "The answer that the chosen side ends with."),
      DatasetColumn("rejected_answer", .text, meaning: "The answer that the rejected side ends with."),
      DatasetColumn("decided_by", .text, meaning: "`person` where a person's act decides, else `search`."),
      DatasetColumn("step", .integer, meaning: "The fork's place on the path, from 0."),
    ],
    node:
      "The node in the run of the committed path's option: the chosen one, or the rejected one where it is judged bad.",
    identity: ["prompt", "chosen", "rejected"],
    rule: { options in
      "One row for each fork of the form `preference` whose sides can both be finished to an answer: trainers put the end of "
        + "the text behind every completion, and a single step would teach to stop there. A side on the committed path goes "
        + "on as that does, where it ends with an answer; any other by the best of the trajectories through it that the "
        + "search finished, by the score of its ORM, else by mean value. \(leavingOut(options))"
    },
    yield: { commit, source in
      var yield = DatasetYield()
      for fork in try PathFork.found(in: commit, source) {
        switch try FinishedPair.make(of: fork, in: commit, source) {
        case .success(let pair): yield.rows.append(pair.row)
        case .failure(let reason): yield.leaveOut(reason.rawValue)
        }
      }
      return yield
    })

  /// What the cards of the formats of finished pairs say of the pairs that are not there.
  static func leavingOut(_ options: DatasetOptions) -> String {
    "Left out are pairs whose options say the same (the operands of a sum or product in another order, another spelling of a "
      + "number), pairs that come to the same answer by value, and, where no person decided, pairs whose scores differ by less "
      + "than \(options.margin) or of which a side has fewer than \(options.minimumVisits) visits. A pair that another commit "
      + "gives already is not given again."
  }
}

/// A fork with both sides finished.
struct FinishedPair {
  /// Why a fork gives no pair.
  enum Reason: String, Error {
    case margin = "the scores differ by less than the margin"
    case visits = "a side has too few visits"
    case sameStep = "both options say the same"
    case sameAnswer = "both sides come to the same answer"
    case unfinished = "a side is not finished to an answer anywhere in the tree"
    case turnsBad = "a step labelled bad follows on the better side"
  }

  let fork: PathFork
  let chosen: PathEnding
  let rejected: PathEnding

  var row: DatasetRow {
    let margin = fork.chosen.worth.flatMap { better in fork.rejected.worth.map { better - $0 } }
    return [
      "prompt": .text(fork.prompt), "chosen": .text(fork.chosen.text + chosen.text),
      "rejected": .text(fork.rejected.text + rejected.text), "chosen_score": ExportValue(fork.chosen.worth),
      "rejected_score": ExportValue(fork.rejected.worth), "margin": ExportValue(margin),
      "chosen_visits": .integer(fork.chosen.visits), "rejected_visits": .integer(fork.rejected.visits),
      "chosen_answer": .text(chosen.answer), "rejected_answer": .text(rejected.answer),
      "decided_by": .text(fork.isByPerson ? "person" : "search"), "step": .integer(fork.step),
      "node": .integer(fork.node),
    ]
  }

  /// The pair of `fork`, or why there is none. Throws ``WorkspaceError`` where a run cannot be read.
  static func make(
    of fork: PathFork, in commit: CommitLog.Commit, _ source: DatasetSource
  ) throws -> Result<FinishedPair, Reason> {
    if !fork.isByPerson {
      guard let better = fork.chosen.worth, let worse = fork.rejected.worth, better - worse >= source.options.margin
      else {
        return .failure(.margin)
      }
      guard min(fork.chosen.visits, fork.rejected.visits) >= source.options.minimumVisits else {
        return .failure(.visits)
      }
    }
    guard StatedLine.all(in: fork.chosen.text) != StatedLine.all(in: fork.rejected.text) else {
      return .failure(.sameStep)
    }
    if fork.chosen.turnsBad { return .failure(.turnsBad) }
    guard let chosen = try source.ending(of: fork.chosen, in: commit, isImitated: true),
      let rejected = try source.ending(of: fork.rejected, in: commit, isImitated: false)
    else { return .failure(.unfinished) }
    if commit.trajectory.problem.agree(chosen.answer, rejected.answer) { return .failure(.sameAnswer) }
    return .success(FinishedPair(fork: fork, chosen: chosen, rejected: rejected))
  }
}

extension DatasetSource {
  /// How `way` goes on to an answer: as its path was committed, else as the run's tree knows best; nil where nothing is known.
  fileprivate func ending(of way: PathFork.Way, in commit: CommitLog.Commit, isImitated: Bool) throws -> PathEnding? {
    if let rest = way.rest, let answer = way.answer { return PathEnding(text: rest, answer: answer) }
    guard let end = way.end else { return nil }
    // Nothing that a person thinks bad is written behind what is to be imitated.
    return try endings?.best(
      after: end, of: commit.trajectory.run, avoiding: isImitated ? badNodes(of: commit.trajectory.run) : [])
  }
}
