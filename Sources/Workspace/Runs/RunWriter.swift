import TreeSearch

/// The right to append to one run's journal: at most one exists for a run, over all processes.
///
/// It ends with the object or with the process, however the process ends.
public final class RunWriter: Sendable {
  /// The run as it stood when the writer was made.
  public let run: RunSummary
  private let workspace: Workspace
  private let lock: FileLock

  init(workspace: Workspace, run: RunSummary, lock: FileLock) {
    self.workspace = workspace
    self.run = run
    self.lock = lock
  }

  /// Appends `events`, the first of which has number `first`, and the run's `totals` after them: all of it or nothing.
  ///
  /// `first` must be the number of events in the journal; an answer of nil in `totals` keeps the one stored before.
  /// Throws ``WorkspaceError``. Complexity: O(bytes).
  public func append(_ events: [SearchEvent], first: Int, totals: RunTotals) throws {
    try workspace.append(events, to: run, first: first, totals: totals)
  }

  /// Keeps what the final selections of `tree`, the journal's own, say, so that lists need not replay it.
  ///
  /// Throws ``WorkspaceError``. Complexity: O(nodes).
  public func summarise(_ tree: SearchTree) throws {
    try append([], first: tree.eventCount, totals: RunTotals(atRest: tree))
  }
}
