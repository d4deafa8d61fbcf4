import Explorer
import TreeSearch
import Workspace

/// Runs that other processes write, one at a time; nothing of them is written here.
package actor FollowedRuns: RunHost {
  private let inputs: HostInputs
  private let workspace: Workspace
  private var current: FollowedRun?

  package init(_ workspace: Workspace, inputs: HostInputs) {
    (self.workspace, self.inputs) = (workspace, inputs)
  }

  package func begin(_ opening: RunOpening?) async {
    if case .run(let record)? = opening { await follow(record) }
  }

  package func perform(_ effect: RunEffect) async {
    switch effect {
    case .vote(let node): await current?.vote(node)
    case .openRun(let id):
      do {
        await follow(try workspace.run(id))
      } catch {
        send(.failure("\(error)"))
      }
    case .measureTrust:
      do {
        send(.trustMeasured(try TrustReport(of: workspace)))
      } catch {
        send(.failure("\(error)"))
      }
    case .closeRun: await close()
    case .findRunsToCompare: compare { .runsToCompare(try $0.otherRuns(of: $1)) }
    case .compareRun(let other): compare { try $0.comparison(of: $1, with: other) }
    case .findRunsToLayOver: compare { .runsToLayOver(try $0.otherRuns(of: $1)) }
    case .layOver(let other): compare { try $0.laidOver($1, other) }
    // These belong to the run's presenter, and the explorer says so before it asks.
    case .step, .phase, .run, .pause, .runMore, .intervene, .insertLines, .spell, .undo, .redo, .setBreakpoints,
      .commit,
      .commitAll, .examine,
      .takeBack, .export, .fork, .searchBeside, .openProblem, .startTour, .startTourOf, .listRuns, .findTexts, .label,
      .compareQueue:
      break
    // A follower's bookmarks are gone with the program: the run's notes are its owner's.
    case .keep: break
    }
  }

  package func eventCountAtRest() async -> Int? { nil }

  package func close() async {
    await current?.close()
    current = nil
  }

  private func follow(_ record: RunRecord) async {
    await close()
    let run = FollowedRun(record, in: workspace, inputs: inputs)
    current = run
    await run.begin()
  }

  private func compare(_ answer: (Workspace, RunRecord) throws -> Action) {
    guard let current else { return }
    do {
      send(try answer(workspace, current.record))
    } catch {
      send(.failure("\(error)"))
    }
  }

  private func send(_ action: Action) { inputs.yield(.action(action)) }
}
