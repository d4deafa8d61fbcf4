import Runs
import Testing
import TreeInsight
import TreeSearch
import Vocabulary
import Workspace

/// A live search, one phase at a time.
struct PhaseTests {
  /// The phases that have ended so far, those of the root's own evaluation left out.
  private func phases(_ bench: Bench) -> [Phase] {
    bench.recording.events.filter { $0 != bench.recording.events.first { Phase($0) == .evaluate } }
      .compactMap { Phase($0) }
  }

  private func settled(_ changes: [String: String] = [:], seed: UInt64 = 1) async throws -> Bench {
    let bench = try Bench(changes, seed: seed)
    await bench.runner.discharge()
    await bench.runner.untilIdle()
    return bench
  }

  private func phase(_ bench: Bench, _ count: Int = 1) async {
    for _ in 0..<count {
      await bench.runner.phase()
      await bench.runner.untilIdle()
    }
  }

  @Test func fourPhasesAreOneSimulation() async throws {
    let bench = try await settled()
    for (number, expected) in [Phase.select, .widen, .evaluate, .backUp, .select].enumerated() {
      await phase(bench)
      #expect(phases(bench).count == number + 1)
      #expect(phases(bench).last == expected)
      #expect(bench.recording.events.last.flatMap { Phase($0) } == expected, "it rests right after the phase")
      #expect(await bench.runner.tree.simulations == (number >= 3 ? 1 : 0))
      #expect(await bench.runner.runState == .idle)
    }
  }

  @Test func aBurstOfPhasesIsDoneInOrder() async throws {
    let bench = try await settled()
    await bench.responder.hold()
    for _ in 1...6 { await bench.runner.phase() }
    await bench.responder.release()
    await bench.runner.untilIdle()
    #expect(phases(bench) == [.select, .widen, .evaluate, .backUp, .select, .widen])
  }

  /// The order of keys is kept: two whole simulations, then a phase of the third.
  @Test func phasesFollowTheSimulationsAskedFor() async throws {
    let bench = try await settled()
    await bench.responder.hold()
    await bench.runner.step(2)
    await bench.runner.phase()
    await bench.responder.release()
    await bench.runner.untilIdle()
    #expect(await bench.runner.tree.simulations == 2)
    #expect(phases(bench).count == 9 && phases(bench).last == .select)
  }

  @Test func phasesMakeTheEventsOfWholeSimulations() async throws {
    let (byPhase, whole) = (try await settled(), try await settled())
    await phase(byPhase, 40)
    await whole.runner.step(10)
    await whole.runner.untilIdle()
    #expect(byPhase.recording.events == whole.recording.events)
    #expect(byPhase.recording.gaps == 0)
  }

  @Test(arguments: 1...4)
  func aStepFinishesTheSimulationThatRests(_ done: Int) async throws {
    let bench = try await settled()
    await phase(bench, done)
    await bench.runner.step()
    await bench.runner.untilIdle()
    #expect(await bench.runner.tree.simulations == (done == 4 ? 2 : 1))
    #expect(await bench.runner.tree.isBusy == false)
  }

  @Test func aRunGoesOnFromBetweenPhases() async throws {
    let bench = try await settled(["limit.simulations": "7"])
    await phase(bench, 6)
    await bench.runner.run()
    await bench.runner.untilIdle()
    #expect(await bench.runner.tree.simulations == 7)
    #expect(await bench.runner.runState == .done(.simulations))
  }

  @Test func aRunRestsAfterItsNextPhase() async throws {
    let bench = try await settled()
    await bench.responder.hold(after: 7)
    await bench.runner.run()
    await bench.responder.untilHolding()
    await bench.runner.phase()
    await bench.responder.release()
    await bench.runner.untilIdle()
    #expect(bench.recording.events.last.flatMap { Phase($0) } != nil)
    #expect(await bench.runner.runState == .idle)
  }

