import ArgumentParser
import Foundation
import Pictures
import TreeInsight
import TreeSearch
import Workspace

extension RunCommand {
  /// `run export`.
  struct Export: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "export",
      abstract: "A run as JSON, Graphviz dot, Markdown or a picture (SVG); the same events give the same bytes.")

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
    @Option(name: .shortAndLong, help: "The file to write (default: standard output).") var output: String?
    @Argument(help: "The run's id or an unambiguous beginning of it.") var id: String

    func run() throws {
      let known = RunFormat.all.map(\.name) + ["svg"]
      guard known.contains(format) else {
        throw ExitError.usage("--format: expected one of \(known.joined(separator: ", ")), found '\(format)'")
      }
      if let depth, depth < 1 { throw ExitError.usage("--depth: expected 1 or more, found \(depth)") }
      let workspace = try WorkspaceAccess.reading(options)
      let run = try workspace.run(id).id
      let data = try workspace.export(run: run, format: .named(format) ?? picture(of: run), withThinking: withThinking)
      guard let output else { return try StandardOutput().write(data) }
      try OutputFile.write(data, to: output)
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
