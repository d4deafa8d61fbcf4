import ArgumentParser
import Foundation
import Lab
import Pictures
import Vocabulary
import Workspace

/// `etascope round`: rounds of self-improvement, looked at, gone on with, let in and refused.
struct RoundCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "round",
    abstract: "List, show, resume, approve, refuse, report and compare rounds of self-improvement.",
    subcommands: [
      List.self, Show.self, Resume.self, Accept.self, Refuse.self, Approve.self, Reject.self, Sign.self, Report.self,
      Diff.self,
    ])

  /// A round as `--json` prints it.
  struct Row: Encodable {
    let id, created, state: String
    let plan: RoundPlan
    let stages: [String: String]
    let reports: [String: RoundStageReport]
    let failures: [String: String]
    let approver, signer: String?

    init(_ record: RoundRecord, _ plan: RoundPlan, _ state: RoundState) {
      (id, created, self.plan) = (record.id, record.created, plan)
      self.state = state.whole.rawValue
      stages = Dictionary(uniqueKeysWithValues: state.stages.map { ($0.key.rawValue, $0.value.rawValue) })
      reports = Dictionary(uniqueKeysWithValues: state.reports.map { ($0.key.rawValue, $0.value) })
      failures = Dictionary(uniqueKeysWithValues: state.failures.map { ($0.key.rawValue, $0.value) })
      (approver, signer) = (state.approver, state.signer)
    }
  }

  /// `round list`.
  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "One line a round, the newest last.")
    @OptionGroup var options: CommonOptions

    func run() throws {
      let workspace = try WorkspaceAccess.reading(options)
      let out = StandardOutput()
      let list = try workspace.roundList()
      for damage in list.damage { StandardError.line(damage.error.description) }
      var damaged = list.damage.count
      for record in list.rounds {
        let (plan, state): (RoundPlan, RoundState)
        do {
          (plan, state) = (try RoundPlan(of: record), try workspace.state(of: record))
        } catch {
          // One that is damaged hides no other.
          damaged += 1
          StandardError.line("\(error)")
          continue
        }
        try options.json ? out.json(Row(record, plan, state)) : out.fields(RoundText.line(record, state))
      }
      if damaged > 0 {
        throw ExitError.failed("\(damaged) of \(list.rounds.count + list.damage.count) rounds cannot be read")
      }
    }
  }

  /// `round show`.
  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "show", abstract: "Every stage of a round with its figures; with --stage what that stage made.")
    @OptionGroup var options: CommonOptions
    @Option(help: "List what this stage made, one JSON object a line.") var stage: String?
    @Argument(help: "The round's id or an unambiguous beginning of it.") var id: String

    func run() throws {
      let workspace = try WorkspaceAccess.reading(options)
      let record = try workspace.round(id)
      let out = StandardOutput()
      if let stage {
        guard RoundStageName(rawValue: stage) != nil else {
          let known = RoundStageName.allCases.map(\.rawValue).joined(separator: ", ")
          throw ExitError.usage("--stage: expected one of \(known), found '\(stage)'")
        }
        for item in try workspace.items(of: record, stage: stage) { try out.json(bytes: item) }
        return
      }
      let (plan, state) = (try RoundPlan(of: record), try workspace.state(of: record))
      if options.json { return try out.json(Row(record, plan, state)) }
      for line in RoundText.lines(record, plan, state) { try out.fields(line) }
    }
  }

  /// `round resume`.
  struct Resume: AsyncParsableCommand, LoggedCommand {
    static let configuration = CommandConfiguration(
      commandName: "resume", abstract: "Go on with a round where it stands, and with its series up to --rounds.")
    @OptionGroup var options: CommonOptions
    @Option(help: "Rounds of the series in all; without it only this one.") var rounds: Int?
    @Argument(help: "The round's id or an unambiguous beginning of it.") var id: String

    func run() async throws {
      let workspace = try WorkspaceAccess.writing(options)
      let record = try workspace.round(id)
      try await RoundDriving.drive(record, rounds: rounds ?? record.number, in: workspace, options)
    }
  }

  /// `round accept`.
  struct Accept: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "accept", abstract: "Say of trajectories of the filter that they may be learned from.")
    @OptionGroup var said: Said
    func run() throws { try said.decide(accepted: true) }
  }

  /// `round refuse`.
  struct Refuse: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "refuse", abstract: "Say of trajectories of the filter that they may not be learned from.")
    @OptionGroup var said: Said
    func run() throws { try said.decide(accepted: false) }
  }

  /// Words on trajectories of a round.
  struct Said: ParsableArguments {
    @OptionGroup var options: CommonOptions
    @Option(help: "A remark.") var note = ""
    @Argument(help: "The round's id or an unambiguous beginning of it.") var id: String
    @Argument(help: "Places in the list of `round show ID --stage filter`, the first is 1.") var places: [Int]

    func decide(accepted: Bool) throws {
      let workspace = try WorkspaceAccess.writing(options)
      let record = try workspace.round(id)
      let count = try workspace.itemCount(of: record, stage: RoundStageName.filter.rawValue)
      if let bad = places.first(where: { !(1...max(1, count)).contains($0) || count == 0 }) {
        throw ExitError.usage("expected places from 1 to \(count), found \(bad)")
      }
      let state = try workspace.state(of: record)
      guard state.stages[.gate] != .done else {
        throw ExitError.failed("round \(record.id): its gate is closed: what was accepted is committed")
      }
      for place in places { try workspace.say(.decided(item: place - 1, accepted: accepted, note: note), of: record) }
    }
  }

  /// A word on a round as a whole.
  struct Word: ParsableArguments {
    @OptionGroup var options: CommonOptions
    @Option(help: "A remark.") var note = ""
    @Argument(help: "The round's id or an unambiguous beginning of it.") var id: String

    func say(_ word: (String) -> RoundWord) throws {
      let workspace = try WorkspaceAccess.writing(options)
      try word(note).say(of: workspace.round(id), in: workspace)
    }
  }

  /// `round approve`.
  struct Approve: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "approve", abstract: "Let what is accepted into the dataset; `round resume` goes on from there.")
    @OptionGroup var word: Word
    func run() throws { try word.say { .approve(note: $0) } }
  }

  /// `round reject`.
  struct Reject: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "reject",
      abstract: "Refuse a round: nothing more of it is committed or trained on; all of it is kept.")
    @OptionGroup var word: Word
    func run() throws { try word.say { .reject(note: $0) } }
  }

  /// `round sign`.
  struct Sign: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "sign", abstract: "Sign a promotion that asks for a person (improve --sign).")
    @OptionGroup var word: Word
    func run() throws { try word.say { .sign(note: $0) } }
  }

  /// `round report`.
  struct Report: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "report",
      abstract: "The tables of a series of rounds, from the workspace: Markdown, and pictures with --output.")
    @OptionGroup var options: CommonOptions
    @Option(name: .shortAndLong, help: ArgumentHelp("Write README.md and pictures there instead.", valueName: "folder"))
    var output: String?
    @Option(
      help: ArgumentHelp(
        "One table of these series instead, separated by commas, which differ in nothing but their seed.",
        valueName: "series"))
    var pool: String?
    @Argument(help: "A round of the series, or an unambiguous beginning of its id; without it the newest.")
    var id: String?

    func run() throws {
      let workspace = try WorkspaceAccess.reading(options)
      if let pool {
        let names = pool.split(separator: ",").map(String.init)
        return try StandardOutput().line(RoundPool(names, in: workspace).markdown)
      }
      guard let record = try id.map({ try workspace.round($0) }) ?? workspace.rounds().last else {
        throw ExitError.failed("\(workspace.path): there is no round")
      }
      let report = try RoundReport(series: record.series, in: workspace)
      guard let output else { return try StandardOutput().line(report.markdown) }
      try RoundPages.write(report, to: output)
      try StandardOutput().line("\(output)/README.md")
    }
  }

  /// `round diff`.
  struct Diff: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "diff",
      abstract: "What changed on the held-out problems between the policies of two rounds, or before and after one.")
    @OptionGroup var options: CommonOptions
    @Argument(help: "A round's id or an unambiguous beginning of it.") var first: String
    @Argument(help: "Another round's.") var second: String?

    func run() throws {
      let workspace = try WorkspaceAccess.reading(options)
      let a = try workspace.round(first)
      let changes = try workspace.changes(a, try second.map { try workspace.round($0) } ?? a)
      let out = StandardOutput()
      if options.json { return try out.json(changes) }
      for line in changes.lines { try out.fields(line) }
    }
  }
}

