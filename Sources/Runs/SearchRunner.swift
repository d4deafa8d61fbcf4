import TreeInsight
import TreeSearch
import Vocabulary

/// Drives one search: ask → responder → tell → journal → readers.
///
/// Every event is journaled before it is shown, so whatever a reader saw survives a crash. Commands return at once;
/// what they cause arrives as ``RunUpdate``s.
///
/// Up to `search.workers` requests are in flight. Those asked for together are sent together, and answers are told, and so
/// journaled, in the order in which they arrive. With one worker the seed determines every event.
public actor SearchRunner {
  /// Everything that happens, for one reader.
  public nonisolated let updates: AsyncStream<RunUpdate>

  private var search: Search
  private let responder: any Responder
  private let executor: (any TaskExecutor)?
  private var pace: Pace
  private var chronicle: RunChronicle
  private var dispatcher: Dispatcher
  private var worker: Task<Void, Never>?
  private let limits: RunLimits
  /// Tokens at which the run rests besides; nil for none.
  private var allowance: Int?
  private let clock = ContinuousClock()
  private var workingTime = Duration.zero

  /// A runner of `search`. Requests that were outstanding when it was last stopped are asked again. Where nobody is going
  /// to read ``updates``, `isRead` spares keeping them. Its work and the responder's run on `executor`; nil leaves it to the system.
  public init(
    search: Search, responder: any Responder, journal: Journal, watchdogs: WatchdogMode = .off, isRead: Bool = true,
    on executor: (any TaskExecutor)? = nil
  ) {
    var search = search
    limits = RunLimits(search.tree.parameters)
    pace = Pace(made: search.tree.simulations)
    chronicle = RunChronicle(&search, journal: journal, watchdogs: watchdogs, isRead: isRead)
    updates = chronicle.updates
    dispatcher = Dispatcher(responder, on: executor)
    dispatcher.enqueue(search.outstanding)
    self.search = search
    self.responder = responder
    self.executor = executor
  }

  /// The state of the search now. Copying it is cheap until the run goes on.
  public var tree: SearchTree { search.tree }
  /// What the run is doing.
  public var runState: RunState { chronicle.state }
  /// Seconds spent working, pauses left out.
  public var seconds: Double { workingTime / .seconds(1) }

  /// Does what is due or outstanding without beginning a new simulation.
  public func discharge() { release() }

  /// Runs `count` more simulations; what runs until a limit goes on for these only.
  public func step(_ count: Int = 1) {
    pace.step(count, made: search.tree.simulations)
    start()
  }

  /// Does one phase (select, widen, evaluate or back up) and rests after it; what runs until a limit rests after the next.
  ///
  /// ``step(_:)``, ``run()`` and interventions that add something finish the simulation that rests.
  public func phase() {
    pace.phase(made: search.tree.simulations)
    start()
  }

  /// Runs until a limit stops the search; beyond a limit already reached, for as many simulations again. With `tokens`, until policy
  /// and rollout model have generated that many in all, if that comes first.
  public func run(within tokens: Int? = nil) {
    allowance = tokens
    pace.run(made: search.tree.simulations, beyond: search.limit == nil ? nil : limits.simulations)
    search.reserve(upTo: min(limits.simulations, 1 << 16))  // some 10 MB, whatever limit a person gives
    start()
  }

  /// Begins no new simulation; those under way are finished, or the phase under way where phases are asked for.
  public func pause() { chronicle.pause(&pace, search.tree) }

  /// Lets a person act on the tree.
  public func intervene(_ intervention: Intervention) {
    do {
      try search.intervene(intervention)
      pace.add(intervention.simulations, made: search.tree.simulations)
      afterIntervention(owesNothing: intervention.owesNothing)
    } catch {
      chronicle.tell(failure: "\(error)")
    }
  }

  /// Inserts a person's text as an option below `node`.
  public func insert(_ text: String, below node: NodeID) async {
    let option = await responder.option(from: text)
    intervene(.insert(node: node, option: option))
  }

  /// How many bytes each token of the option of `node` stands for; empty where its tokens are not known, or are none of the
  /// policy's. Complexity: O(tokens).
  public func spelling(of node: NodeID) async -> [Int] {
    guard search.tree.nodes.indices.contains(node.offset), let option = search.tree.details[node.offset].option else {
      return []
    }
    let pieces = await responder.spelling(of: option.tokens)
    return pieces.joined().elementsEqual(option.bytes) ? pieces.map(\.count) : []
  }

  /// Takes the last intervention back.
  public func undo() { search.undo() ? afterIntervention() : chronicle.tell(failure: "there is nothing to undo") }

  /// Does the last undone intervention again.
  public func redo() { search.redo() ? afterIntervention() : chronicle.tell(failure: "there is nothing to redo") }

  /// Puts these breakpoints in force, and no others. Complexity: O(nodes) for each new one.
  public func setBreakpoints(_ breakpoints: [Breakpoint]) { chronicle.setBreakpoints(breakpoints, in: search.tree) }

  /// Waits until nothing is due, awaited or wanted.
  public func untilIdle() async {
    while let worker { await worker.value }
  }

  /// Stops the work in flight and ends `updates`. What was asked and not answered is asked again when the run reopens.
  public func close() async {
    pace.close()
    worker?.cancel()
    dispatcher.cancel()
    await dispatcher.untilDone()
    await worker?.value
    chronicle.end()
  }

  private func start() {
    chronicle.enter(.running, search.tree)
    release()
  }

  private func afterIntervention(owesNothing: Bool = false) {
    record()
    dispatcher.enqueue(search.outstanding)
    if case .done = chronicle.state { chronicle.enter(.idle, search.tree) }
    if !(owesNothing && pace.isBetweenPhases) { release() }
  }

  /// Lets what rests go on.
  private func release() {
    if pace.isHalted { chronicle.goOn() }
    pace.release()
    guard pace.rest == .no else { return }
    guard worker == nil else { return dispatcher.nudge() }
    worker = Task(executorPreference: executor) { await self.work() }
  }

  private func work() async {
    let started = clock.now
    let earlier = workingTime
    var arrivals = dispatcher.arrivals.makeAsyncIterator()
    while pace.rest == .no {
      workingTime = earlier + (clock.now - started)
      let most = mostSimulations()
      dispatcher.dropUndone(in: search.tree)
      let before = search.tree.eventCount
      let mayAsk = dispatcher.queue.isEmpty && (limits.workers > 1 || dispatcher.inFlight.isEmpty)
      if mayAsk { ask(upTo: most) } else { record() }
      if pace.rest != .no { break }
      let isSent = dispatcher.sendQueue(in: search.tree, tools: chronicle.tools.context)
      if !isSent, search.tree.eventCount > before, search.tree.stopReason == nil {
        await Task.yield()  // simulations that needed nobody's answer: more may begin
        continue
      }
      guard !dispatcher.inFlight.isEmpty, let arrival = await arrivals.next(isolation: #isolation) else { break }
      if pace.rest != .closed { dispatcher.receive(arrival, for: &search) }
      if !goesOnAtOnce { record() }
    }
    if pace.rest == .closed { dispatcher.cancel() }
    workingTime = earlier + (clock.now - started)
    worker = nil
    pace.finish()
    if pace.rest != .closed { chronicle.rest(search.tree, target: pace.target) }
  }

  /// True where nothing in what was told can keep the search from asking on: it is then journaled together with what is asked
  /// next, in one transaction in place of two.
  private var goesOnAtOnce: Bool {
    pace.rest == .no && !chronicle.mayHalt && !dispatcher.hasTripped && !pace.wantsPhase(made: search.tree.simulations)
  }

  /// Asks the engine for the next requests, phase by phase where a person wants it so.
  private func ask(upTo most: Int) {
    let made = search.tree.simulations
    guard pace.wantsPhase(made: made) else {
      dispatcher.enqueue(search.ask(upTo: most))
      record()
      return
    }
    dispatcher.enqueue(search.askOnce(upTo: made + 1) ?? [])
    if record().contains(where: { Phase($0) != nil }) { pace.phaseEnded() }
  }

  @discardableResult
  private func record() -> [SearchEvent] {
    let events = chronicle.record(&search, &pace)
    if dispatcher.mustRest() { chronicle.pause(&pace, search.tree) }
    if pace.rest == .closed { dispatcher.nudge() }
    return events
  }

  /// New simulations may begin while fewer than this many have been made. At a limit none begins; once those under way are
  /// finished, the run stops.
  private func mostSimulations() -> Int {
    let made = search.tree.simulations
    let isSpent = allowance.map { search.tree.usage.generated >= $0 } ?? false
    guard pace.goal == .limit, let reason = isSpent ? .tokens : limits.reached(by: &search, after: seconds) else {
      return pace.most(made: made, workers: limits.workers, budget: limits.simulations)
    }
    if !search.tree.isBusy {
      search.stop(reason)
      pace.pause(made: made)
    }
    return made
  }
}

extension SearchRunner {
  /// The run is given up where it is: what it needs cannot be had.
  public func giveUp() {
    search.stop(.failed)
    record()
    chronicle.rest(search.tree, target: pace.target)
  }
}
