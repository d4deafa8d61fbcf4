import Testing
import TreeSearchTesting
import Vocabulary

@testable import TreeInsight
@testable import TreeSearch

/// The tree at any moment is the tree that the events up to then make.
struct TimelineTests {
  /// A session of random acts, as events.
  private func session(_ seed: UInt64, steps: Int) throws -> (header: RunHeader, events: [SearchEvent]) {
    var session = try RandomSession(seed: seed)
    for _ in 0..<steps { _ = session.step() }
    return (session.tree.header, session.driver.journal)
  }

  /// A plain search of many events and no end: a new node every simulation.
  private func long(events: Int) throws -> (header: RunHeader, events: [SearchEvent]) {
    let header = try header(["rollout.count": "0", "merge.distance": "0", "depth.maximum": "1000"])
    var driver = Driver(header) { request, _ in
      if case .score = request.kind {
        return Answer(.scores([CriticScore(critic: CriticName.value, score: Double(request.seed % 101) / 100)]))
      }
      return Answer(.options([SearchOption("line \(request.id)\n")]))
    }
    while driver.journal.count < events { driver.run(to: driver.tree.simulations + 200) }
    return (header, Array(driver.journal.prefix(events)))
  }

  @Test(arguments: 1...20)
  func anyMomentIsAFreshReplay(_ seed: UInt64) throws {
    let (header, events) = try session(seed, steps: 300)
    var timeline = Timeline(SearchTree(header: header))
    var random = SplitMix(seed: seed)
    var moving = timeline.latest
    var at = 0
    while at < events.count {
      let batch = min(1 + random.below(12), events.count - at)
      try timeline.append(events[at..<at + batch])
      at += batch
      let moment = random.below(at + 1)
      let fresh = try SearchTree(header: header, events: events[..<moment])
      #expect(timeline.tree(at: moment) == fresh)
      timeline.move(&moving, to: moment)
      #expect(moving == fresh)
    }
    #expect(timeline.count == events.count)
    #expect(try timeline.latest == SearchTree(header: header, events: events))
  }

