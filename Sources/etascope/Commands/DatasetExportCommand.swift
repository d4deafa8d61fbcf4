import ArgumentParser
import Foundation
import Lab
import Workspace

extension DatasetCommand {
  /// `dataset export`.
  struct Export: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "export",
      abstract: "Training data that `datasets.load_dataset` reads; the same log gives the same bytes.")
    @OptionGroup var options: CommonOptions
    @Option(
      help: """
        \(DatasetFormat.all.map { "\($0.name) (\($0.help))" }.joined(separator: ", ")), or all of those; or what people said of runs: \
        \(LabelFormat.all.map { "\($0.name) (\($0.help))" }.joined(separator: ", ")).
        """)
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
    @OptionGroup var guards: GuardOptions
    @Flag(help: "Write Parquet in place of JSON Lines, by DuckDB or a Python with pyarrow, whichever is installed.")
    var parquet = false
    @Argument(help: "The folder to write; with several formats, one folder each inside it.") var folder: String

    func run() throws {
      let out = StandardOutput()
      if let labels = LabelFormat.named(format) {
        if parquet { throw ExitError.usage("--parquet: expected with rows for training, found --format \(format)") }
        let summary = try WorkspaceAccess.reading(options).exportLabels(format: labels, to: folder)
        for (reason, count) in summary.leftOut.sorted(by: { $0.key < $1.key }) {
          StandardError.line("etascope: \(format): left out: \(count), \(reason)")
        }
        return try out.line("\(folder)\t\(summary.lines) lines")
      }
      let chosen = format == "all" ? DatasetFormat.all : [DatasetFormat.named(format)].compactMap { $0 }
      guard !chosen.isEmpty else {
        let known = (DatasetFormat.all.map(\.name) + LabelFormat.all.map(\.name)).joined(separator: ", ")
        throw ExitError.usage("--format: expected all or one of \(known), found '\(format)'")
      }
      var choices = try choices()
      let workspace = try WorkspaceAccess.reading(options)
      choices.roots = try workspace.rootAncestors()
      let converter = try parquet ? ParquetWriter() : nil
      var source = try workspace.datasetSource(choices)
      source.options.checks = try checks(of: source, in: workspace)
      for format in chosen {
        let place = chosen.count == 1 ? folder : "\(folder)/\(format.name)"
        do {
          let export = try workspace.export(format: format, to: place, source: source) { columns, names, folder in
            try converter?.convert(names, in: folder, columns: columns)
          }
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

    /// What the options say. Throws for one that cannot be used.
    private func choices() throws -> DatasetOptions {
      guard (0..<1).contains(testShare) else {
        throw ExitError.usage("--test-share: expected a number from 0 to below 1, found \(testShare)")
      }
      guard (0...1).contains(margin) else {
        throw ExitError.usage("--margin: expected a number from 0 to 1, found \(margin)")
      }
      guard minimumVisits >= 0 else {
        throw ExitError.usage("--minimum-visits: expected 0 or more, found \(minimumVisits)")
      }
      return DatasetOptions(
        name: name, license: license, neutralCountsAsGood: neutralIsGood, withThinking: withThinking,
        testShare: testShare, margin: margin, minimumVisits: minimumVisits, isParquet: parquet)
    }

    /// What the guards say of all that is to be exported, for the card. Throws where there is a leak that is not let through.
    private func checks(of source: DatasetSource, in workspace: Workspace) throws -> [String] {
      let files = try guards.files(options)
      let commitGuard = try guards.commitGuard(options, of: workspace, knowsCommits: false)
      let report = try commitGuard.check(source)
      if !report.leaks.isEmpty, !guards.allowLeak {
        for leak in report.leaks.prefix(ExportReport.shown) {
          StandardError.line("etascope: \(leak.problem): \(leak.words)")
        }
        throw ExitError.failed(
          "\(report.leaks.count) leaks in \(report.problems) problems: nothing is written; --allow-leak writes it all the same, and the "
            + "card says so")
      }
      return report.card(files: files, heldOut: commitGuard.heldOutCount, hasTest: source.options.testShare > 0)
        + (try AgreementReport.cardLines(workspace.labelLedger()))
    }
  }
}
