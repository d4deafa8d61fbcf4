import ArgumentParser
import TreeInsight
import TreeSearch
import Vocabulary
import Workspace

extension RunCommand {
  /// `run diff`.
  struct Diff: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "diff", abstract: "Where two runs part: settings, the first event, nodes and final answers.")
    @OptionGroup var options: CommonOptions
    @Argument(help: "A run's id or an unambiguous beginning of it.") var first: String
    @Argument(help: "Another run's.") var second: String

    /// Nodes listed for people; `--json` has all.
    private static let mostNodes = 20

    private struct Report: Encodable {
      let a, b: String
      let settings: [Difference<String, String>]
      let parting: Difference<Int, String>?
      let nodes: [Difference<[String], NodeTotals>]
      let finals: [Difference<String, String>]

      func encode(to encoder: any Encoder) throws {
        var c = encoder.container(keyedBy: CodingKeys.self)
        try c.encode(a, forKey: .a)
        try c.encode(b, forKey: .b)
        try c.encode(settings, forKey: .settings)
        try c.encode(parting, forKey: .parting)
        try c.encode(nodes, forKey: .nodes)
        try c.encode(finals, forKey: .finals)
      }

      enum CodingKeys: String, CodingKey { case a, b, settings, parting, nodes, finals }
    }

    func run() throws {
      let workspace = try WorkspaceAccess.reading(options)
      let (a, b) = (try workspace.run(first), try workspace.run(second))
      let difference = RunDifference(try workspace.timeline(of: a.id), try workspace.timeline(of: b.id))
      let out = StandardOutput()
      if options.json {
        return try out.json(
          Report(
            a: a.id, b: b.id, settings: difference.settings, parting: difference.parting, nodes: difference.nodes,
            finals: difference.finals))
      }
      for line in ["a: \(a.id)", "b: \(b.id)"] + Self.lines(difference) { try out.line(line.printable) }
    }

    private static func lines(_ difference: RunDifference) -> [String] {
      if difference.isEmpty { return ["the runs are the same, event by event"] }
      var lines = difference.settings.map { "\($0.at): \($0.a ?? "none") | \($0.b ?? "none")" }
      if let parting = difference.parting {
        lines.append("the first \(parting.at) events are the same; then")
        lines += ["  a: \(parting.a ?? "the journal ends")", "  b: \(parting.b ?? "the journal ends")"]
      }
      if !difference.nodes.isEmpty { lines.append("\(difference.nodes.count) nodes differ:") }
      for node in difference.nodes.prefix(mostNodes) {
        let name = node.at.last.map { "depth \(node.at.count) \($0.split(whereSeparator: \.isNewline).first ?? "")" }
        lines.append("  \(name ?? "root")")
        lines.append("    a: \(totals(node.a))   b: \(totals(node.b))")
      }
      let left = difference.nodes.count - mostNodes
      if left > 0 { lines.append("  and \(left) more; --json lists all") }
      return lines + difference.finals.map { "answer by \($0.at): \($0.a ?? "none") | \($0.b ?? "none")" }
    }

    private static func totals(_ totals: NodeTotals?) -> String {
      guard let totals else { return "not there" }
      let q = totals.q.map {
        $0.formatted(.number.precision(.fractionLength(3)).locale(.init(identifier: "en_US_POSIX")))
      }
      return "node \(totals.id), N \(totals.visits), Q \(q ?? "none"), \(totals.nodes) nodes from here"
    }
  }
}
