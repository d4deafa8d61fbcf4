import Runs
import Testing
import TreeInsight
import TreeSearch

/// A run pauses where a breakpoint fires or a watchdog finds something wrong, and goes on from there.
struct WatchingTests {
  @Test func aBreakpointPausesAtItsEvent() async throws {
    let bench = try Bench(["limit.simulations": "100"])
    await bench.runner.setBreakpoints([try Breakpoint("depth=2")])
    await bench.runner.run()
    await bench.runner.untilIdle()
    #expect(await bench.runner.runState == .paused)
    let last = try #require(bench.recording.events.lastIndex { if case .added = $0 { true } else { false } })
    guard case .added(let node, _, _, _, _, _, _, _) = bench.recording.events[last] else { return }
    let tree = await bench.runner.tree
    #expect(tree[node].depth == 2)
    // The node's own requests are asked and wait: nothing was answered after the event.
    #expect(bench.recording.events[(last + 1)...].allSatisfy { if case .asked = $0 { true } else { false } })
    #expect(tree.isBusy)
    let told = await bench.told()
    #expect(told.notices.map(\.sentence) == ["breakpoint 'depth=2' at node \(node)"])
    #expect(told.notices.map(\.node) == [node])
    #expect(told.states == [.running, .paused])
  }

  /// Paused at every node it adds, a run makes the events that it makes without a pause.
  @Test func aPausedRunGoesOnAsIfNothingHadHappened() async throws {
    let whole = try Bench(["limit.simulations": "25"])
    await whole.runner.run()
    await whole.runner.untilIdle()
    let paused = try Bench(["limit.simulations": "25"])
    await paused.runner.setBreakpoints([try Breakpoint("depth>0 n=0"), try Breakpoint("best changes")])
    var pauses = 0
    repeat {
      await paused.runner.run()
      await paused.runner.untilIdle()
      pauses += 1
    } while await paused.runner.runState == .paused
    #expect(pauses > 10)
    #expect(paused.recording.events == whole.recording.events)
  }

  @Test func aStepEndsAtABreakpointToo() async throws {
    let bench = try Bench()
    await bench.runner.setBreakpoints([try Breakpoint("n>1 id=0")])
    await bench.runner.step(9)
    await bench.runner.untilIdle()
    #expect(await bench.runner.tree.simulations == 2)
    await bench.runner.step(3)
    await bench.runner.untilIdle()
    #expect(await bench.runner.tree.simulations == 5)
    #expect(await bench.runner.runState == .idle)
  }

  @Test func aBreakpointTakenAwayFiresNoMore() async throws {
    let bench = try Bench(["limit.simulations": "9"])
    await bench.runner.setBreakpoints([try Breakpoint("terminal")])
    await bench.runner.setBreakpoints([])
    await bench.runner.run()
    await bench.runner.untilIdle()
    #expect(await bench.runner.runState == .done(.simulations))
  }

  /// The responder's scores are well, so the broken part is the option: two tokens of log-probability 0.
  @Test(arguments: WatchdogMode.allCases)
  func aWatchdogPausesSpeaksOrIsOff(_ mode: WatchdogMode) async throws {
    let bench = try Bench(["limit.simulations": "9"])
    let runner = SearchRunner(
      search: Search(header: bench.header), responder: CertainResponder(inner: bench.responder),
      journal: bench.recording.journal, watchdogs: mode)
    await runner.run()
    await runner.untilIdle()
    #expect(await runner.runState == (mode == .pause ? .paused : .done(.simulations)))
    await runner.close()
    var told: [RunUpdate] = []
    for await update in runner.updates { told.append(update) }
    let expected = ["log-probability"].filter { _ in mode != .off }
    #expect(told.notices.map { if case .alarm(let alarm) = $0 { alarm.watchdog } else { "" } } == expected)
  }

  @Test func anAlarmIsToldOnceUntilThePersonGoesOn() async throws {
    let bench = try Bench(["limit.simulations": "9"])
    let runner = SearchRunner(
      search: Search(header: bench.header), responder: CertainResponder(inner: bench.responder),
      journal: bench.recording.journal, watchdogs: .pause)
    for _ in 1...3 {
      await runner.run()
      await runner.untilIdle()
      #expect(await runner.runState == .paused)
    }
    await runner.close()
    var told: [RunUpdate] = []
    for await update in runner.updates { told.append(update) }
    #expect(told.notices.count == 3, "once for each time that the person went on")
  }

  @Test func healthyRunsAreLeftAlone() async throws {
    for seed in 1...10 as ClosedRange<UInt64> {
      let bench = try Bench(["limit.simulations": "80"], seed: seed)
      let runner = SearchRunner(
        search: Search(header: bench.header), responder: bench.responder, journal: bench.recording.journal,
        watchdogs: .pause)
      await runner.run()
      await runner.untilIdle()
      #expect(await runner.runState == .done(.simulations))
    }
  }
}

/// Claims that every option was certain.
private struct CertainResponder: Responder {
  let inner: ScriptedResponder

  func answer(_ context: RequestContext) async throws -> Answer {
    var answer = try await inner.answer(context)
    guard case .options(var options) = answer.content else { return answer }
    for index in options.indices { options[index].logProbabilities = [0, 0] }
    for index in options.indices { options[index].tokens = [1, 2] }
    answer.content = .options(options)
    return answer
  }

  func option(from text: String) async -> SearchOption { await inner.option(from: text) }
}

extension [RunUpdate] {
  var notices: [WatchNotice] {
    flatMap { (update: RunUpdate) -> [WatchNotice] in if case .notices(let all) = update { all } else { [] } }
  }
}
