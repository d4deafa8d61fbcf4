import Critics
import Models
import ServerFixture
import Testing
import TreeSearch
import TreeSearchTesting
import Vocabulary

@testable import Runs

/// A chat that neither goes on with what is written nor gives a next step is a policy of whole answers.
struct WholeAnswerTests {
  @Test func eachAnswerIsANode() async throws {
    var script = OddServerScript()
    (script.hasChat, script.hasCompletions) = (true, false)
    (script.prefill, script.history, script.inline) = (.anew, .refused, .anew)
    let server = try LoopbackServer { [script] in script.reply(to: $0) }
    var settings = ServerSettings()
    settings.attempts = 1
    let model = try ServerModel(urls: [server.url], settings: settings)
    #expect(try await model.connect().steps == .none)
    let header = try header(["limit.simulations": "4", "rollout.count": "0"], critics: [])
    let recording = Recording()
    let runner = SearchRunner(
      search: Search(header: header),
      responder: ModelResponder(policy: model, rollouts: nil, panel: CriticPanel(neural: nil)),
      journal: recording.journal)
    await runner.run()
    await runner.untilIdle()
    let tree = await runner.tree
    #expect(await runner.runState == .done(.simulations))
    #expect(tree.failures.isEmpty, "\(tree.failures)")
    let nodes = tree.nodes.indices.dropFirst().map { NodeID($0) }
    #expect(!nodes.isEmpty)
    for node in nodes {
      #expect(tree[node].depth == 1 && tree[node].terminal == .answer)
      #expect(tree.details[node.offset].option?.text == script.solution)
    }
    await runner.close()
  }
}
