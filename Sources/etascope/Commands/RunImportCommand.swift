import ArgumentParser
import Vocabulary
import Workspace

extension RunCommand {
  /// `run import`.
  struct Import: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "import",
      abstract: "Take over the runs and commits of other workspaces: all of them or, where one is damaged, none.",
      discussion: """
        A run keeps its id where that is free, else it gets the next number. What is here already is not taken twice, and a
        run that has grown since grows here too, so the same import may be repeated. The other workspaces are only read.
        """)
    @OptionGroup var options: CommonOptions
    @Argument(help: ArgumentHelp("Other workspaces.", valueName: "workspace")) var sources: [String]

    func run() throws {
      let out = StandardOutput()
      // Sources first: where one is refused, no workspace is made.
      let content = try WorkspaceImport(from: sources)
      for report in try content.write(into: WorkspaceAccess.writing(options)) {
        if options.json {
          try out.json(report)
        } else {
          try out.line(
            [
              report.source.printable, "\(report.count(.new)) new", "\(report.count(.grown)) grown",
              "\(report.count(.known)) known", "\(report.entries) commit log entries", "\(report.labels) labels",
            ].joined(separator: "\t"))
          for run in report.runs where run.from != run.run {
            try out.line("    \(run.from.printable) is \(run.run.printable) here")
          }
        }
      }
    }
  }
}
