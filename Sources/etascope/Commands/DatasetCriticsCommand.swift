import ArgumentParser
import Foundation
import Lab
import Vocabulary
import Workspace

extension DatasetCommand {
  /// `dataset critics`.
  struct Critics: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "critics",
      abstract: "Which critic lies, and where: against people's labels and against outcomes.",
      discussion: """
        Calibration error with the value that chance alone would give, Brier score, how well a critic puts good steps before bad \
        ones of the same problem, and how well it finds the first wrong step, as ProcessBench measures it. With --critic its \
        reliability curve in bins of equal size; with --bin the steps of one bin, with their runs and nodes. With --calibrate a map \
        of its scores is fitted from people's labels, never from outcomes, for search --calibration.
        """)
    @OptionGroup var options: CommonOptions
    @Option(help: "One critic, with its curve (default: all of them).") var critic: String?
    @Option(
      help: ArgumentHelp("Hold critics against these alone: people or outcomes.", valueName: "people|outcomes"))
    var against: String?
    @Option(help: ArgumentHelp("More rows: by depth or kind of step.", valueName: "depth|kind"))
    var by: String?
    @Option(help: "List the steps of this bin of the curve, from 1; of one critic and, unless given, against people.")
    var bin: Int?
    @Option(help: ArgumentHelp("Fit a calibration of the critic and write it to this file.", valueName: "file"))
    var calibrate: String?
    @Option(help: ArgumentHelp("With --calibrate: platt or isotonic.", valueName: "platt|isotonic")) var kind = "platt"
    @Option(help: "At most so many bins; each holds \(ReliabilityCurve.leastInBin) steps or more.") var bins = 10
    @Option(help: "The score below which a critic names a step wrong.") var threshold = 0.5

    func validate() throws {
      guard (1...1000).contains(bins) else {
        throw ValidationError("--bins: expected a number from 1 to 1000, found \(bins)")
      }
      guard (0...1).contains(threshold) else {
        throw ValidationError("--threshold: expected a number from 0 to 1, found \(threshold)")
      }
      if bin != nil, critic == nil { throw ValidationError("--bin: expected with --critic") }
      if calibrate != nil, critic == nil { throw ValidationError("--calibrate: expected with --critic") }
      if calibrate != nil, bin != nil { throw ValidationError("--calibrate: expected without --bin") }
    }

    func run() throws {
      func word<Value: RawRepresentable<String> & CaseIterable>(_ option: String, _ word: String?) throws -> Value? {
        guard let word else { return nil }
        guard let value = Value(rawValue: word) else {
          let known = Value.allCases.map(\.rawValue).joined(separator: ", ")
          throw ExitError.usage("\(option): expected \(known), found '\(word)'")
        }
        return value
      }
      let grouping: CriticReport.Grouping? = try word("--by", by)
      let truth: CriticReport.Truth? = try word("--against", against)
      let workspace = try WorkspaceAccess.reading(options)
      let steps = try workspace.labelledSteps()
      if let critic, !steps.byUnit.values.contains(where: { $0.scores[critic] != nil }) {
        throw ExitError.failed("\(workspace.path): no labelled step has a score of the critic '\(critic)'")
      }
      if let calibrate, let critic {
        return try fit(critic, try word("--kind", kind) ?? .platt, steps, to: calibrate)
      }
      let solutions = bin == nil ? try LabelledSolutions(workspace, steps: steps) : nil
      let report = CriticReport(
        steps, solutions: solutions, critics: critic.map { [$0] } ?? [],
        truths: truth.map { [$0] } ?? (bin == nil ? CriticReport.Truth.allCases : [.people]),
        by: bin == nil ? grouping : nil,
        bins: bins, threshold: threshold)
      let out = StandardOutput()
      if let bin { return try list(bin, of: report, to: out) }
      if options.json { return try report.rows.forEach { try out.json($0.json) } }
      for line in report.lines(withCurves: critic != nil) { try out.line(line) }
    }

    /// Fits a calibration, writes it and says what it does on problems that took no part.
    private func fit(_ critic: String, _ kind: CalibrationFit.Kind, _ steps: LabelledSteps, to path: String) throws {
      let file = CalibrationFile(
        try CalibrationFit(steps, critic: critic, kind: kind), lastLabel: steps.lastLabel)
      try file.write(to: path)
      let out = StandardOutput()
      if options.json { return try out.json(file) }
      try out.line(
        "\(path.printable): \(critic.printable), \(kind.rawValue), from \(file.labels) labels (\(file.good) good) of \(file.problems) "
          + "problems")
      func line(_ when: String, _ fault: CalibrationFile.Fault) throws {
        try out.line(
          String(format: "%@ECE %.3f (%.3f by chance), Brier %.3f", when, fault.ece, fault.eceByChance, fault.brier))
      }
      try line("as it is:                     ", file.before)
      if let after = file.after { try line("on problems not fitted to:    ", after) }
      try out.line("etascope search PROBLEMS --calibration \(path.printable)")
    }

    /// Prints the steps of a bin.
    private func list(_ number: Int, of report: CriticReport, to out: StandardOutput) throws {
      guard let row = report.rows.first else { throw ExitError.failed("no labelled step has a score of that critic") }
      guard row.curve.bins.indices.contains(number - 1) else {
        throw ExitError.usage("--bin: expected a number from 1 to \(row.curve.bins.count), found \(number)")
      }
      for member in row.curve.bins[number - 1].members {
        let line = StepLine(row.steps[member], critic: row.critic)
        if options.json {
          try out.json(line)
        } else {
          try out.fields(
            [
              line.run ?? "–", "\(line.node)", line.score.map { String(format: "%.3f", $0) } ?? "–", line.label ?? "–",
              line.right.map { $0 ? "right" : "wrong" } ?? "–", line.text.trimmingCharacters(in: .newlines),
            ].joined(separator: "\t"))
        }
      }
    }
  }
}