  /// From its beginning, whether that is the run's or, where the past is not known, a later one.
  @Test(arguments: 1...20)
  func goingThroughItShowsEveryTreeOnce(_ seed: UInt64) throws {
    let (header, events) = try session(seed, steps: 120)
    for start in [0, events.count / 3] {
      var timeline = Timeline(try SearchTree(header: header, events: events[..<start]))
      try timeline.append(events[start...])
      var moment = start
      timeline.replay { event, tree in
        #expect(event == events[moment])
        moment += 1
        if moment % 7 == 0 || moment == events.count { #expect(tree == timeline.tree(at: moment)) }
      }
      #expect(moment == events.count)
    }
  }

  @Test func snapshotsOfAGreatTreeAreFewer() throws {
    let (header, events) = try long(events: 20_000)
    var timeline = Timeline(SearchTree(header: header))
    timeline.snapshotNodes = 1000
    for event in events {
      try timeline.append(event)
      let nodes = timeline.snapshots.reduce(0) { $0 + $1.nodes.count }
      #expect(nodes <= max(1000, 4 * timeline.latest.nodes.count))
    }
    #expect(timeline.snapshots.count < 10)
    for (number, snapshot) in timeline.snapshots.enumerated() {
      #expect(snapshot.eventCount == number * timeline.spacing)
    }
    for moment in [0, 1, 4_095, 9_999, 19_999] {
      let fresh = try SearchTree(header: header, events: events[..<moment])
      #expect(timeline.tree(at: moment) == fresh)
    }
  }

  /// Whatever is said of what is to come, true or not, the run and its past are the same.
  @Test(arguments: [(20_000, 5_000), (0, 0), (1_000_000, 1_000_000), (20_000, 1)])
  func aRunThatIsExpectedIsTheSame(said: Int, nodes: Int) throws {
    let (header, events) = try long(events: 20_000)
    let plain = try Timeline(header: header, events: events)
    var timeline = try Timeline(header: header, events: Array(events[..<1024]))
    timeline.expect(events: said, nodes: nodes)
    try timeline.append(events[1024...])
    #expect(timeline.latest == plain.latest)
    for (number, snapshot) in timeline.snapshots.enumerated() {
      #expect(snapshot.eventCount == number * timeline.spacing)
    }
    if said == events.count { #expect(timeline.spacing <= 2 * plain.spacing) }
    for moment in [0, 1, 1023, 1024, 1025, 9_999, 16_384, 20_000] {
      #expect(timeline.tree(at: moment) == plain.tree(at: moment))
    }
  }

  @Test func snapshotsStayFewAndNear() throws {
    let (header, events) = try long(events: 20_000)
    let timeline = try Timeline(header: header, events: events)
    #expect(timeline.snapshots.count <= Timeline.mostSnapshots)
    #expect(timeline.spacing <= max(256, events.count / (Timeline.mostSnapshots / 2)))
    for (number, snapshot) in timeline.snapshots.enumerated() {
      #expect(snapshot.eventCount == number * timeline.spacing)
    }
    for moment in [0, 1, 255, 256, 257, 9_999, 16_384, 19_999, 20_000] {
      let fresh = try SearchTree(header: header, events: events[..<moment])
      #expect(timeline.tree(at: moment) == fresh)
    }
  }

  /// A run that was opened in the middle knows its past from there on.
  @Test func aTimelineMayBeginLate() throws {
    let (header, events) = try session(3, steps: 200)
    let middle = events.count / 2
    var timeline = Timeline(try SearchTree(header: header, events: events[..<middle]))
    try timeline.append(events[middle...])
    #expect(timeline.start == middle && timeline.count == events.count)
    let fresh = try SearchTree(header: header, events: events[..<(middle + 3)])
    #expect(timeline.tree(at: middle + 3) == fresh)
    #expect(timeline.tree(at: 0).eventCount == middle, "earlier than that is not known")
    #expect(timeline.previousPhase(before: middle) == nil)
  }

  @Test func anEventThatDoesNotFitChangesNothing() throws {
    let (header, events) = try session(4, steps: 50)
    var timeline = try Timeline(header: header, events: events)
    #expect(throws: ReplayError.self) { try timeline.append(.backedUp(node: NodeID(999), reward: 0)) }
    #expect(timeline.count == events.count && timeline.latest.eventCount == events.count)
  }

  /// Root scored; one simulation: select, propose, add, score, evaluate, back up.
  @Test func phasesOfASimulation() throws {
    var driver = Driver(
      try header(["rollout.count": "0"]),
      answer: Script(draws: ["": ["a\n", "b\n"]], scores: ["value": ["a\n": 0.5, "b\n": 0.5]]).answer)
    driver.run(to: 1)
    let timeline = try Timeline(header: driver.tree.header, events: driver.journal)
    let names = driver.journal.map { Phase($0)?.word ?? "-" }
    #expect(names == ["-", "-", "evaluate", "select", "-", "-", "widen", "-", "-", "evaluate", "back up"])
    #expect(timeline.phase(at: 3) == .evaluate && timeline.phase(at: 5) == nil && timeline.phase(at: 0) == nil)
    #expect(timeline.nextPhase(after: 0) == 3)
    #expect(timeline.nextPhase(after: 3) == 4)
    #expect(timeline.nextPhase(after: 5) == 7)
    #expect(timeline.nextPhase(after: 11) == nil)
    #expect(timeline.previousPhase(before: 11) == 10)
    #expect(timeline.previousPhase(before: 9) == 7)
    #expect(timeline.previousPhase(before: 3) == 0)
    #expect(timeline.previousPhase(before: 0) == nil)
    #expect(timeline.moment(2, phasesFrom: 3) == 7)
    #expect(timeline.moment(-2, phasesFrom: 9) == 4)
    #expect(timeline.moment(-10, phasesFrom: 9) == 0)
    #expect(timeline.moment(10, phasesFrom: 4) == 11)
    #expect(timeline.moment(0, phasesFrom: 5) == 5)
  }

  /// Smallest steps make the tree that whole simulations make; only what is asked for together comes in another order.
  @Test(arguments: 1...10)
  func askingOnceMakesTheSameTree(_ seed: UInt64) throws {
    var random = SplitMix(seed: seed)
    let (header, policy) = try RandomPolicy.run(&random)
    // With several workers, or several children whose rollouts become nodes, the order of the answers has a say.
    let rules = SearchRules(header.parameters)
    if rules.workers > 1 || rules.insertsRollouts && (rules.traversal != .tree || rules.width.isAllAtOnce) { return }
    var whole = Driver(header, answer: policy.answer)
    whole.run(to: 30)
    var search = Search(header: header)
    var queue: [Request] = []
    var events: [SearchEvent] = []
    while true {
      if queue.isEmpty {
        guard let asked = search.askOnce(upTo: 30) else { break }
        queue += asked
        let made = search.takeEvents()
        #expect(made.count { Phase($0) != nil } <= 1)
        events += made
      } else {
        let request = queue.removeFirst()
        search.tell(request.id, policy.answer(request, search.tree))
        events += search.takeEvents()
      }
    }
    events += search.takeEvents()
    #expect(events.count == whole.journal.count)
    #expect(search.tree == whole.tree)
  }

  /// Printed and not asserted: how long a jump takes depends on the machine.
  @Test func jumpsArePrinted() throws {
    let (header, events) = try long(events: 100_000)
    let timeline = try Timeline(header: header, events: events)
    var random = SplitMix(seed: 1)
    let clock = ContinuousClock()
    let times = (0..<40).map { _ in
      let moment = random.below(events.count)
      return clock.measure { #expect(timeline.tree(at: moment).eventCount == moment) }
    }.sorted()
    print("jump in \(events.count) events, \(timeline.latest.nodes.count) nodes: p50 \(times[20]), p99 \(times[39])")
  }
}
