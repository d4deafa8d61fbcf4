import Runs
import Testing
import TreeSearch

/// Steps, runs, pauses and limits.
struct SteppingTests {
  @Test func aStepIsOneSimulation() async throws {
    let bench = try Bench()
    await bench.runner.step()
    await bench.runner.untilIdle()
    #expect(await bench.runner.tree.simulations == 1)
    #expect(await bench.runner.runState == .idle)
  }

  @Test func stepsAskedInABurstAllHappen() async throws {
    let bench = try Bench()
    await bench.responder.hold()
    for _ in 1...20 { await bench.runner.step() }
    await bench.responder.release()
    await bench.runner.untilIdle()
    #expect(await bench.runner.tree.simulations == 20)
  }

  @Test func aRunEndsAtTheLimitOfSimulations() async throws {
    let bench = try Bench(["limit.simulations": "7"])
    await bench.runner.run()
    await bench.runner.untilIdle()
    #expect(await bench.runner.tree.simulations == 7)
    #expect(await bench.told().states == [.running, .done(.simulations)])
  }

  @Test func aRunBeyondItsLimitDoesAsManyAgain() async throws {
    let bench = try Bench(["limit.simulations": "7"])
    for _ in 1...2 {
      await bench.runner.run()
      await bench.runner.untilIdle()
    }
    #expect(await bench.runner.tree.simulations == 14)
  }

  /// Every proposal costs 10 tokens and every inner node 4 rollouts of 1 token.
  @Test func aRunEndsAtTheLimitOfTokens() async throws {
    let bench = try Bench(["limit.tokens": "50", "limit.simulations": "1000"])
    await bench.runner.run()
    await bench.runner.untilIdle()
    let tree = await bench.runner.tree
    #expect(tree.stopReason == .tokens)
    #expect((50..<64).contains(tree.usage.generated), "\(tree.usage.generated) tokens")
  }

  /// Given so many tokens it rests there, says so, and goes on from there when it is given more.
  @Test func aRunRestsWhereItsTokensAreSpent() async throws {
    let bench = try Bench(["limit.simulations": "1000"])
    for tokens in [30, 80] {
      await bench.runner.run(within: tokens)
      await bench.runner.untilIdle()
      let tree = await bench.runner.tree
      #expect(tree.stopReason == .tokens)
      #expect((tokens..<tokens + 14).contains(tree.usage.generated), "\(tree.usage.generated) tokens")
      #expect(await bench.runner.runState == .done(.tokens))
    }
  }

  @Test func aRunEndsAtTheLimitOfSeconds() async throws {
    let bench = try Bench(["limit.seconds": "0.000000001", "limit.simulations": "1000000"])
    await bench.runner.run()
    await bench.runner.untilIdle()
    #expect(await bench.runner.tree.stopReason == .seconds)
    #expect(await bench.runner.runState == .done(.seconds))
  }

  @Test func aPauseFinishesTheSimulationUnderWay() async throws {
    let bench = try Bench()
    await bench.responder.hold()
    await bench.runner.run()
    await bench.responder.untilHolding()
    await bench.runner.pause()
    #expect(await bench.runner.runState == .paused)
    await bench.responder.release()
    await bench.runner.untilIdle()
    #expect(await bench.runner.tree.simulations <= 1)
    #expect(await bench.runner.tree.isBusy == false)
    #expect(await bench.runner.runState == .paused)
  }

  /// One child that is terminal: later simulations need no answer from anybody.
  @Test func aRunThatOnlyRevisitsATerminalCanBePaused() async throws {
    let bench = try Bench(
      ["width.root.minimum": "1", "width.root.maximum": "1", "limit.simulations": "1000000000"],
      responder: ScriptedResponder(answerDepth: 1))
    await bench.runner.run()
    for await update in bench.runner.updates {
      if case .events = update, await bench.runner.tree.simulations > 10 { break }
    }
    await bench.runner.pause()
    let paused = await bench.runner.tree.simulations
    await bench.runner.untilIdle()
    #expect(await bench.runner.tree.simulations == paused)
    #expect(await bench.runner.tree.nodeCount == 2)
    #expect(await bench.responder.asked.count == 3, "the root's score, one proposal, the terminal's scores")
  }

  @Test func stepsOnATerminalAreCounted() async throws {
    let bench = try Bench(
      ["width.root.minimum": "1", "width.root.maximum": "1"], responder: ScriptedResponder(answerDepth: 1))
    await bench.runner.step(5)
    await bench.runner.untilIdle()
    #expect(await bench.runner.tree.simulations == 5)
  }

  @Test func theSameSeedMakesTheSameEvents() async throws {
    var journals: [[SearchEvent]] = []
    for seed: UInt64 in [5, 5, 6] {
      let bench = try Bench(["limit.simulations": "60"], seed: seed)
      await bench.runner.run()
      await bench.runner.untilIdle()
      journals.append(bench.recording.events)
    }
    #expect(journals[0] == journals[1])
    #expect(journals[0] != journals[2])
  }
}
