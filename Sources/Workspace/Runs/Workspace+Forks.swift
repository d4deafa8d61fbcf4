import Foundation
import TreeInsight
import TreeSearch

extension Workspace {
  /// Makes a run that begins with the first `event` events of `run`, byte by byte, and goes on under `settings`.
  ///
  /// Bookmarks and labels of its nodes come along. The run forked may be running meanwhile, and the fork outlives it.
  ///
  /// Throws ``WorkspaceError``. Complexity: O(events × depth).
  public func fork(run id: String, at event: Int, settings: ForkSettings = ForkSettings()) throws -> RunRecord {
    let parent = try run(id)
    let count = try eventCount(of: parent.id)
    guard (0...count).contains(event) else {
      throw WorkspaceError(.refused, "\(path): run \(parent.id): expected an event from 0 to \(count), found \(event)")
    }
    let journal = try rawEvents(of: parent.id, from: 0, upTo: event).events
    let fork: Fork
    do {
      fork = try Fork(
        of: parent.id, header: parent.header, prefix: try events(of: parent.id, upTo: event), settings: settings)
    } catch let error as ReplayError {
      throw damaged(parent.id, error.event, error.problem)
    }
    let encoder = CanonicalJSON.encoder()
    let notes = try annotations(of: parent.id).filter { $0.kind.isOfNode && $0.place < fork.tree.nodes.count }
    return try createRun(
      fork.header, journal: journal + fork.settings.map { try encoder.encode($0) }, totals: RunTotals(tree: fork.tree),
      annotations: notes)
  }
}
