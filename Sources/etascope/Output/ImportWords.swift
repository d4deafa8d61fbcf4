import TreeSearch
import Vocabulary
import Workspace

/// What an import says to a person.
struct ImportWords {
  /// So many findings are told one by one.
  private static let most = 10
  private let report: TreeImportReport

  init(_ report: TreeImportReport) { self.report = report }

  /// A line with columns for the file, and below it what a person should know.
  var lines: [String] {
    let known = report.runs.count - report.newRuns
    if let labels = report.labels {
      return [
        [
          report.source.printable, "\(report.read) lines", "\(report.newRuns) new runs", "\(known) known",
          "\(labels) labels",
        ].joined(separator: "\t")
      ]
    }
    let first = [
      report.source.printable, report.format ?? "", things(report.newRuns, "new run"), "\(known) known",
      things(report.nodes, "node"), "depth \(report.depth)", "widest \(report.widest)",
      things(report.duplicates, "duplicate"), things(report.orphans, "orphan"),
    ].joined(separator: "\t")
    return [first] + scales + findings
  }

  private var scales: [String] {
    report.scales.sorted { $0.key < $1.key }.map { name, scale in
      "  \(name.printable): \(scale.low) to \(scale.high) became 0 to 1"
    }
  }

  private var findings: [String] {
    let found = report.findings
    guard !found.isEmpty else { return [] }
    let outcomes = ImportFinding.Outcome.allCases.map { "\(found.outcomes[$0] ?? 0) \($0.rawValue)" }
    let kinds = ImportFinding.Kind.allCases.compactMap { kind in found.counts[kind].map { "\(kind.rawValue) \($0)" } }
    let told = found.first.prefix(Self.most).map { finding in
      "  \(finding.place.printable): \(finding.words.printable) (\(finding.outcome.rawValue))"
    }
    let count = found.counts.values.reduce(0, +)
    let rest = count > told.count ? ["  … \(count - told.count) more; --json has the first hundred"] : []
    return ["  not as expected: \(outcomes.joined(separator: ", ")): \(kinds.joined(separator: ", "))"] + told + rest
  }

  private func things(_ count: Int, _ word: String) -> String { "\(count) \(word)\(count == 1 ? "" : "s")" }
}
