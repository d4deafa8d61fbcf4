import ArgumentParser
import Benchmarks
import Foundation
import Lab
import TreeSearch
import Vocabulary

/// `etascope benchmark server`: how busy searches keep a server, and what they make it do in vain.
struct ServerBenchmark: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "server", abstract: "How busy searches keep a server with so many slots.",
    discussion: """
      Starts a server on the loopback interface that writes a token a sequence and tick, lets a batch of problems be searched \
      with default critics, and counts: sequences in flight (a tick's mean, from the first token to the last), requests of \
      policy and rollouts a simulation, those that read labels apart, tokens a simulation, the share of tokens that came to \
      nothing, those written behind a stated answer, and this program's own processor time a token, the server's left out.
      """)

  @Option(help: "Milliseconds a token.") var latency = 10.0
  @Option(help: "Sequences that the server writes at once.") var slots = 32
  @Option(help: "Problems to search.") var problems = 64
  @Option(help: "Simulations of each.") var simulations = 12
  @Option(help: "Rollouts of a node.") var rollouts = 4
  @Option(help: "Problems in flight at once; without it as many as search itself would choose.") var jobs: Int?
  @Flag(help: "The model goes on behind its answers, as base models do.") var chatty = false
  @Flag(help: "The server tells no log-probabilities.") var mute = false
  @Flag(help: "One JSON object.") var json = false

  func run() async throws {
    for (name, value) in [("slots", slots), ("problems", problems), ("simulations", simulations)] where value < 1 {
      throw ExitError.usage("--\(name): expected 1 or more, found \(value)")
    }
    guard latency > 0, latency.isFinite else {
      throw ExitError.usage("--latency: expected more than 0, found \(latency)")
    }
    guard (0...64).contains(rollouts) else { throw ExitError.usage("--rollouts: expected 0 to 64, found \(rollouts)") }
    var behaviour = ScriptedServer.Behaviour()
    (behaviour.slots, behaviour.latency, behaviour.isChatty) = (slots, latency, chatty)
    behaviour.tellsLogProbabilities = !mute
    let server = try ScriptedServer(behaviour)
    defer { server.stop() }
    let figures = try await TemporaryFolder.use { folder in
      var settings = Settings(workspace: folder.appending(path: "workspace.sqlite").path(percentEncoded: false))
      settings.models.policy = try ModelSpec([server.url], flag: "--model")
      settings.critics = settings.models.standard
      try settings.parameters.set("limit.simulations", to: "\(simulations)")
      try settings.parameters.set("rollout.count", to: "\(rollouts)")
      let asked = (0..<problems).map { number in
        Problem(id: "p\(number)", question: "Ana has \(number) kites and gets 4 more. How many now?", answer: "8")
      }
      var control = SearchControl()
      control.jobs = jobs
      let before = ProcessorTime.seconds
      let setup = try await RunSetup(settings)
      let results = try await setup.search(asked, control: control)
      let made = ProcessorTime.seconds - before
      return ServerFigures(server.figures, results: results.map(\.load), processorSeconds: made, slots: slots)
    }
    let out = StandardOutput()
    if json { return try out.json(figures) }
    for line in figures.lines { try out.line(line) }
  }
}

extension SearchResult {
  /// What the benchmark reads of it.
  fileprivate var load: ServerFigures.Load {
    ServerFigures.Load(
      simulations: simulations, generated: prompts?.generated ?? 0, discarded: prompts?.discarded ?? 0,
      isWhole: error == nil)
  }
}
