import Testing
import TreeSearch

@testable import Runs

/// What a person asks for and what happens, as a table: no actor, no search.
struct PaceTests {
  private enum Move: CustomStringConvertible {
    case step(Int), phase, run(beyond: Int?), pause, add(Int), release, phaseEnded, halt, finish, close
    /// So many simulations have been made by now.
    case made(Int)

    var description: String {
      switch self {
      case .step(let count): "step \(count)"
      case .run(let budget): budget.map { "run beyond \($0)" } ?? "run"
      case .add(let count): "add \(count)"
      case .made(let count): "made \(count)"
      case .phase: "phase"
      case .pause: "pause"
      case .release: "release"
      case .phaseEnded: "phaseEnded"
      case .halt: "halt"
      case .finish: "finish"
      case .close: "close"
      }
    }
  }

  private func pace(after moves: [Move], made start: Int = 10) -> Pace {
    var (pace, made) = (Pace(made: start), start)
    for move in moves {
      switch move {
      case .step(let count): pace.step(count, made: made)
      case .phase: pace.phase(made: made)
      case .run(let budget): pace.run(made: made, beyond: budget)
      case .pause: pace.pause(made: made)
      case .add(let count): pace.add(count, made: made)
      case .release: pace.release()
      case .phaseEnded: pace.phaseEnded()
      case .halt: pace.halt()
      case .finish: pace.finish()
      case .close: pace.close()
      case .made(let count): made = count
      }
    }
    return pace
  }

  /// What is wanted after some moves; ten simulations have been made when they begin.
  private static let goals: [([Move], Pace.Goal)] = [
    ([], .simulations(to: 10)),
    ([.step(1)], .simulations(to: 11)),
    ([.step(2), .step(3)], .simulations(to: 15)),
    // Simulations asked for are not forgotten, and those that are made already are not asked for.
    ([.step(2), .made(12), .step(1)], .simulations(to: 13)),
    ([.step(2), .made(14), .step(1)], .simulations(to: 15)),
    ([.run(beyond: nil)], .limit),
    ([.run(beyond: 100)], .simulations(to: 110)),
    ([.run(beyond: nil), .made(17), .step(2)], .simulations(to: 19)),
    ([.run(beyond: nil), .made(17), .pause], .simulations(to: 17)),
    ([.step(5), .made(11), .pause], .simulations(to: 11)),
    ([.phase], .phases(1, after: 10)),
    ([.phase, .phase, .phase], .phases(3, after: 10)),
    ([.phase, .phase, .phaseEnded], .phases(1, after: 10)),
    ([.phase, .phaseEnded], .simulations(to: 10)),
    // The order of keys is kept: simulations first, then the phase.
    ([.step(2), .phase], .phases(1, after: 12)),
    ([.phase, .step(2)], .phases(1, after: 12)),
    ([.run(beyond: nil), .made(12), .phase], .phases(1, after: 12)),
    ([.phase, .phase, .run(beyond: nil)], .limit),
    // A pause lets the phase under way end, and no other begin.
    ([.phase, .phase, .phase, .pause], .phases(1, after: 10)),
    ([.step(3), .phase, .made(11), .pause], .phases(1, after: 11)),
    // What a person adds does not eat what is asked for, and asks for nothing by itself.
    ([.add(4)], .simulations(to: 10)),
    ([.step(2), .add(4)], .simulations(to: 16)),
    ([.step(2), .made(12), .add(4)], .simulations(to: 12)),
    ([.step(1), .phase, .add(2)], .phases(1, after: 13)),
    ([.phase, .add(2)], .phases(1, after: 10)),
    ([.run(beyond: nil), .add(2)], .limit),
    // Where nothing can be done, phases that are left are not done later.
    ([.phase, .phase, .finish], .simulations(to: 10)),
    ([.step(2), .finish], .simulations(to: 12)),
    ([.phaseEnded], .simulations(to: 10)),
  ]

  @Test func whatIsWantedFollowsFromWhatWasAskedFor() {
    for (moves, expected) in Self.goals { #expect(pace(after: moves).goal == expected, "after \(moves)") }
  }

  /// What lies still after some moves.
  private static let rests: [([Move], Pace.Rest)] = [
    ([], .no),
    ([.phase, .phaseEnded], .betweenPhases),
    ([.phase, .phase, .phaseEnded], .no),
    ([.phase, .phaseEnded, .release], .no),
    ([.halt], .halted(betweenPhases: false)),
    ([.halt, .release], .no),
    // A breakpoint that fires at the end of the last phase: nothing goes on for an act that owes nothing.
    ([.phase, .halt, .phaseEnded], .halted(betweenPhases: true)),
    ([.phase, .phaseEnded, .halt], .halted(betweenPhases: true)),
    ([.phase, .halt, .phaseEnded, .release], .no),
    ([.close], .closed),
    ([.close, .release], .closed),
    ([.close, .halt], .closed),
    ([.halt, .close], .closed),
    ([.phase, .close, .phaseEnded], .closed),
    ([.step(1), .pause], .no),
  ]

  @Test func whatRestsGoesOnWhenItIsReleasedUnlessItIsClosed() {
    for (moves, expected) in Self.rests { #expect(pace(after: moves).rest == expected, "after \(moves)") }
  }

  @Test func aSimulationRestsBetweenPhasesWhetherOrNotABreakpointFired() {
    #expect(pace(after: [.phase, .phaseEnded]).isBetweenPhases)
    #expect(pace(after: [.phase, .halt, .phaseEnded]).isBetweenPhases)
    #expect(!pace(after: [.halt]).isBetweenPhases)
    #expect(pace(after: [.halt]).isHalted)
    #expect(!pace(after: [.phase, .phaseEnded]).isHalted)
  }

  /// Simulations begin a worker's worth at a time, up to what is wanted or to the run's own limit.
  @Test func noMoreSimulationsBeginThanAreWanted() {
    let some = pace(after: [.step(5)])
    #expect(some.most(made: 10, workers: 1, budget: 64) == 11)
    #expect(some.most(made: 10, workers: 8, budget: 64) == 15)
    #expect(some.most(made: 15, workers: 8, budget: 64) == 15)
    #expect(some.most(made: 10, workers: 8, budget: 12) == 15, "a person may go beyond the limit")
    let all = pace(after: [.run(beyond: nil)])
    #expect(all.most(made: 10, workers: 4, budget: 64) == 14)
    #expect(all.most(made: 62, workers: 4, budget: 64) == 64)
    #expect(all.most(made: 70, workers: 4, budget: 64) == 74, "a limit that was exceeded before counts no more")
    #expect(all.target == .max)
  }

  @Test func aPhaseIsNextOnceTheSimulationsBeforeItAreMade() {
    let pace = pace(after: [.step(2), .phase])
    #expect(!pace.wantsPhase(made: 11))
    #expect(pace.wantsPhase(made: 12))
    #expect(!self.pace(after: [.step(2)]).wantsPhase(made: 12))
  }

  @Test func onlyWhatAPersonAddsCountsAsSimulations() {
    #expect(Intervention.expand(node: .root, count: 3).simulations == 3)
    #expect(Intervention.prune(node: NodeID(1)).simulations == 0)
    #expect(Intervention.prune(node: NodeID(1)).owesNothing)
    #expect(!Intervention.expand(node: .root, count: 3).owesNothing)
  }
}
