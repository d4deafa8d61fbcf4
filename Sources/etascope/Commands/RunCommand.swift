import ArgumentParser
import Foundation
import Synchronization
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
      let workspace = try WorkspaceAccess.reading(options)
      var (all, damaged) = (0, 0)
      try workspace.forEachRunLine { run in
        all += 1
        guard let totals = run.totals else { return damaged += 1 }
        if options.json {
          return try out.json(
            Row(
              run: run.id, problem: run.problem, created: run.created, events: run.events,
              simulations: totals.simulations, nodes: totals.nodes, stopped: totals.stopped))
        }
        try out.line(
          [
            run.id.printable, run.created.printable, "\(totals.simulations) simulations", "\(totals.nodes) nodes",
            totals.stopped.map { "stopped: \($0.rawValue)" } ?? "unfinished",
          ].joined(separator: "\t"))
      }
      guard damaged > 0 else { return }
      for damage in try workspace.runList().damage { StandardError.line(damage.error.description) }
      throw ExitError.failed("\(damaged) of \(all) runs cannot be read")
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
      let list = ids.isEmpty ? try workspace.runList() : nil
      let chosen = try list?.runs.map(\.id) ?? ids.map { try workspace.run($0).id }
      var (all, bad) = (0, 0)
      let bar = ProgressBar(total: chosen.count)
      defer { bar.finish() }
      for start in stride(from: 0, to: chosen.count, by: Self.atOnce) {
        bar.show(start, "verified")
        let reports = Self.reports(of: Array(chosen[start...].prefix(Self.atOnce)), in: workspace)
        bar.finish()
        for report in reports { try tell(report.get(), &all, &bad) }
      }
      for damage in list?.damage ?? [] { try tell(damage.report, &all, &bad) }
      if bad > 0 { throw ExitError.failed("\(bad) of \(all) runs do not agree with their journals") }
    }

    /// Runs that are verified before their reports are told, in order.
    private static let atOnce = 64

    /// The reports of some runs in their order, made by all processors.
    private static func reports(of runs: [String], in workspace: Workspace) -> [Result<JournalReport, any Error>] {
      let reports = Mutex<[Int: Result<JournalReport, any Error>]>([:])
      DispatchQueue.concurrentPerform(iterations: runs.count) { index in
        let report = Result { try workspace.verify(run: runs[index]) }
        reports.withLock { $0[index] = report }
      }
      let made = reports.withLock { $0 }
      return runs.indices.compactMap { made[$0] }
    }

    private func tell(_ report: JournalReport, _ all: inout Int, _ bad: inout Int) throws {
      all += 1
      if !report.ok { bad += 1 }
      let out = StandardOutput()
      if options.json { return try out.json(report) }
      try out.line("\(report.run.printable)\t\(report.ok ? "agrees" : "DIFFERS")\t\(report.events) events")
      for problem in report.problems { try out.line("    \(problem.printable)") }
    }
  }
}
