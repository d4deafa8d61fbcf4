import Runs
import Synchronization
import Testing
import TreeInsight
import TreeSearch

/// Several requests in flight.
struct ParallelTests {
  /// A run with a few nodes and nothing under way.
  private func begun(workers: Int, _ simulations: Int = 3) async throws -> Bench {
    let bench = try Bench(["limit.simulations": "40"], workers: workers)
    await bench.runner.step(simulations)
    await bench.runner.untilIdle()
    return bench
  }

  private func replayed(_ bench: Bench) throws -> SearchTree {
    try SearchTree(header: bench.header, events: bench.recording.events)
  }

  private func answered(_ bench: Bench) -> [RequestID] {
    bench.recording.events.compactMap { if case .answered(let id, _) = $0 { id } else { nil } }
  }

  @Test func answersAreToldAndJournaledInOrderOfArrival() async throws {
    let bench = try await begun(workers: 4)
    await bench.responder.hold()
    await bench.runner.intervene(.expand(node: .root, count: 1))
    await bench.responder.untilHolding()
    let late = try #require(await bench.responder.asked.last)
    await bench.responder.holdNoMore()
    let nodes = await bench.runner.tree.nodeCount
    await bench.runner.intervene(.expand(node: .root, count: 3))
    await bench.until { $0.nodeCount == nodes + 3 && $0.pending.count == 1 }
    #expect(await bench.runner.tree.pending[late.id] == late)
    await bench.responder.release()
    await bench.runner.untilIdle()
    let tree = await bench.runner.tree
    #expect(tree.nodeCount == nodes + 4)
    #expect(!tree.isBusy)
    let order = answered(bench)
    let place = try #require(order.firstIndex(of: late.id))
    #expect(order[..<place].contains { $0 > late.id })
    #expect(bench.recording.gaps == 0)
    #expect(try replayed(bench).nodes == tree.nodes)
    #expect(try replayed(bench).details == tree.details)
  }

  @Test func requestsAskedForTogetherAreOneBatch() async throws {
    let batches = BatchRecorder()
    let bench = try Bench(workers: 8, answering: batches)
    await bench.runner.discharge()
    await bench.runner.untilIdle()
    let before = batches.sizes.count
    await bench.runner.intervene(.expand(node: .root, count: 5))
    await bench.runner.untilIdle()
    // Five proposals, then five evaluations of two requests each.
    #expect(Array(batches.sizes.dropFirst(before).prefix(2)) == [5, 10])
    #expect(await bench.runner.tree.nodeCount == 6)
  }

  @Test func aResponderThatForgetsARequestFailsIt() async throws {
    let bench = try Bench(workers: 8, answering: BatchRecorder(forgets: 1))
    await bench.runner.intervene(.rollOut(node: .root, count: 1))
    await bench.runner.untilIdle()
    #expect(await bench.told().failures.contains("nobody answered"))
  }

