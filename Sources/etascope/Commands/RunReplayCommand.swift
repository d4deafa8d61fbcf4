import ArgumentParser
import TreeInsight
import TreeSearch
import Vocabulary
import Workspace

extension RunCommand {
  /// `run replay`.
  struct Replay: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "replay", abstract: "What happened in a run, event by event, in words.")
    @OptionGroup var options: CommonOptions
    @Option(help: ArgumentHelp("Stop after this many events (default: all).", valueName: "event")) var to: Int?
    @Argument(help: "The run's id or an unambiguous beginning of it.") var id: String

    private struct Row: Encodable {
      let event: Int
      let phase: Phase?
      let sentence: String
      let data: SearchEvent

      func encode(to encoder: any Encoder) throws {
        var c = encoder.container(keyedBy: CodingKeys.self)
        try c.encode(event, forKey: .event)
        try c.encode(phase, forKey: .phase)
        try c.encode(sentence, forKey: .sentence)
        try c.encode(data, forKey: .data)
      }

      enum CodingKeys: String, CodingKey { case event, phase, sentence, data }
    }

    func validate() throws {
      if let to, to < 0 { throw ValidationError("--to: expected an event from 0, found \(to)") }
    }

    func run() throws {
      let workspace = try WorkspaceAccess.reading(options)
      let record = try workspace.run(id)
      let events = try workspace.events(of: record.id, upTo: to)
      let out = StandardOutput()
      var tree = SearchTree(header: record.header)
      for (number, event) in events.enumerated() {
        do {
          try tree.apply(event)
        } catch {
          throw ExitError.failed("run \(record.id): \(error)")
        }
        let (phase, sentence) = (Phase(event), event.sentence(in: tree))
        if options.json {
          try out.json(Row(event: number + 1, phase: phase, sentence: sentence, data: event))
        } else {
          try out.line("\(number + 1)\t\(phase?.word ?? "")\t\(sentence.printable)")
        }
      }
      StandardError.line(
        "\(events.count) of \(record.summary.eventCount) events: \(tree.simulations) simulations, \(tree.nodeCount) nodes"
      )
    }
  }
}
