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
  private struct Row: Encodable {
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
      try WorkspaceAccess.reading(options).commits().forEach { commit in
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

  /// `dataset commit`.
  struct Commit: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "commit",
      abstract: "Append a trajectory of each run to the log; a wrong answer is judged bad where no verdict is given.")

    /// When a trajectory is committed: always, where its answer is right, or where a rule holds.
    enum Condition {
      case any, correct
      case rule(TrajectoryRule)

      init(_ text: String) throws {
        switch text {
        case "any": self = .any
        case "correct": self = .correct
        default:
          do {
            self = .rule(try TrajectoryRule(text))
          } catch {
            throw ExitError.usage(
              "--if '\(text)': expected correct, any, or a rule as in 'score>=0.8 agree>=4': \(error)")
          }
        }
      }

      /// Why the trajectory that ends in `end` is not committed; nil where it is.
      func objection(to end: NodeID, in tree: SearchTree) -> String? {
        // What is no node is refused where it would be committed, with its reason.
        guard tree.nodes.indices.contains(end.offset) else { return nil }
        let answer = tree.details[end.offset].answer
        switch self {
        case .any: return nil
        case .correct:
          let correct = answer.flatMap { tree.header.problem.accepts($0) }
          if correct == true { return nil }
          return "the answer \(answer ?? "none") \(correct == false ? "is wrong" : "cannot be told right from wrong")"
        case .rule(let rule):
          let all = tree.candidates()
          guard let own = all.filter({ $0.node == end && $0.rollout == nil }).max(by: { $0.score < $1.score }) else {
            return "it states no answer"
          }
          let facts = TrajectoryFacts(of: own, in: tree, among: all, finals: tree.finalAnswers())
          return rule.matches(facts, endingAt: end, in: tree) ? nil : "the rule \(rule.source) does not hold"
        }
      }
    }
    /// The verdicts by the words a person types.
    enum Verdict: String, ExpressibleByArgument, CaseIterable { case good, bad, unsure }

    @OptionGroup var options: CommonOptions
    @Option(help: "The node where the trajectory ends; of one run.") var node: Int?
    @Flag(help: "The trajectory that the run's final selection chooses (the default).") var best = false
    @Option(
      name: .customLong("if"),
      help: ArgumentHelp(
        "Commit only where the answer agrees with the reference (correct), always (any), or where a rule holds, as in 'score>=0.8 agree>=4 not contradicted'.",
        valueName: "correct|any|rule"))
    var condition = "any"
    @Option(help: "What you say of the trajectories.") var verdict: Verdict?
    @Option(help: "A remark.") var note = ""
    @Argument(help: "Runs' ids or unambiguous beginnings of them.") var ids: [String]

    func run() throws {
      if best, node != nil { throw ExitError.usage("--node and --best: expected one of them") }
      if node != nil, ids.count > 1 { throw ExitError.usage("--node: expected with one run, found \(ids.count)") }
      let condition = try Condition(condition)
      let workspace = try WorkspaceAccess.writing(options)
      for run in try ids.map({ try workspace.run($0).id }) { try commit(run, condition, in: workspace) }
    }

    private func commit(_ run: String, _ condition: Condition, in workspace: Workspace) throws {
      let tree = try workspace.tree(of: run)
      let end = node.map { NodeID($0) } ?? tree.bestTrajectoryEnd
      if let objection = condition.objection(to: end, in: tree) {
        return StandardError.line("etascope: \(run): not committed: \(objection)")
      }
      let known = tree.nodes.indices.contains(end.offset)
      let correct = known ? tree.details[end.offset].answer.flatMap { tree.header.problem.accepts($0) } : nil
      let said = verdict.flatMap { Judgement.Verdict(rawValue: $0.rawValue) } ?? (correct == false ? .bad : nil)
      let judgement = Judgement(verdict: said, note: note)
      let entry = try workspace.commit(run: run, tree: tree, node: end, judgement: judgement)
      let out = StandardOutput()
      guard options.json else { return try out.line("\(entry.id)\t\(said?.rawValue ?? "not judged")") }
      if let commit = try workspace.commits().commits(idPrefix: entry.id).last {
        try out.json(Row(commit: commit))
      }
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

  /// `dataset export`.
  struct Export: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "export",
      abstract: "Training data that `datasets.load_dataset` reads; the same log gives the same bytes.")
    @OptionGroup var options: CommonOptions
    @Option(help: "\(DatasetFormat.all.map { "\($0.name) (\($0.help))" }.joined(separator: ", ")), or all.")
    var format = "all"
    @Option(help: "Licence for the dataset card.") var license = "unknown"
    @Option(help: "Name for the dataset card.") var name = "Search trajectories"
    @Flag(help: "In the stepwise form, count a person's neutral label as good.") var neutralIsGood = false
    @Flag(
      help: "Write what the model thought as well: as reasoning_content of the assistant's turn, as a column elsewhere."
    )
    var withThinking = false
    @Option(
      help: """
        Share of the problems whose rows go into data/test.jsonl for the trainer's own test, from 0 to below 1; by root ancestor: \
        a problem with a field `root`, or a list `roots`, goes with the problems of those ids, and nowhere where they part.
        """)
    var testShare = 0.0
    @Option(help: "In finished pairs that no person decided, the least difference of the two sides' scores.")
    var margin = DatasetOptions().margin
    @Option(help: "In finished pairs that no person decided, and in value targets, the least visits behind a score.")
    var minimumVisits = DatasetOptions().minimumVisits
    @Argument(help: "The folder to write; with several formats, one folder each inside it.") var folder: String

    func run() throws {
      let chosen = format == "all" ? DatasetFormat.all : [DatasetFormat.named(format)].compactMap { $0 }
      guard !chosen.isEmpty else {
        let known = DatasetFormat.all.map(\.name).joined(separator: ", ")
        throw ExitError.usage("--format: expected all or one of \(known), found '\(format)'")
      }
      guard (0..<1).contains(testShare) else {
        throw ExitError.usage("--test-share: expected a number from 0 to below 1, found \(testShare)")
      }
      guard (0...1).contains(margin) else {
        throw ExitError.usage("--margin: expected a number from 0 to 1, found \(margin)")
      }
      guard minimumVisits >= 0 else {
        throw ExitError.usage("--minimum-visits: expected 0 or more, found \(minimumVisits)")
      }
      let workspace = try WorkspaceAccess.reading(options)
      let choices = DatasetOptions(
        name: name, license: license, neutralCountsAsGood: neutralIsGood, withThinking: withThinking,
        testShare: testShare,
        roots: try workspace.rootAncestors(), margin: margin, minimumVisits: minimumVisits)
      let out = StandardOutput()
      let source = try workspace.datasetSource(choices)
      for format in chosen {
        let place = chosen.count == 1 ? folder : "\(folder)/\(format.name)"
        do {
          let export = try workspace.export(format: format, to: place, source: source)
          let held = export.testRows > 0 ? ", \(export.testRows) for the test" : ""
          try out.line("\(place)\t\(export.rows) rows\(held)")
          for (reason, count) in export.leftOut.sorted(by: { $0.key < $1.key }) {
            StandardError.line("etascope: \(format.name): left out: \(count), \(reason)")
          }
        } catch let error as WorkspaceError where error.kind == .refused && chosen.count > 1 {
          StandardError.line("etascope: \(error)")
        }
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
