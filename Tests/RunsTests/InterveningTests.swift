import Runs
import Testing
import TreeInsight
import TreeSearch
import Vocabulary

/// A person acts while a request is in flight.
struct InterveningTests {
  /// A run with a few nodes, whose next simulation waits for its first answer.
  private func underWay(_ simulations: Int) async throws -> Bench {
    let bench = try Bench(["width.root.minimum": "1", "width.root.maximum": "1"])
    await bench.runner.step(simulations)
    await bench.runner.untilIdle()
    await bench.responder.hold()
    await bench.runner.step()
    await bench.responder.untilHolding()
    return bench
  }

  @Test func anAnswerForAPrunedBranchAddsNothing() async throws {
    let bench = try await underWay(1)
    let before = await bench.runner.tree.nodeCount
    await bench.runner.intervene(.prune(node: NodeID(1)))
    await bench.runner.pause()
    await bench.responder.release()
    await bench.runner.untilIdle()
    let tree = await bench.runner.tree
    #expect(tree.nodeCount == before)
    #expect(tree.pending.isEmpty)
  }

  @Test func anExpansionUndoneInFlightLeavesTheTreeAsItWas() async throws {
    let bench = try Bench()
    await bench.runner.step(3)
    await bench.runner.untilIdle()
    let before = await bench.runner.tree
    await bench.responder.hold()
    await bench.runner.intervene(.expand(node: .root, count: 3))
    await bench.responder.untilHolding()
    await bench.runner.undo()
    await bench.responder.release()
    await bench.runner.untilIdle()
    let after = await bench.runner.tree
    #expect(after.nodeCount == before.nodeCount)
    #expect(after.simulations == before.simulations)
    #expect(after[.root].meanValue == before[.root].meanValue)
  }

  @Test func anUndoneExpansionCanBeDoneAgain() async throws {
    let bench = try Bench()
    await bench.runner.step(3)
    await bench.runner.untilIdle()
    let before = await bench.runner.tree.nodeCount
    await bench.runner.intervene(.expand(node: .root, count: 3))
    await bench.runner.untilIdle()
    let widened = await bench.runner.tree.nodeCount
    #expect(widened == before + 3)
    await bench.runner.undo()
    #expect(await bench.runner.tree.nodeCount == before)
    await bench.runner.redo()
    await bench.runner.untilIdle()
    #expect(await bench.runner.tree.nodeCount == widened)
  }

  @Test func anInsertedLineIsScoredByEveryCritic() async throws {
    let bench = try Bench()
    await bench.runner.insert("mine", below: .root)
    await bench.runner.untilIdle()
    let tree = await bench.runner.tree
    #expect(tree.details[1].option?.text == "mine\n")
    #expect(tree.score(CriticName.value, of: NodeID(1)) != nil)
    #expect(tree.score(CriticName.orm, of: NodeID(1)) == 0.5, "the mean of its rollouts")
    #expect(tree.simulations == 1)
  }

  @Test func anInterventionDoesNotEatTheStepsAskedFor() async throws {
    let bench = try Bench()
    await bench.responder.hold()
    await bench.runner.step(4)
    await bench.responder.untilHolding()
    await bench.runner.insert("mine", below: .root)
    await bench.responder.release()
    await bench.runner.untilIdle()
    #expect(await bench.runner.tree.simulations == 5)
  }

  @Test func whatMakesNoSenseIsSaidAndChangesNothing() async throws {
    let bench = try Bench()
    await bench.runner.intervene(.prune(node: NodeID(9)))
    await bench.runner.undo()
    await bench.runner.redo()
    #expect(await bench.runner.tree.eventCount == 0)
    #expect(await bench.told().failures.count == 3)
  }
}
