import Critics
import Foundation
import ServerFixture
import Synchronization
import Testing
import TreeInsight
import TreeSearch
import TreeSearchTesting
import Vocabulary
import Workspace

@testable import Models
@testable import Runs

/// Searches whose server does every so often what it should not, by chance: nothing is lost, nothing is counted twice,
/// and every reason is told.
struct ServerMixtureTests {
  /// A judge that needs nobody.
  private struct LengthCritic: Critic {
    let name = CriticName.value
    let scope = CriticScope.everyNode
    func score(_ states: [JudgedState]) async throws -> [Verdict] {
      states.map { Verdict(score: Double($0.optionTexts.joined().utf8.count % 10) / 10) }
    }
  }

  /// A server that fails by chance.
  private final class Moody: Sendable {
    struct State {
      var chance: SplitMix
      /// Share of requests that fail, once the mood is on.
      var share: Double
      var isOn = false
    }

    let state: Mutex<State>
    let script = LlamaServerScript()

    init(seed: UInt64) {
      var chance = SplitMix(seed: seed, index: 0)
      let shares = [0.05, 0.2, 0.5]
      let share = shares[Int.random(in: shares.indices, using: &chance)]
      state = Mutex(State(chance: chance, share: share))
    }

    func reply(to request: LoopbackServer.Request) -> LoopbackServer.Reply {
      state.withLock { state in
        let right = script.reply(to: request)
        guard state.isOn, request.path == "/completion", Double.random(in: 0..<1, using: &state.chance) < state.share
        else {
          return right
        }
        return Self.wrong(right, &state.chance)
      }
    }

