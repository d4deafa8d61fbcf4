import Critics
import Foundation
import Models
import ServerFixture
import Synchronization
import Testing
import TreeInsight
import TreeSearch
import TreeSearchTesting
import Vocabulary

@testable import Runs

/// Servers that go while a search is under way.
struct ServerLossTests {
  /// A judge that needs nobody.
  private struct FlatCritic: Critic {
    let name = CriticName.value
    let scope = CriticScope.everyNode
    func score(_ states: [JudgedState]) async throws -> [Verdict] { states.map { _ in Verdict(score: 0.5) } }
  }

  private func runner(_ model: ServerModel, _ recording: Recording, simulations: Int) throws -> SearchRunner {
    let header = try header(
      ["limit.simulations": "\(simulations)", "rollout.count": "0", "option.maximumTokens": "12"],
      problem: Problem(id: "p", question: "How many?"), seed: 3)
    let responder = ModelResponder(
      policy: model, rollouts: nil, panel: CriticPanel(neural: nil, others: [FlatCritic()]))
    return SearchRunner(search: Search(header: header), responder: responder, journal: recording.journal)
  }

  private func settings(attempts: Int) -> ServerSettings {
    var settings = ServerSettings()
    (settings.prompt, settings.ends, settings.attempts) = ("Q: {question}\nA:\n", [], attempts)
    (settings.firstDelay, settings.longestDelay) = (0.001, 0.002)
    return settings
  }

  /// Counts completions and says when the tenth has come.
  private final class Counter: Sendable {
    let count = Mutex(0)
    let tenth = AsyncStream<Void>.makeStream()

    func note(_ request: LoopbackServer.Request) {
      guard request.path == "/completion" else { return }
      let now = count.withLock { count in
        count += 1
        return count
      }
      if now == 10 { tenth.continuation.yield() }
    }
  }

  @Test func theRunGoesOnWithTheOtherServer() async throws {
    let script = LlamaServerScript()
    let counter = Counter()
    let servers = try (0..<2).map { _ in
      try LoopbackServer { request in
        counter.note(request)
        return script.reply(to: request)
      }
    }
    let model = try ServerModel(urls: servers.map(\.url), settings: settings(attempts: 2))
    let recording = Recording()
    let runner = try runner(model, recording, simulations: 40)
    await runner.run()
    for await _ in counter.tenth.stream { break }
    // The one that the tree stays at.
    let busy = servers.max { $0.requests.count < $1.requests.count }
    try #require(busy).stop()
    await runner.untilIdle()
    #expect(await runner.runState == .done(.simulations))
    #expect(await runner.tree.simulations == 40)
    #expect(servers.allSatisfy { $0.requests.contains { $0.path == "/completion" } })
    let failed = recording.events.filter { if case .failed = $0 { true } else { false } }
    #expect(failed.isEmpty, "nobody noticed")
    await runner.close()
  }

  @Test func aServerThatComesBackLetsAPausedRunGoOn() async throws {
    let script = LlamaServerScript()
    let server = try LoopbackServer { script.reply(to: $0) }
    let model = try ServerModel(urls: [server.url], settings: settings(attempts: 1))
    try await model.connect()
    let recording = Recording()
    let runner = try runner(model, recording, simulations: 20)
    server.stop()
    await runner.run()
    await runner.untilIdle()
    #expect(await runner.runState == .paused)
    let reasons = recording.events.compactMap { if case .failed(_, let message, _) = $0 { message } else { nil } }
    #expect(Set(reasons) == ["\(server.url): expected a server, the connection was refused"])
    try server.start()
    await runner.run()
    await runner.untilIdle()
    #expect(await runner.runState == .done(.simulations))
    #expect(await runner.tree.simulations == 20)
    await runner.close()
  }

  @Test func quittingAndPausingWaitForNoServer() async throws {
    let script = LlamaServerScript()
    let isSilent = Switch()
    let server = try LoopbackServer { request in
      request.path == "/completion" && isSilent.isOn ? .silence : script.reply(to: request)
    }
    let model = try ServerModel(urls: [server.url], settings: settings(attempts: 5))
    try await model.connect()
    isSilent.turnOn()
    let asked = server.requests.count
    let recording = Recording()
    let runner = try runner(model, recording, simulations: 20)
    await runner.run()
    while server.requests.count == asked { try await Task.sleep(for: .milliseconds(2)) }
    await runner.pause()
    #expect(await runner.runState == .paused)
    await runner.close()
    // What was asked for is asked again when the run is opened the next time.
    #expect(await runner.tree.isBusy)
    #expect(!recording.events.contains { if case .failed = $0 { true } else { false } })
  }

  private final class Switch: Sendable {
    private let value = Mutex(false)
    var isOn: Bool { value.withLock { $0 } }
    func turnOn() { value.withLock { $0 = true } }
  }
}
