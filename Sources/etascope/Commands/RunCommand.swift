import ArgumentParser
import Foundation
import TreeInsight
import TreeSearch
import Vocabulary
import Workspace

/// `etascope run`: runs in the workspace.
struct RunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "List, show, replay, fork, compare, export, import and verify the runs of the workspace.",
    subcommands: [
      List.self, Show.self, Replay.self, Fork.self, Diff.self, Export.self, Import.self, Verify.self,
    ])

  /// `run list`.
  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "One line a run, the newest last.")
    @OptionGroup var options: CommonOptions

    private struct Row: Encodable {
      let run, problem: String
      let created: String
      let events: Int
      let simulations, nodes: Int?
      let stopped: StopReason?
    }

    func run() throws {
      let out = StandardOutput()
      try WorkspaceAccess.reading(options).forEachRunLine { run in
        let totals = run.totals
        if options.json {
          return try out.json(
            Row(
              run: run.id, problem: run.problem, created: run.created, events: run.events,
              simulations: totals?.simulations, nodes: totals?.nodes, stopped: totals?.stopped))
        }
        let words =
          totals.map {
            [
              "\($0.simulations) simulations", "\($0.nodes) nodes",
              $0.stopped.map { "stopped: \($0.rawValue)" } ?? "unfinished",
            ]
          } ?? ["damaged; etascope run verify says how"]
        try out.line(([run.id.printable, run.created.printable] + words).joined(separator: "\t"))
      }
    }
  }

  /// `run verify`.
  struct Verify: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "verify", abstract: "Replay journals and compare; without ids, every run.")
    @OptionGroup var options: CommonOptions
    @Argument(help: "Runs to verify.") var ids: [String] = []

    func run() throws {
      let workspace = try WorkspaceAccess.reading(options)
      let chosen = ids.isEmpty ? try workspace.runs().map(\.id) : try ids.map { try workspace.run($0).id }
      let out = StandardOutput()
      var bad = 0
      for id in chosen {
        let report = try workspace.verify(run: id)
        if !report.ok { bad += 1 }
        if options.json {
          try out.json(report)
        } else {
          try out.line("\(id.printable)\t\(report.ok ? "agrees" : "DIFFERS")\t\(report.events) events")
          for problem in report.problems { try out.line("    \(problem.printable)") }
        }
      }
      if bad > 0 { throw ExitError.failed("\(bad) of \(chosen.count) runs do not agree with their journals") }
    }
  }
}