    /// One of the ways of doing it wrong.
    static func wrong(_ right: LoopbackServer.Reply, _ chance: inout SplitMix) -> LoopbackServer.Reply {
      var events: [String] = []
      if case .events(let all, _) = right { events = all }
      switch Int.random(in: 0..<11, using: &chance) {
      case 0: return .hangUp
      case 1: return .events(events, cutAfter: Int.random(in: 0..<max(1, events.count), using: &chance))
      case 2: return .answer(status: 429, headers: ["Retry-After": "0"], body: "{}")
      case 3: return .answer(status: 500, body: "not even JSON")
      case 4: return .answer(status: 200, headers: ["Content-Type": "text/html"], body: "<html></html>")
      case 5: return .json(#"{"completion_probabilities":5}"#)
      case 6: return .json(#"{"content":"","stop":true,"stop_type":"limit"}"#)
      case 7: return .events(events.map { $0.replacingOccurrences(of: #""logprob":-"#, with: #""logprob":1"#) })
      case 8: return .events(events.map { $0.replacingOccurrences(of: #""logprob""#, with: #""other""#) })
      case 9: return .answer(status: 400, body: #"{"error":{"message":"the context size is exceeded"}}"#)
      default: return .events(Array(events.dropLast()))  // the end is missing, though the connection is not cut
      }
    }
  }

  private func settings() -> ServerSettings {
    var settings = ServerSettings()
    (settings.prompt, settings.ends) = ("Q: {question}\nA:\n", [])
    (settings.firstDelay, settings.longestDelay, settings.attempts) = (0, 0, 3)
    return settings
  }

  private func header(_ seed: UInt64) throws -> RunHeader {
    try TreeSearchTesting.header(
      [
        "limit.simulations": "4", "rollout.count": "0", "option.maximumTokens": "12",
        "search.workers": "\(1 + seed % 3)",
      ], problem: Problem(id: "p\(seed)", question: "How many are \(seed)?"), seed: seed)
  }

  /// One search with a server in the mood of `seed`, journaled in `workspace`.
  private func search(_ seed: UInt64, in workspace: Workspace) async throws -> Outcome {
    let moody = Moody(seed: seed)
    let server = try LoopbackServer { moody.reply(to: $0) }
    let model = try ServerModel(urls: [server.url], settings: settings())
    try await model.connect()
    moody.state.withLock { $0.isOn = true }
    let responder = ModelResponder(
      policy: model, rollouts: nil, panel: CriticPanel(neural: nil, others: [LengthCritic()]))
    let header = try header(seed)
    let run = try workspace.createRun(header).id
    let writer = try workspace.writer(of: run)
    let journal = Journal { try writer.append($0, first: $1, totals: RunTotals(tree: $2)) }
    let runner = SearchRunner(search: Search(header: header), responder: responder, journal: journal)
    await runner.run()
    await runner.untilIdle()
    let (tree, state) = (await runner.tree, await runner.runState)
    await runner.close()
    var failures: [String] = []
    for await update in runner.updates { if case .failure(let message) = update { failures.append(message) } }
    #expect(try workspace.verify(run: run).problems == [])
    try check(tree, try workspace.events(of: run), header, at: server.url)
    return Outcome(
      isDone: state == .done(.simulations), failures: failures,
      lostLogProbabilities: model.abilities?.logProbabilities == false)
  }

  /// How a search ended, and what was told.
  private struct Outcome {
    let isDone: Bool
    let failures: [String]
    let lostLogProbabilities: Bool
  }

  /// What the journal says is what the driver had, every request has one end, and every token is counted once.
  private func check(_ tree: SearchTree, _ events: [SearchEvent], _ header: RunHeader, at url: String) throws {
    let again = try SearchTree(header: header, events: events)
    #expect(again.nodes == tree.nodes && again.details == tree.details && again.usage == tree.usage)
    #expect(events.count == tree.eventCount)
    var open: Set<RequestID> = []
    var tokens = 0
    for event in events {
      switch event {
      case .asked(let request): open.insert(request.id)
      case .answered(let id, let answer):
        #expect(open.remove(id) != nil, "answered once")
        guard case .options(let options) = answer.content else { continue }
        // Whatever was tried before, an answer costs what it says.
        let counts = options.map { StoryModel.tokens(of: $0.text).count }
        #expect(answer.usage.policy == counts.reduce(0, +))
        #expect(zip(options, counts).allSatisfy { $0.logProbabilities.isEmpty || $0.logProbabilities.count == $1 })
        #expect(options.allSatisfy { $0.tokens.isEmpty && ($0.text.hasSuffix("\n") || $0.termination != .newline) })
        tokens += answer.usage.policy
      case .failed(let id, let message, _):
        #expect(open.remove(id) != nil, "failed once")
        #expect(message.hasPrefix("\(url): "), "\(message)")
      default: break
      }
    }
    #expect(open.isEmpty, "nothing is lost")
    #expect(tree.usage.policy == tokens)
  }

  @Test func aThousandMixturesOfFaults() async throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "etascope-mixtures-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let workspace = try Workspace(path: folder.appending(path: "w.sqlite").path(percentEncoded: false))
    let outcomes = try await withThrowingTaskGroup(of: Outcome.self) { group in
      var next: UInt64 = 0
      func add() {
        let seed = next
        next += 1
        group.addTask { try await search(seed, in: workspace) }
      }
      for _ in 0..<8 { add() }
      var outcomes: [Outcome] = []
      while let outcome = try await group.next() {
        outcomes.append(outcome)
        if next < 1000 { add() }
      }
      return outcomes
    }
    #expect(outcomes.count == 1000)
    // Most searches come to their end; those that do not have said why.
    #expect(outcomes.count { $0.isDone } > 500)
    #expect(outcomes.allSatisfy { $0.isDone || !$0.failures.isEmpty })
    // A log-probability that is none ends no search.
    #expect(outcomes.contains { $0.lostLogProbabilities && $0.isDone })
    let told = outcomes.flatMap(\.failures).joined(separator: "\n")
    for words in [
      "the connection was closed", "got 429", "got 500", "expected JSON", "an array of objects", "an empty one",
      "context size is exceeded",
    ] { #expect(told.contains(words), "\(words)") }
  }
}
