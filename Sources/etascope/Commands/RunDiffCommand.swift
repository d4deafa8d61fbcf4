import ArgumentParser
import Lab
import TreeInsight
import TreeSearch
import Vocabulary
import Workspace

extension RunCommand {
  /// `run diff`.
  struct Diff: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "diff",
      abstract: "Where two runs part, or what changed between two policies.",
      discussion: """
        Two runs of the same models are compared event by event: settings, the first event that differs, nodes and final \
        answers. Trees of two models, and with --align any two trees of one problem, are laid over each other by what their \
        steps say: where the chosen trajectories part, forks repaired and broken, nodes whose Q or V moved. With selectors \
        in place of ids (model=NAME, seed=NUMBER, round=ID, or several with commas) the same over all problems that both \
        sides searched: right and wrong before and after, McNemar's test, regressions first. Beside it stands what another \
        seed of the first policy changes.
        """)
    @OptionGroup var options: CommonOptions
    @Flag(help: "Lay the trees over each other, though the models are the same.") var align = false
    @Option(help: "List nodes whose Q or V moved by more than this, from 0 to 1.") var threshold = TreeDifference
      .threshold
    @Option(
      help: ArgumentHelp(
        "Second runs of the first policy for the noise floor (default: those that differ in the seed alone).",
        valueName: "selector"))
    var noise: String?
    @Argument(help: "A run's id or an unambiguous beginning of it, or a selector.") var first: String
    @Argument(help: "Another run's, or another selector.") var second: String

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

    func validate() throws {
      guard (0...1).contains(threshold) else {
        throw ValidationError("--threshold: expected a number from 0 to 1, found \(threshold)")
      }
      guard RunSelector.isSelector(first) == RunSelector.isSelector(second) else {
        throw ValidationError("expected two runs or two selectors, found '\(first)' and '\(second)'")
      }
    }

    func run() throws {
      let workspace = try WorkspaceAccess.reading(options)
      let diff = PolicyDiff(workspace: workspace, threshold: threshold, noise: noise, json: options.json)
      if RunSelector.isSelector(first) { return try diff.compare(try RunSelector(first), try RunSelector(second)) }
      let (a, b) = (try workspace.run(first), try workspace.run(second))
      if align || a.header.models["policy"] != b.header.models["policy"] { return try diff.compare(a, b) }
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