  @Test(arguments: [1, 2, 4]) func noMoreSimulationsThanWorkersAreUnderWay(_ workers: Int) async throws {
    let bench = try Bench(
      ["limit.simulations": "60"], workers: workers, seed: 3, responder: ScriptedResponder(dawdles: true))
    await bench.runner.run()
    await bench.runner.untilIdle()
    #expect(await bench.runner.tree.simulations == 60)
    // An evaluation is two requests at most: rollouts and scores.
    #expect(await bench.responder.mostAtOnce <= 2 * workers)
    if workers == 4 { #expect(await bench.responder.mostAtOnce > 2) }
  }

  @Test func oneFailureOfABatchLeavesTheOthers() async throws {
    let bench = try await begun(workers: 4)
    let before = await bench.runner.tree
    await bench.responder.refuse([before.requestCount + 1])
    await bench.runner.intervene(.expand(node: .root, count: 3))
    await bench.runner.untilIdle()
    #expect(await bench.runner.tree.nodeCount == before.nodeCount + 2)
    #expect(await bench.runner.runState == .idle)
    #expect(await bench.told().failures == ["refused"])
  }

  @Test func threeFailuresInARowPause() async throws {
    let bench = try await begun(workers: 4)
    await bench.responder.refuse(1000)
    await bench.runner.run()
    await bench.runner.untilIdle()
    #expect(await bench.runner.runState == .paused)
    await bench.responder.refuse(0)
    await bench.runner.run()
    await bench.runner.untilIdle()
    #expect(await bench.runner.runState == .done(.simulations))
  }

  @Test func aPauseFinishesWhatIsUnderWay() async throws {
    let bench = try await begun(workers: 4)
    await bench.responder.hold()
    await bench.runner.run()
    await bench.runner.intervene(.expand(node: .root, count: 3))
    await bench.responder.untilHolding(3)
    await bench.runner.pause()
    let simulations = await bench.runner.tree.simulations
    await bench.responder.release()
    await bench.runner.untilIdle()
    let tree = await bench.runner.tree
    #expect(await bench.runner.runState == .paused)
    #expect(!tree.isBusy)
    #expect(tree.simulations <= simulations + 3 + 4)
    await bench.runner.run()
    await bench.runner.untilIdle()
    #expect(await bench.runner.tree.stopReason == .simulations)
  }

  @Test func closingLeavesAllToBeAskedAgain() async throws {
    let bench = try await begun(workers: 4)
    let nodes = await bench.runner.tree.nodeCount
    await bench.responder.hold()
    await bench.runner.intervene(.expand(node: .root, count: 3))
    await bench.responder.untilHolding(3)
    await bench.runner.close()
    let outstanding = await bench.runner.tree.pending
    #expect(outstanding.count == 3)

    let responder = ScriptedResponder()
    let again = try bench.reopened(bench.recording.events, responder: responder)
    await again.discharge()
    await again.untilIdle()
    let asked = await responder.asked.prefix(3)
    #expect(asked.sorted { $0.id < $1.id } == outstanding.values)
    #expect(await again.tree.nodeCount == nodes + 3)
    #expect(await again.tree.isBusy == false)
  }

  @Test func anExpansionUndoneInFlightLeavesTheTreeAsItWas() async throws {
    let bench = try await begun(workers: 4)
    let before = await bench.runner.tree
    await bench.responder.hold()
    await bench.runner.intervene(.expand(node: .root, count: 3))
    await bench.responder.untilHolding(3)
    await bench.runner.undo()
    await bench.responder.release()
    await bench.runner.untilIdle()
    let after = await bench.runner.tree
    #expect(after.nodeCount == before.nodeCount)
    #expect(after.simulations == before.simulations)
    #expect(after.pending.isEmpty)
  }

  @Test func theJournalHoldsNothingMoreAfterItFailed() async throws {
    let bench = try await begun(workers: 4)
    await bench.responder.hold()
    await bench.runner.intervene(.expand(node: .root, count: 3))
    await bench.responder.untilHolding(3)
    bench.recording.limit(bench.recording.events.count)
    await bench.runner.intervene(.prune(node: NodeID(1)))
    await bench.runner.untilIdle()
    #expect(await bench.runner.tree.pending.count == 3)
    let told = await bench.told()
    #expect(told.events == bench.recording.events)
    #expect(told.failures == ["the journal cannot be written: no space left"])
  }

  /// Whatever the order in which answers come, the journal replays to the tree that was there, and the limit is kept.
  @Test(arguments: 1...8)
  func anyOrderReplays(_ seed: UInt64) async throws {
    let bench = try Bench(
      ["limit.simulations": "40"], workers: 1 + Int(seed), seed: seed, responder: ScriptedResponder(dawdles: true))
    await bench.runner.run()
    await bench.runner.intervene(.expand(node: .root, count: 4))
    await bench.runner.insert("mine", below: .root)
    await bench.runner.untilIdle()
    let tree = await bench.runner.tree
    #expect(tree.simulations == 40)
    #expect(tree.stopReason == .simulations)
    #expect(!tree.isBusy)
    #expect(try replayed(bench).nodes == tree.nodes)
    #expect(try replayed(bench).details == tree.details)
    #expect(await bench.told().events == bench.recording.events)
  }
}

/// Answers whole batches at once and notes how large they are.
private final class BatchRecorder: Responder {
  private let inner = ScriptedResponder()
  private let noted = Mutex<[Int]>([])
  private let forgets: Int

  /// - Parameter forgets: answers missing at the end of each batch.
  init(forgets: Int = 0) { self.forgets = forgets }

  var sizes: [Int] { noted.withLock { $0 } }

  func answer(_ context: RequestContext) async throws -> Answer { try await inner.answer(context) }

  func answer(_ contexts: [RequestContext]) async -> [Result<Answer, any Error>] {
    noted.withLock { $0.append(contexts.count) }
    var answers: [Result<Answer, any Error>] = []
    for context in contexts.dropLast(forgets) {
      do { answers.append(.success(try await inner.answer(context))) } catch { answers.append(.failure(error)) }
    }
    return answers
  }

  func option(from text: String) async -> SearchOption { await inner.option(from: text) }
}
