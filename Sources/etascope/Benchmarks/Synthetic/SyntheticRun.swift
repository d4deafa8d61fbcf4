import TreeSearch

/// One search of the synthetic task from its first event to its last simulation.
struct SyntheticRun {
  /// The tree at the end.
  let tree: SearchTree
  /// Wall time from the first ask to the last event.
  let seconds: Double

  /// Searches: asks, tells, and reads every event once, one simulation at a time.
  init(simulations: Int, depth: Int) throws {
    var search = Search(header: try SyntheticTask.header(depth: depth))
    var task = SyntheticTask()
    let clock = ContinuousClock()
    let start = clock.now
    var asked: [Request] = []
    var events = 0
    repeat {
      search.ask(upTo: simulations, into: &asked)
      for request in asked { search.tell(request.id, task.answer(request, search.tree)) }
      search.drainEvents { events += $0.count }
    } while !asked.isEmpty
    seconds = (clock.now - start) / .seconds(1)
    tree = search.tree
    precondition(events == tree.eventCount, "an event was not read")
  }
}
