import ArgumentParser
import Foundation
import TreeInsight
import TreeSearch
import Vocabulary
import Workspace

/// `etascope dataset`: the commit log and what is made of it.
struct DatasetCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "dataset", abstract: "List, show, commit, undo, count, export and verify trajectories.",
    subcommands: [
      List.self, Show.self, Commit.self, Undo.self, Assign.self, Stats.self, Agreement.self, Critics.self, Export.self,
      Verify.self,
    ])

  /// A commit as `--json` prints it: the log's entry, what is said of it, and whether it stands.
  struct Row: Encodable {
    let commit: CommitLog.Commit
    private enum CodingKeys: String, CodingKey {
      case id, sequence, state, at, who, verdict, note, trajectory, undoneBy
    }

    func encode(to encoder: any Encoder) throws {
      var c = encoder.container(keyedBy: CodingKeys.self)
      try c.encode(commit.id, forKey: .id)
      try c.encode(commit.sequence, forKey: .sequence)
      try c.encode(commit.isActive ? "active" : "undone", forKey: .state)
      try c.encode(commit.entry.at, forKey: .at)
      try c.encode(commit.entry.who, forKey: .who)
      try c.encode(commit.judgement.verdict, forKey: .verdict)
      try c.encode(commit.judgement.note, forKey: .note)
      try c.encode(commit.trajectory.withoutThinking, forKey: .trajectory)
      try c.encode(commit.undoneBy?.id, forKey: .undoneBy)
    }
  }

  /// `dataset list`.
  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list", abstract: "One line a commit, the newest last.")
    @OptionGroup var options: CommonOptions

    func run() throws {
      let out = StandardOutput()
      let commits = try WorkspaceAccess.reading(options).commits()
      if !options.json { try out.heading("commit", "at", "by", "problem", "answer", "state", "note", "verdict") }
      try commits.forEach { commit in
        if options.json {
          try out.json(Row(commit: commit))
        } else {
          try out.line(
            [
              commit.id, commit.entry.at, commit.entry.who.printable, commit.trajectory.problem.id.printable,
              (commit.trajectory.answer ?? "no answer").printable, commit.isActive ? "active" : "undone",
              commit.judgement.note.printable, commit.judgement.verdict?.rawValue ?? "not judged",
            ].joined(separator: "\t"))
        }
      }
    }
  }

  /// `dataset show`.
  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "show", abstract: "One commit, step by step.")
    @OptionGroup var options: CommonOptions
    @Argument(help: "The commit's id or an unambiguous beginning of it.") var id: String

    func run() throws {
      let workspace = try WorkspaceAccess.reading(options)
      let found = try workspace.commits().commits(idPrefix: id)
      guard let commit = found.first else { throw ExitError.failed("\(workspace.path): there is no commit '\(id)'") }
      guard found.count == 1 else { throw ExitError.failed("'\(id)' begins the ids of \(found.count) commits") }
      let out = StandardOutput()
      if options.json { return try out.json(Row(commit: commit)) }
      let trajectory = commit.trajectory
      try out.line("\(commit.id)  \(commit.isActive ? "active" : "undone")")
      try out.line("by \(commit.entry.who.printable) at \(commit.entry.at), run \(trajectory.run.printable)")
      if let verdict = commit.judgement.verdict { try out.line("judged \(verdict.rawValue)") }
      if !commit.judgement.note.isEmpty { try out.line("note: \(commit.judgement.note.printable)") }
      try out.line("\n\(trajectory.problem.question.printable)\n")
      for (text, step) in zip(trajectory.path, trajectory.steps) {
        let q = step.q.map { String(format: "%.2f", $0) } ?? "–"
        let label = step.label.map { "  (labelled \($0.word))" } ?? ""
        try out.line("  Q \(q)  \(text.trimmingCharacters(in: .newlines).printable)\(label)")
      }
      let verdict = trajectory.correct.map { $0 ? " (right)" : " (wrong)" } ?? ""
      try out.line("\nanswer: \((trajectory.answer ?? "none").printable)\(verdict)")
    }
  }

  /// `dataset undo`.
  struct Undo: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "undo", abstract: "Take a commit back by a compensating entry; nothing is deleted.")
    @OptionGroup var options: CommonOptions
    @Option(help: "Why.") var note = ""
    @Argument(help: "The commit's id or an unambiguous beginning of it.") var id: String

    func run() throws {
      let entry = try WorkspaceAccess.writing(options).undoCommit(id, note: note)
      let out = StandardOutput()
      if options.json { try out.json(entry) } else { try out.line("undone by entry \(entry.id)") }
    }
  }

  /// `dataset stats`.
  struct Stats: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "stats", abstract: "Counts of what is committed.")
    @OptionGroup var options: CommonOptions

    func run() throws {
      let stats = try CommitStatistics(WorkspaceAccess.reading(options).commits())
      let out = StandardOutput()
      if options.json { return try out.json(stats) }
      try out.line("\(stats.active) active commits, \(stats.undone) undone")
      try out.line("\(stats.correct) right, \(stats.wrong) wrong, \(stats.unknown) without a reference answer")
      let verdicts = Judgement.Verdict.allCases.map { "\(stats.byVerdict[$0.rawValue] ?? 0) judged \($0.rawValue)" }
      try out.line((verdicts + ["\(stats.byVerdict["none"] ?? 0) not judged"]).joined(separator: ", "))
      try out.line("\(stats.labelledSteps) steps labelled by a person")
      for (person, count) in stats.byPerson.sorted(by: { $0.key < $1.key }) {
        try out.line("  \(person.printable): \(count)")
      }
    }
  }

  /// `dataset verify`.
  struct Verify: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "verify",
      abstract:
        "Check the logs of commits and labels: no gap, every id a hash of its content, every undo's and judgement's commit there."
    )
    @OptionGroup var options: CommonOptions

    func run() throws {
      let workspace = try WorkspaceAccess.reading(options)
      let (commits, labels) = (try workspace.verifyCommits(), try workspace.verifyLabels())
      for problem in commits + labels { StandardError.line(problem.printable) }
      guard commits.isEmpty else { throw ExitError.failed("\(commits.count) problems in the commit log") }
      guard labels.isEmpty else { throw ExitError.failed("\(labels.count) problems in the log of labels") }
      try StandardOutput().line("\(workspace.commits().entries) entries, no problems")
    }
  }
}
