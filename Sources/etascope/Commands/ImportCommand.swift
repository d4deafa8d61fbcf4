import ArgumentParser
import Lab
import Workspace

/// `etascope import`: what other programs wrote becomes runs and labels.
struct ImportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract:
      "Take over trees and labels of other programs: files of PRM800K and of ProcessBench, known by their shape.",
    discussion: """
      A problem becomes a run with every alternative of every step as a node, and each label a record with its labeller and its \
      moment. What neither can say is kept with the run, so that 'etascope dataset export --format prm800k' (or processbench) gives \
      every line back. All files are checked before anything is written; what is here already is not taken twice. Workspaces of \
      etascope itself: 'etascope run import'.
      """)
  @OptionGroup var options: CommonOptions
  @Flag(help: "Pass over bad lines, which are named on standard error, instead of refusing everything.")
  var skipBad = false
  @Argument(help: "Label files (JSON Lines or a JSON list, also gzipped), folders of them, or - for standard input.")
  var sources: [String]

  func run() throws {
    var bad: [ProblemFileError] = []
    let content = try LabelImport(
      from: sources, version: EtascopeVersion.current, passOver: skipBad ? { bad.append($0) } : nil)
    ProblemOptions.tell(bad)
    let out = StandardOutput()
    for report in try content.write(into: WorkspaceAccess.writing(options)) {
      if options.json {
        try out.json(report)
      } else {
        try out.line(
          [
            report.source.printable, "\(report.lines) lines", "\(report.newRuns) new runs",
            "\(report.runs.count - report.newRuns) known", "\(report.labels) labels",
          ].joined(separator: "\t"))
      }
    }
  }
}
