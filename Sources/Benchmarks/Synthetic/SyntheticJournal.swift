import TreeSearch
import Workspace

/// A synthetic search written into a workspace, as a run that the explorer can open.
enum SyntheticJournal {
  /// Events that go to disk together.
  private static let batch = 4096

  /// Writes a run of so many nodes and returns its id. Complexity: O(nodes × depth).
  static func write(nodes: Int, depth: Int, to workspace: Workspace) throws -> String {
    // Whoever opens it can let it go on for as long as they like.
    var search = Search(header: try SyntheticTask.header(depth: depth, simulations: 1_000_000_000))
    var task = SyntheticTask()
    let run = try workspace.createRun(search.tree.header).id
    let writer = try workspace.writer(of: run)
    var events: [SearchEvent] = []
    var written = 0
    var asked: [Request] = []
    func flush() throws {
      try writer.append(events, first: written, totals: RunTotals(tree: search.tree))
      written += events.count
      events.removeAll(keepingCapacity: true)
    }
    while search.tree.nodeCount < nodes {
      search.ask(upTo: .max, into: &asked)
      for request in asked { search.tell(request.id, task.answer(request, search.tree)) }
      events += search.takeEvents()
      if events.count >= Self.batch { try flush() }
    }
    try flush()
    return run
  }
}
