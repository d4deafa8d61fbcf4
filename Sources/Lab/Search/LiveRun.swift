import Runs
import TreeInsight
import TreeSearch
import Workspace

/// A run of the workspace with a driver: created or resumed, journaled as it goes.
package struct LiveRun: Sendable {
  package let record: RunRecord
  package let runner: SearchRunner
  private let writer: RunWriter

  /// Replays the run's journal and makes a driver that goes on from there. The run has no other writer meanwhile.
  package init(
    _ record: RunRecord, in workspace: Workspace, responder: any Responder, watchdogs: WatchdogMode = .off,
    on executor: (any TaskExecutor)? = nil
  ) throws {
    let writer = try workspace.writer(of: record.id)
    self.init(record, writer, try workspace.tree(of: record.id), responder, watchdogs, on: executor)
  }

  /// Makes a driver that goes on from `tree`, which is where the journal of `writer` stands.
  package init(
    _ record: RunRecord, _ writer: RunWriter, _ tree: SearchTree, _ responder: any Responder,
    _ watchdogs: WatchdogMode, on executor: (any TaskExecutor)? = nil
  ) {
    self.record = record
    self.writer = writer
    runner = SearchRunner(
      search: Search(tree: tree), responder: responder,
      journal: Journal { events, first, tree in
        try writer.append(events, first: first, totals: RunTotals(tree: tree))
      }, watchdogs: watchdogs, on: executor)
  }

  /// How a run came to rest.
  enum Rest: Sendable, Equatable {
    /// A limit stopped it, or it cannot go on by itself.
    case done
    /// It rests, after this failure or without one.
    case paused(failure: String?)
    /// Nothing can be kept any more.
    case closed(String)
  }

  /// Runs until `tokens` have been generated in all, a limit, a failure or a notice that pauses the run, or until `isInterrupted`.
  /// `notices` is called with what breakpoints and watchdogs say. A pause of somebody who steers it by `steering` is waited out.
  func runToLimit(
    within tokens: Int? = nil, isInterrupted: @Sendable () -> Bool, steering: RunControl? = nil,
    notices: ([WatchNotice]) -> Void
  ) async -> Rest {
    await runner.run(within: tokens)
    var failure: String?
    for await update in runner.updates {
      switch update {
      case .failure(let message): failure = message
      case .notices(let all): notices(all)
      case .state(.done): return .done
      case .state(.paused), .state(.idle):
        // A signal must be able to end the wait.
        while steering?.isHeld == true, !isInterrupted() { try? await Task.sleep(for: .milliseconds(50)) }
        // Somebody has let it go on since.
        if await runner.runState == .running, !isInterrupted() { continue }
        return .paused(failure: failure)
      case .events where isInterrupted(): await runner.pause()
      default: break
      }
    }
    return .closed(failure ?? "the run was closed")
  }

  /// Nodes of the largest tree that is worth the wait at the end.
  private static let mostNodes = 200_000

  /// Keeps what the run has come to, for lists; does nothing where it is as it was when it was opened.
  package func summarise() async throws {
    let tree = await runner.tree
    guard tree.nodes.count <= Self.mostNodes else { return }
    if tree.eventCount > writer.run.eventCount || writer.run.totals.agreement == nil { try writer.summarise(tree) }
  }
}
