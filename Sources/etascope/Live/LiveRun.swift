import SearchRun
import TreeSearch
import Workspace

/// A run of the workspace with a driver: created or resumed, journaled as it goes.
struct LiveRun: Sendable {
  let record: RunRecord
  let runner: SearchRunner

  /// Replays the run's journal and makes a driver that goes on from there. The run has no other writer meanwhile.
  init(
    _ record: RunRecord, in workspace: Workspace, responder: any Responder, watchdogs: WatchdogMode = .off
  ) throws {
    let writer = try workspace.writer(of: record.id)
    let tree = try workspace.tree(of: record.id)
    self.record = record
    runner = SearchRunner(
      search: Search(tree: tree), responder: responder,
      journal: Journal { events, first, tree in
        try writer.append(events, first: first, totals: RunTotals(tree: tree))
      }, watchdogs: watchdogs)
  }
}
