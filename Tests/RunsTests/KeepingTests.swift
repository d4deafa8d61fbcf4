import Runs
import Testing
import TreeInsight
import TreeSearch

/// Journal, failures, closing and going on.
struct KeepingTests {
  @Test func everyEventIsJournaledInOrderAndShown() async throws {
    let bench = try Bench()
    await bench.runner.step(10)
    await bench.runner.untilIdle()
    let told = await bench.told()
    #expect(told.events == bench.recording.events)
    #expect(bench.recording.gaps == 0)
    #expect(bench.recording.events.count == (await bench.runner.tree.eventCount))
  }

  /// An answer is kept together with what is asked next, but where a breakpoint may want the search to stop between them.
  @Test func whatIsAskedNextIsJournaledWithTheAnswer() async throws {
    let (bench, watched) = (try Bench(), try Bench())
    await watched.runner.setBreakpoints([try Breakpoint("depth=99")])
    for runner in [bench.runner, watched.runner] {
      await runner.step(10)
      await runner.untilIdle()
    }
    #expect(bench.recording.events == watched.recording.events)
    #expect(bench.recording.appends.count * 3 < watched.recording.appends.count * 2)
  }

  /// What was shown is what the journal holds, wherever writing begins to fail.
  @Test(arguments: [0, 1, 5, 13, 40])
  func whatCannotBeJournaledIsNotShown(_ limit: Int) async throws {
    let bench = try Bench(["limit.simulations": "1000"])
    bench.recording.limit(limit)
    await bench.runner.run()
    var shown: [RunUpdate] = []
    for await update in bench.runner.updates { shown.append(update) }
    #expect(shown.events == bench.recording.events)
    #expect(shown.failures == ["the journal cannot be written: no space left"])
    #expect(bench.recording.events.count <= limit)
    await bench.runner.untilIdle()
    // What was kept goes on.
    let again = try bench.reopened(bench.recording.events, responder: ScriptedResponder())
    await again.step(3)
    await again.untilIdle()
    #expect(await again.tree.simulations >= 3)
  }

  @Test func nothingIsAskedAfterTheJournalFailed() async throws {
    let bench = try Bench()
    bench.recording.limit(0)
    await bench.runner.run()
    await bench.runner.untilIdle()
    await bench.runner.step()
    await bench.runner.untilIdle()
    #expect(await bench.responder.asked.isEmpty)
  }

  @Test func threeFailuresInARowPauseTheRun() async throws {
    let bench = try Bench(["limit.simulations": "50"])
    await bench.runner.step(2)
    await bench.runner.untilIdle()
    await bench.responder.refuse(1000)
    await bench.runner.run()
    await bench.runner.untilIdle()
    #expect(await bench.runner.runState == .paused)
    await bench.responder.refuse(0)
    await bench.runner.run()
    await bench.runner.untilIdle()
    #expect(await bench.runner.tree.simulations >= 50)
    let told = await bench.told()
    #expect(told.failures.count >= 3)
    #expect(told.failures.allSatisfy { $0.contains("refused") })
  }

  @Test func twoFailuresDoNotPause() async throws {
    let bench = try Bench(["limit.simulations": "20"])
    await bench.runner.step(2)
    await bench.runner.untilIdle()
    await bench.responder.refuse(2)
    await bench.runner.run()
    await bench.runner.untilIdle()
    #expect(await bench.runner.runState == .done(.simulations))
  }

  @Test func anIgnoredAnswerIsNoFailure() async throws {
    let bench = try Bench(["width.root.minimum": "1", "width.root.maximum": "1"])
    await bench.runner.step()
    await bench.runner.untilIdle()
    await bench.responder.refuse(2)
    await bench.responder.hold(after: 2)
    await bench.runner.step()
    await bench.responder.untilHolding()
    await bench.runner.intervene(.prune(node: NodeID(1)))
    await bench.responder.release()
    await bench.runner.untilIdle()
    #expect(bench.recording.events.contains { if case .ignored = $0 { true } else { false } })
    #expect(await bench.runner.runState != .paused)
    #expect(await bench.told().failures == ["refused", "refused"])
  }

  @Test func closingLeavesTheRequestToBeAskedAgain() async throws {
    let bench = try Bench()
    await bench.runner.step(2)
    await bench.runner.untilIdle()
    await bench.responder.hold()
    await bench.runner.step()
    await bench.responder.untilHolding()
    let outstanding = try #require(await bench.responder.asked.last)
    await bench.runner.close()
    #expect(await bench.runner.tree.pending[outstanding.id] == outstanding)

    let responder = ScriptedResponder()
    let again = try bench.reopened(bench.recording.events, responder: responder)
    await again.discharge()
    await again.untilIdle()
    #expect(await responder.asked.first == outstanding)
    #expect(await again.tree.isBusy == false)
    #expect(await again.tree.simulations == 3)
  }

  /// Interrupted anywhere, a run makes the events that it would have made.
  @Test(arguments: [1, 4, 9, 20])
  func aReopenedRunGoesOnAsIfNothingHadHappened(_ kept: Int) async throws {
    let whole = try Bench()
    await whole.runner.step(8)
    await whole.runner.untilIdle()
    let events = whole.recording.events
    let again = try whole.reopened(Array(events.prefix(kept)), responder: ScriptedResponder())
    await again.discharge()
    await again.untilIdle()
    await again.step(8 - (await again.tree.simulations))
    await again.untilIdle()
    #expect(await again.tree.nodes == whole.runner.tree.nodes)
    #expect(await again.tree.details == whole.runner.tree.details)
  }
}
