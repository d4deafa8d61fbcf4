import Explorer
import Foundation
import TreeSearch
import Vocabulary
import Workspace

/// A run's journal, read in portions: a long one is on the screen, and can be looked about in, while it is being read.
struct JournalReading {
  /// Events that are read before the first frame.
  static let beginning = 1024
  /// Events of every further portion.
  static let portion = 4096
  /// Portions that are decoded at once.
  private static let atOnce = max(2, min(8, ProcessInfo.processInfo.activeProcessorCount))

  let workspace: Workspace
  let record: RunRecord
  /// Events of the whole journal, which nobody adds to meanwhile.
  let length: Int

  /// What the status line says when so many events are shown.
  func state(at count: Int) -> RunState {
    count < length ? .opening(percent: count * 100 / length) : .idle
  }

  /// Brings `run` to the journal's end. It is shown whenever there is four times as much of it, and at the end: what is shown and
  /// changed afterwards is copied once. Stops early where its task is cancelled.
  ///
  /// - Throws: `WorkspaceError` where the journal is damaged.
  func readOn(
    _ run: OpenRun, tell: @Sendable (RunState) -> Void, show: @Sendable (OpenRun) -> Void
  ) async throws -> OpenRun {
    var run = run
    run.expect(events: length, nodes: workspace.room(for: record.summary))
    var (next, shown) = (run.timeline.count, run.timeline.count)
    var ahead: [Task<PackedEvents.Portion, any Error>] = []
    defer { ahead.forEach { $0.cancel() } }
    while run.timeline.count < length {
      while ahead.count < Self.atOnce, next < length {
        ahead.append(portion(from: next))
        next += Self.portion
      }
      let portion = try await ahead.removeFirst().value
      if Task.isCancelled { break }
      try workspace.replaying(record.id) { try run.read(portion) }
      let count = run.timeline.count
      if count >= min(4 * shown, length) {
        shown = count
        show(run)
      }
      tell(state(at: count))
    }
    return run
  }

  private func portion(from first: Int) -> Task<PackedEvents.Portion, any Error> {
    let (workspace, run, end) = (workspace, record.id, min(length, first + Self.portion))
    return Task.detached {
      try Task.checkCancellation()
      return try workspace.portion(of: run, from: first, upTo: end)
    }
  }
}
