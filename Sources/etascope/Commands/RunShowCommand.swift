import ArgumentParser
import Foundation
import Lab
import TreeInsight
import TreeSearch
import Vocabulary
import Workspace

extension RunCommand {
  /// `run show`.
  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "show", abstract: "A run's parameters, final answers and best path, or why a node was selected.")
    @OptionGroup var options: CommonOptions
    @Option(
      help: ArgumentHelp("Why this node: its last selection, its width, and how it came to be.", valueName: "node"))
    var why: Int?
    @Option(
      help: ArgumentHelp(
        "With --why: as of this event (default: what would be selected next at the run's end).", valueName: "event"))
    var at: Int?
    @Argument(help: "The run's id or an unambiguous beginning of it.") var id: String

    func validate() throws {
      if at != nil, why == nil { throw ValidationError("--at: needs --why NODE") }
    }

    func run() throws {
      let workspace = try WorkspaceAccess.reading(options)
      let record = try workspace.run(id)
      let out = StandardOutput()
      if let why { return try explain(why, in: workspace.timeline(of: record.id), record.id, out) }
      let tree = try workspace.tree(of: record.id)
      if options.json {
        var result = SearchResult(run: record.id, tree: tree, seconds: 0)
        result.notes = try shownNotes(of: record.id, in: workspace)
        return try out.json(result)
      }
      for line in try String(decoding: RunExport(tree).data(.markdown), as: UTF8.self).split(
        separator: "\n", omittingEmptySubsequences: false)
      {
        try out.line(String(line).printable)
      }
      try notes(shownNotes(of: record.id, in: workspace), out)
      if let words = tree.parameters.calibrationWords { try out.line("\nCritics are \(words).") }
      if let pick = tree.pick { try out.line("\nPicked: \(pick.words).".printable) }
      try origin(tree, out)
      try models(record.header.models, out)
      try calibration(of: tree, out)
      try forecasts(of: tree, out)
    }

    /// What the run forecast of itself, beside what came.
    private func forecasts(of tree: SearchTree, _ out: StandardOutput) throws {
      var table = MarkdownTable(
        columns: ["at", "for", "other leader", "came", "new answer", "came", "right one found", "came"])
      func came(_ fact: Bool?) -> String { fact.map { $0 ? "yes" : "no" } ?? "–" }
      table.rows = tree.forecastOutcomes().map { outcome in
        let said = outcome.forecast
        return [
          "\(said.made)", "\(said.more)", said.leaderChanges.map(MarkdownTable.percent) ?? "–",
          came(outcome.leaderChanged),
          MarkdownTable.percent(said.newAnswer), came(outcome.newAnswer), MarkdownTable.percent(said.foundThen),
          came(outcome.found),
        ]
      }
      try section("Forecasts, and what came of them", table, out)
    }

    /// Notes for people; what exports keep of imported lines is none.
    private func shownNotes(of run: String, in workspace: Workspace) throws -> [RunNote] {
      try workspace.notes(of: run, labelledBy: nil).filter { $0.kind != .line }
    }

    /// What was noted of the run in the explorer.
    private func notes(_ notes: [RunNote], _ out: StandardOutput) throws {
      var table = MarkdownTable(columns: ["note", "at", "text"])
      table.rows = notes.map {
        [$0.kind.rawValue, "\($0.kind.isOfNode ? "node" : "moment") \($0.place)", ($0.text ?? "").printable]
      }
      try section("Notes", table, out)
    }

    /// Where an imported tree comes from, and what became of its numbers.
    private func origin(_ tree: SearchTree, _ out: StandardOutput) throws {
      guard let origin = tree.origin else { return }
      var table = MarkdownTable(columns: ["imported", "what"])
      table.rows = [
        ["form", origin.format.printable],
        ["order of nodes", origin.isOrdered ? "that of their making" : "that of the file"],
      ]
      for (name, scale) in origin.scales.sorted(by: { $0.key < $1.key }) {
        table.rows.append(["range of \(name.printable)", "\(scale.low) to \(scale.high) became 0 to 1"])
      }
      try section("Origin", table, out)
    }

    /// The models by role, and what their servers were found to do when they were probed.
    private func models(_ models: [String: String], _ out: StandardOutput) throws {
      var table = MarkdownTable(columns: ["role", "model"])
      table.rows = models.sorted { $0.key < $1.key }.map { [$0.key.printable, $0.value.printable] }
      try section("Models", table, out)
    }

    /// How far critics were right about this run's finished trajectories.
    private func calibration(of tree: SearchTree, _ out: StandardOutput) throws {
      var table = MarkdownTable(columns: ["critic", "verdicts", "right", "ECE"])
      for (critic, reliability) in tree.reliability().sorted(by: { $0.key < $1.key }) {
        let right = reliability.bins.reduce(0) { $0 + $1.right }
        table.rows.append(
          [critic.printable, "\(reliability.count)", "\(right)", String(format: "%.3f", reliability.error)])
      }
      try section("Calibration on finished trajectories", table, out)
    }

    /// A table below its heading; nothing where it has no row.
    private func section(_ title: String, _ table: MarkdownTable, _ out: StandardOutput) throws {
      guard !table.rows.isEmpty else { return }
      for line in ["", "## \(title)", ""] + table.lines { try out.line(line) }
    }

    private struct Report: Encodable {
      let run: String
      let why: NodeReasons
      let sentences: [String]
    }

    private func explain(_ node: Int, in timeline: Timeline, _ run: String, _ out: StandardOutput) throws {
      guard let id = Int32(exactly: node) else { throw ExitError.failed("run \(run): there is no node \(node)") }
      let reasons: NodeReasons
      do {
        reasons = try timeline.reasons(for: NodeID(Int(id)), at: at)
      } catch let error as WhyError {
        throw ExitError.failed("run \(run): \(error)")
      }
      if options.json { return try out.json(Report(run: run, why: reasons, sentences: reasons.sentences)) }
      if let selection = reasons.selection, !selection.candidates.isEmpty {
        let table = SelectionTable(selection)
        try out.line(" " + table.head)
        for (candidate, row) in zip(selection.candidates, table.rows) {
          try out.line((candidate.node == reasons.node ? ">" : " ") + row)
        }
        try out.line("")
      }
      for line in reasons.sentences { try out.line(line.printable) }
    }
  }
}
