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
      let events, simulations, nodes: Int
      let stopped: StopReason?
    }

    func run() throws {
      let out = StandardOutput()
      for run in try WorkspaceAccess.reading(options).runs() {
        let totals = run.totals
        if options.json {
          try out.json(
            Row(
              run: run.id, problem: run.problem, created: run.created.formatted(.iso8601), events: run.eventCount,
              simulations: totals.simulations, nodes: totals.nodes, stopped: totals.stopped))
        } else {
          try out.line(
            [
              run.id.printable, run.created.formatted(.iso8601), "\(totals.simulations) simulations",
              "\(totals.nodes) nodes", totals.stopped.map { "stopped: \($0.rawValue)" } ?? "unfinished",
            ].joined(separator: "\t"))
        }
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
