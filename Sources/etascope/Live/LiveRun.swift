import SearchRun
import TreeSearch
import Workspace

/// A run of the workspace with a driver: created or resumed, journaled as it goes.
struct LiveRun: Sendable {
  let record: RunRecord
  let runner: SearchRunner

  /// Replays the run's journal and makes a driver that goes on from there. The run has no other writer meanwhile.
  init(_ record: RunRecord, in workspace: Workspace, responder: any Responder) throws {
    let writer = try workspace.writer(of: record.id)
    let tree = try workspace.tree(of: record.id)
    self.record = record
    runner = SearchRunner(
      search: Search(tree: tree), responder: responder,
      journal: Journal { events, first, tree in
        try writer.append(events, first: first, totals: RunTotals(tree: tree))
      })
  }

  /// Runs until a limit, a failure that pauses the run, or a signal. Returns the last failure's message.
  func runToLimit(interruption: Interruption) async throws -> String? {
    await runner.run()
    var failure: String?
    for await update in runner.updates {
      switch update {
      case .failure(let message): failure = message
      case .state(.done): return nil
      case .state(.paused), .state(.idle): return failure
      case .events where interruption.wasRaised: await runner.pause()
      default: break
      }
    }
    return failure
  }
}
