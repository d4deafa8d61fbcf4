import Testing
import TreeInsight
import TreeSearch
import Vocabulary

@testable import Runs

/// A journal in place of models.
struct RecordedResponderTests {
  /// Answers that depend on the request's seed and state alone.
  private struct World: Responder {
    func answer(_ context: RequestContext) async throws -> Answer {
      let seed = context.request.seed
      switch context.request.kind {
      case .propose(let draws, _, _, _):
        return Answer(
          .options(
            (0..<draws).map {
              let text = context.options.count > 2 ? "#### \(seed % 5)\n" : "line \(seed % 97 + UInt64($0))\n"
              return SearchOption(bytes: Array(text.utf8), termination: .newline)
            }), usage: TokenUsage(policy: 3))
      case .score(let critics):
        return Answer(.scores(critics.map { CriticScore(critic: $0, score: Double(seed % 101) / 100) }))
      case .rollOut(let count, _, _):
        return Answer(.rollouts((0..<count).map { Rollout(text: "#### \($0)\n", score: 0.5) }))
      case .compare(_, let nodes): return Answer(.similarities(nodes.map { _ in 0 }))
      }
    }

    func option(from text: String) async -> SearchOption { SearchOption(bytes: Array(text.utf8), termination: .person) }
  }

  private func header(_ changes: [String: String] = [:], seed: UInt64 = 3) throws -> RunHeader {
    var parameters = SearchParameters()
    for (id, value) in changes.merging(["limit.simulations": "30"], uniquingKeysWith: { a, _ in a }) {
      try parameters.set(id, to: value)
    }
    return RunHeader(
      problem: Problem(id: "p", question: "How many?"), seed: seed, parameters: parameters,
      critics: [
        CriticWeight(name: CriticName.value, weight: 1, scope: .everyNode),
        CriticWeight(name: CriticName.orm, weight: 1, scope: .outcome),
      ])
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
    let runner = SearchRunner(search: Search(header: header), responder: World(), journal: journal.journal)
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
    let helped = await run(other, RecordedResponder(recording, live: World()))
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
