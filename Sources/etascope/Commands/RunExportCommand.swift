import ArgumentParser
import Foundation
import Models
import Pictures
import TreeInsight
import TreeSearch
import Vocabulary
import Workspace

extension RunCommand {
  /// `run export`.
  struct Export: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "export",
      abstract:
        "A run as JSON, a graph, a table, a page for a browser, a picture, or in other programs' forms; the same events give the same bytes."
    )

    /// What a picture shows.
    enum Part: String, ExpressibleByArgument, CaseIterable { case tree, trajectory }

    @OptionGroup var options: CommonOptions
    @Option(
      help: ArgumentHelp(
        "\(RunFormat.all.map { "\($0.name) (\($0.help))" }.joined(separator: ", ")) or svg (a picture).",
        valueName: "format"))
    var format = "json"
    @Option(help: "svg: tree or trajectory.") var part = Part.tree
    @Option(help: "svg: the top of the tree (default: the root), or the end of the trajectory (default: the best).")
    var node: Int?
    @Option(help: "svg: levels of the tree below its top (default: all).") var depth: Int?
    @Option(help: "svg: leave out nodes with fewer visits.") var leastVisits = 0
    @Flag(help: "json, markdown: write what the model thought as well.") var withThinking = false
    @Option(
      help: ArgumentHelp(
        "Send the run as spans to an OpenTelemetry collector instead of writing it, such as http://127.0.0.1:4318/v1/traces.",
        valueName: "url"))
    var otlp: String?
    @Option(name: .shortAndLong, help: "The file to write (default: standard output).") var output: String?
    @Argument(help: "The run's id or an unambiguous beginning of it.") var id: String

    func run() async throws {
      let known = RunFormat.all.map(\.name) + ["svg"]
      guard known.contains(format) else {
        throw ExitError.usage("--format: expected one of \(known.joined(separator: ", ")), found '\(format)'")
      }
      if let depth, depth < 1 { throw ExitError.usage("--depth: expected 1 or more, found \(depth)") }
      let workspace = try WorkspaceAccess.reading(options)
      let run = try workspace.run(id).id
      let tree = try workspace.tree(of: run)
      if let otlp { return try await send(tree, of: workspace.run(run), to: otlp) }
      let export = try RunExport(tree, withThinking: withThinking)
      let form = RunFormat.named(format) ?? picture(of: run)
      guard let output else {
        let out = StandardOutput()
        return try export.write(form) { try out.write($0) }
      }
      try OutputFile.write(to: output) { sink in try export.write(form, to: sink) }
    }

    /// Sends the run as a trace, at the time at which it was made.
    private func send(_ tree: SearchTree, of run: RunRecord, to url: String) async throws {
      let export = try RunExport(tree, begun: run.summary.created)
      do {
        try await HTTPPost.json(export.data(.telemetry), to: url)
      } catch let failure as HTTPPost.Failure {
        throw ExitError.failed("--otlp: \(failure.description.printable)")
      }
      StandardError.line("\(export.shown.count) spans sent")
    }

    /// Needs the explorer's drawing, and so stands here and not beside the other formats.
    private func picture(of run: String) -> RunFormat {
      RunFormat(name: "svg", help: "a picture") { [node, part, depth, leastVisits] export in
        let tree = export.tree
        if let node, !tree.nodes.indices.contains(node) || !tree.isVisible(NodeID(node)) {
          throw ExitError.usage("--node: run \(run) has no node \(node)")
        }
        let picked = node.map { NodeID($0) }
        let svg =
          switch part {
          case .tree: TreePicture(tree, top: picked ?? .root, depth: depth ?? .max, leastVisits: leastVisits).svg
          case .trajectory: TrajectoryPicture(tree, through: picked).svg
          }
        return Data(svg.utf8)
      }
    }
  }
}
