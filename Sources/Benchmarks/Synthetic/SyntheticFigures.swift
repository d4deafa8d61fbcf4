import TreeSearch

/// What a search of the synthetic task took, as the contract names it; the floor prints the same.
package struct SyntheticFigures: Codable {
  let simulations: Int
  /// The fastest round.
  let seconds: Double
  let simulationsPerSecond: Double
  let nodes: Int
  let deepest: Int
  let rootQ: Double
  /// After the first round.
  let peakBytesPerNode: Double

  private enum CodingKeys: String, CodingKey {
    case simulations, seconds, nodes, deepest
    case simulationsPerSecond = "simulations_per_second"
    case rootQ = "root_q"
    case peakBytesPerNode = "peak_bytes_per_node"
  }

  /// Rounds of which the fastest counts: as many as make short searches measurable, and three at least, for another program
  /// may have had the processor in one.
  static func rounds(_ simulations: Int) -> Int { max(3, min(200, 1_000_000 / max(1, simulations))) }

  /// Searches `rounds(simulations)` times.
  static func measure(simulations: Int, depth: Int) throws -> SyntheticFigures {
    // A search of a few nodes first: what the program's own code takes when it is first run is no node's.
    _ = try SyntheticRun(simulations: 10, depth: depth)
    let before = ProcessMemory.resident
    let first = try SyntheticRun(simulations: simulations, depth: depth)
    let grown = ProcessMemory.peak - before
    var seconds = first.seconds
    for _ in 1..<rounds(simulations) {
      seconds = min(seconds, try SyntheticRun(simulations: simulations, depth: depth).seconds)
    }
    let tree = first.tree
    return SyntheticFigures(
      simulations: tree.simulations, seconds: seconds, simulationsPerSecond: Double(tree.simulations) / seconds,
      nodes: tree.nodeCount, deepest: tree.nodes.reduce(0) { max($0, Int($1.depth)) },
      rootQ: tree[.root].meanValue ?? 0, peakBytesPerNode: Double(grown) / Double(tree.nodeCount))
  }
}

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
    search.reserve(upTo: simulations)
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
