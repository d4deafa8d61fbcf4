import Testing
import TreeInsight
import TreeSearch
import TreeSearchTesting
import Vocabulary

@testable import Runs

/// A journal in place of models.
struct RecordedResponderTests {
  private func header(_ changes: [String: String] = [:], seed: UInt64 = 3) throws -> RunHeader {
    try TreeSearchTesting.header(
      ["limit.simulations": "30"].merging(changes) { $1 }, problem: Problem(id: "p", question: "How many?"), seed: seed,
      critics: [.value, .orm])
  }

  /// Runs to the limit; the tree and what failed.
  private func run(_ header: RunHeader, _ responder: any Responder) async -> (tree: SearchTree, failures: [String]) {
    let runner = SearchRunner(search: Search(header: header), responder: responder, journal: .none)
    let reader = Task {
      var failures: [String] = []
      for await update in runner.updates { if case .failure(let text) = update { failures.append(text) } }
      return failures
    }
    await runner.run()
    await runner.untilIdle()
    let tree = await runner.tree
    await runner.close()
    return (tree, await reader.value)
  }

  private func recorded(_ header: RunHeader) async throws -> (recording: RecordedRun, tree: SearchTree) {
    let journal = Recording()
    let runner = SearchRunner(search: Search(header: header), responder: ScriptedResponder(), journal: journal.journal)
    await runner.run()
    await runner.untilIdle()
    let tree = await runner.tree
    await runner.close()
    return (try RecordedRun(run: "r1", header: header, events: journal.events), tree)
  }

  @Test func theSameSearchIsTheSameTree() async throws {
    let header = try header()
    let (recording, tree) = try await recorded(header)
    let again = await run(header, RecordedResponder(recording, live: nil))
    #expect(again.failures == [])
    #expect(again.tree.nodes == tree.nodes && again.tree.details == tree.details && again.tree.usage == tree.usage)
  }

  /// A search of another seed and constant that wants more than was recorded goes along until nothing is left.
  @Test func anotherSearchGoesAlongAndSaysWhereItLeaves() async throws {
    let (recording, _) = try await recorded(try header())
    let other = try header(["selection.exploration": "3", "limit.simulations": "90"], seed: 4)
    let alone = await run(other, RecordedResponder(recording, live: nil))
    #expect(alone.tree.nodeCount > 3)
    #expect(alone.failures.contains { $0.hasPrefix("the recording r1 has no answer left to ") }, "\(alone.failures)")
    let helped = await run(other, RecordedResponder(recording, live: ScriptedResponder()))
    #expect(helped.failures == [] && helped.tree.simulations == 90)
  }

  @Test func fewerCriticsAreFoundAmongMore() async throws {
    let (recording, _) = try await recorded(try header())
    var fewer = try header()
    fewer.critics = fewer.critics.filter { $0.name == CriticName.value }
    let run = await run(fewer, RecordedResponder(recording, live: nil))
    #expect(run.tree.nodeCount > 3)
    #expect(run.tree.details.prefix(run.tree.nodeCount).allSatisfy { $0.scores.allSatisfy { $0.critic == "value" } })
  }

  @Test func anotherProblemIsRefused() async throws {
    let (recording, _) = try await recorded(try header())
    var other = try header()
    other.problem.question = "How few?"
    let run = await run(other, RecordedResponder(recording, live: nil))
    #expect(run.failures.first == "the recording r1 is of the problem p, not of this one")
    #expect(run.tree.nodeCount <= 1)
  }
}
