import Runs
import TreeSearch
import Workspace

/// A run of the workspace with a driver: created or resumed, journaled as it goes.
struct LiveRun: Sendable {
  let record: RunRecord
  let runner: SearchRunner
  private let writer: RunWriter

  /// Replays the run's journal and makes a driver that goes on from there. The run has no other writer meanwhile.
  init(
    _ record: RunRecord, in workspace: Workspace, responder: any Responder, watchdogs: WatchdogMode = .off
  ) throws {
    let writer = try workspace.writer(of: record.id)
    self.init(record, writer, try workspace.tree(of: record.id), responder, watchdogs)
  }

  /// Makes a driver that goes on from `tree`, which is where the journal of `writer` stands.
  init(
    _ record: RunRecord, _ writer: RunWriter, _ tree: SearchTree, _ responder: any Responder, _ watchdogs: WatchdogMode
  ) {
    self.record = record
    self.writer = writer
    runner = SearchRunner(
      search: Search(tree: tree), responder: responder,
      journal: Journal { events, first, tree in
        try writer.append(events, first: first, totals: RunTotals(tree: tree))
      }, watchdogs: watchdogs)
  }

  /// Nodes of the largest tree that is worth the wait at the end.
  private static let mostNodes = 200_000

  /// Keeps what the run has come to, for lists; does nothing where it is as it was when it was opened.
  func summarise() async throws {
    let tree = await runner.tree
    guard tree.nodes.count <= Self.mostNodes else { return }
    if tree.eventCount > writer.run.eventCount || writer.run.totals.agreement == nil { try writer.summarise(tree) }
  }
}