/// Drives rounds for commands, and says how they ended.
enum RoundDriving {
  /// Goes on with `record` and its series; the exit code says whether all of it came to an end.
  ///
  /// - Parameter urls: of servers that the round is to speak to later, as they were given.
  static func drive(
    _ record: RoundRecord, rounds: Int, in workspace: Workspace, _ options: CommonOptions, urls: [String] = []
  ) async throws {
    let watch = RoundWatch(json: options.json)
    var settings = try options.configuration().settings()
    settings.models.others = urls
    let improvement = Improvement(workspace, settings: settings, control: watch.control)
    let (last, state) = try await improvement.run(record, rounds: rounds)
    watch.finish()
    try workspace.finish()
    let out = StandardOutput()
    if options.json {
      try out.json(RoundCommand.Row(last, RoundPlan(of: last), state))
    } else {
      for line in RoundText.lines(last, try RoundPlan(of: last), state) { try out.fields(line) }
    }
    if watch.wasInterrupted {
      throw ExitError.stopped("stopped by a signal; `etascope round resume \(last.id)` goes on")
    }
    switch state.whole {
    case .waiting:
      let what = state.next == .promote ? "round sign" : "round approve"
      StandardError.line("the round waits for a person: `etascope \(what) \(last.id)`, then `round resume`")
    case .failed:
      let stage = state.next?.rawValue ?? "a stage"
      throw ExitError.failed(
        "\(stage): \(state.next.flatMap { state.failures[$0] } ?? "failed"); `etascope round resume \(last.id)` tries again"
      )
    case .running, .promoted, .kept, .rejected: break
    }
  }
}
