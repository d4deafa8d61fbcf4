import TreeInsight
import TreeSearch

/// One search of the synthetic task from its first event to its last simulation.
struct SyntheticRun {
  /// The tree at the end.
  let tree: SearchTree
  /// Wall time from the first event to the last.
  let seconds: Double

  /// How the search is driven.
  enum Driving {
    /// It runs by itself: ``Search/run(upTo:answer:event:)``.
    case running
    /// It is asked and told: ``Search/ask(upTo:into:)`` and ``Search/tell(_:_:)``, as by a driver with models that wait.
    case asking
  }

  /// Searches, and hands every event to a reader, one simulation at a time.
  init(simulations: Int, depth: Int, _ driving: Driving = .running) throws {
    var search = Search(header: try SyntheticTask.header(depth: depth))
    var task = SyntheticTask()
    var reader = Reader()
    let clock = ContinuousClock()
    let start = clock.now
    switch driving {
    case .running: search.run(upTo: simulations, answer: { task.answer($0, $1) }, event: { reader.read($0) })
    case .asking:
      var asked: [Request] = []
      repeat {
        search.ask(upTo: simulations, into: &asked)
        for request in asked { search.tell(request.id, task.answer(request, search.tree)) }
        for event in search.takeEvents() { reader.read(event) }
      } while !asked.isEmpty
    }
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
