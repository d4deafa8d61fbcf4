import TreeInsight
import TreeSearch

/// One search of the synthetic task from its first event to its last simulation.
struct SyntheticRun {
  /// The tree at the end.
  let tree: SearchTree
  /// Wall time from the first event to the last.
  let seconds: Double

  /// Searches by asking and telling, as every driver does, and hands every event to a reader.
  init(simulations: Int, depth: Int) throws {
    var search = Search(header: try SyntheticTask.header(depth: depth))
    var task = SyntheticTask()
    var reader = Reader()
    let clock = ContinuousClock()
    let start = clock.now
    var asked: [Request] = []
    var events: [SearchEvent] = []
    repeat {
      search.ask(upTo: simulations, into: &asked)
      for at in asked.indices { search.tell(asked[at].id, task.answer(asked[at], search.tree)) }
      search.takeEvents(into: &events)
      for at in events.indices { reader.read(events[at]) }
    } while !asked.isEmpty
    seconds = (clock.now - start) / .seconds(1)
    tree = search.tree
    precondition(
      reader.events == tree.eventCount && reader.rewards == tree[.root].valueSum, "an event was not read")
  }

  /// Looks at every event.
  private struct Reader {
    var events = 0
    var rewards = 0.0

    /// Never inlined, so that every event is made in full.
    @inline(never)
    mutating func read(_ event: SearchEvent) {
      events += 1
      if case .backedUp(_, let reward) = event { rewards += reward }
    }
  }
}