  @Test func aPauseLetsThePhaseEnd() async throws {
    let bench = try await settled()
    await phase(bench)
    await bench.responder.hold()
    for _ in 1...3 { await bench.runner.phase() }
    await bench.responder.untilHolding()
    await bench.runner.pause()
    #expect(await bench.runner.runState == .paused)
    await bench.responder.release()
    await bench.runner.untilIdle()
    #expect(phases(bench) == [.select, .widen])
  }

  /// What adds work finishes the simulation first; what only marks a node lets it rest.
  @Test(arguments: 1...3)
  func aPersonMayActBetweenPhases(_ done: Int) async throws {
    let bench = try await settled()
    await bench.runner.step()
    await bench.runner.untilIdle()
    await phase(bench, done)
    let before = bench.recording.events.count
    await bench.runner.intervene(.override(node: NodeID(1), critic: CriticName.value, score: 0.5))
    await bench.runner.untilIdle()
    #expect(bench.recording.events.count == before + 1)
    await bench.runner.intervene(.expand(node: .root, count: 2))
    await bench.runner.untilIdle()
    #expect(await bench.runner.tree.simulations == 4)
    #expect(await bench.runner.tree.isBusy == false)
    await bench.runner.undo()
    await bench.runner.untilIdle()
    #expect(await bench.runner.tree.simulations == 2)
    await phase(bench)
    #expect(bench.recording.events.last.flatMap { Phase($0) } == .select)
  }

  @Test(arguments: 1...7)
  func aRunClosedBetweenPhasesReopens(_ done: Int) async throws {
    let bench = try await settled()
    await phase(bench, done)
    await bench.runner.close()
    let again = try bench.reopened(bench.recording.events, responder: ScriptedResponder())
    await again.discharge()
    await again.untilIdle()
    #expect(await again.tree.simulations == (done + 3) / 4)
    #expect(await again.tree.isBusy == false)
    await again.step()
    await again.untilIdle()
    #expect(await again.tree.simulations == (done + 3) / 4 + 1)
  }

  /// The only branch is pruned, and nothing else can be drawn.
  @Test func anExhaustedTreeHasNoNextPhase() async throws {
    let bench = try Bench(
      ["width.root.minimum": "1", "width.root.maximum": "1", "merge.draws": "1", "option.temperature": "0"],
      responder: ScriptedResponder(answerDepth: 1, onlyAnswer: 4))
    await bench.runner.step()
    await bench.runner.untilIdle()
    await bench.runner.intervene(.prune(node: NodeID(1)))
    await bench.runner.untilIdle()
    await phase(bench, 4)
    #expect(await bench.runner.runState == .done(.exhausted))
    let events = bench.recording.events.count
    await phase(bench)
    #expect(bench.recording.events.count == events)
    #expect(await bench.runner.runState == .done(.exhausted))
  }

  /// 200 phases forwards and 200 back: the same bytes, at both ends.
  @Test func twoHundredPhasesThereAndBack() async throws {
    let bench = try await settled(seed: 3)
    let first = await bench.runner.tree
    await phase(bench, 200)
    let last = await bench.runner.tree
    let timeline = try Timeline(header: bench.header, events: bench.recording.events)
    var tree = timeline.latest
    func export(_ tree: SearchTree) throws -> String {
      String(decoding: try RunExport(tree).data(.json), as: UTF8.self)
    }
    #expect(try export(tree) == export(last))
    var moments = [timeline.count]
    for _ in 1...200 {
      let moment = try #require(timeline.previousPhase(before: moments[moments.count - 1]))
      moments.append(moment)
      timeline.move(&tree, to: moment)
    }
    #expect(moments.last == first.eventCount)
    #expect(try export(tree) == export(first))
    for expected in moments.reversed().dropFirst() {
      let moment = try #require(timeline.nextPhase(after: tree.eventCount))
      #expect(moment == expected)
      timeline.move(&tree, to: moment)
    }
    #expect(try export(tree) == export(last))
  }
}
