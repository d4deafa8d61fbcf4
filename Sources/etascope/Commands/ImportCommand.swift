import ArgumentParser
import Foundation
import Lab
import TreeSearch
import Vocabulary
import Workspace

/// `etascope import`: what other programs wrote becomes runs and labels.
struct ImportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Take over trees and labels of other programs, known by what is in their files.",
    discussion: """
      Trees: \(Self.forms). A tree becomes a run that is read like any other and stays as \
      it was: values outside [0, 1] are mapped, and the range is told; what the file does not say is missing. 'etascope run fork' \
      goes on searching from there.

      Labels: files of PRM800K, ProcessBench, PRMBench and Math-Shepherd, and records of Argilla and Label Studio. A problem becomes \
      a run with every alternative of every step as a node, and each label a record with its labeller and its moment; 'etascope \
      dataset export --format prm800k' (or another of them) gives every line back.

      Nothing is written where anything is wrong; what is here already is not taken twice. Workspaces of etascope itself: \
      'etascope run import'.
      """)
  private static let forms = TreeFormat.all.map(\.name).joined(separator: ", ")

  @OptionGroup var options: CommonOptions
  @Option(
    help: ArgumentHelp(
      "The form of the files, where it is not to be found out: "
        + TreeFormat.all.map { "\($0.name) (\($0.help))" }.joined(separator: "; ") + ".",
      valueName: "name"))
  var form: String?
  @Option(
    help: ArgumentHelp(
      "The range of the files' values, such as -1..1, where it is not to be found out.", valueName: "low..high"))
  var range: String?
  @Option(help: "The question, for trees of which the file has none.") var question: String?
  @Flag(help: "Refuse everything where anything is not as it should be, such as N below that of the children.")
  var strict = false
  @Flag(help: "Pass over bad lines, which are named on standard error, instead of refusing everything.")
  var skipBad = false
  @Argument(
    help: "Files (JSON, JSON Lines or a JSON list, also gzipped), folders of them, or - for standard input.")
  var sources: [String]

  func run() throws {
    var bad: [ProblemFileError] = []
    var how = TreeImport.Options()
    how.format = try form.map { name in
      guard let format = TreeFormat.named(name) else {
        throw ExitError.usage(
          "--form: expected one of \(Self.forms), found '\(name.printable)'")
      }
      return format
    }
    how.range = try range.map(Self.scale)
    (how.question, how.isStrict) = (question, strict)
    if skipBad { how.passOver = { bad.append($0) } }
    let content = try TreeImport(from: sources, version: EtascopeVersion.current, options: how)
    let reports = try content.write(into: WorkspaceAccess.writing(options))
    ProblemOptions.tell(bad)
    let out = StandardOutput()
    for report in reports {
      if options.json {
        try out.json(report)
      } else {
        for line in ImportWords(report).lines { try out.line(line) }
      }
    }
  }

  /// `LOW..HIGH`.
  private static func scale(_ text: String) throws -> ImportOrigin.Scale {
    let ends = text.components(separatedBy: "..").map { Double($0) }
    guard ends.count == 2, let low = ends[0], let high = ends[1], low.isFinite, high.isFinite, low < high else {
      throw ExitError.usage("--range: expected two numbers such as -1..1, found '\(text.printable)'")
    }
    return ImportOrigin.Scale(low: low, high: high)
  }
}
