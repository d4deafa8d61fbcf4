import Logging
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
  private let journal: Journal
  private let clock: ContinuousClock
  private let log = Logger(label: "run")
  private let send: AsyncStream<RunUpdate>.Continuation

  private var state = RunState.idle
  /// New simulations begin while fewer than this many have been made.
  private var target: Int
  /// True while a person wants the search to run until a limit.
  private var untilLimit = false
  /// Phases that a person asked for, to be done after the simulations asked for.
  private var phasesLeft = 0
  /// True while a simulation rests between two phases: what is due waits for the person.
  private var isHeld = false
  private var workingTime = Duration.zero
  private var failuresInARow = 0
  private var dispatcher: Dispatcher
  /// Requests to be sent, the oldest first.
  private var queue: [Request] = []
  private var worker: Task<Void, Never>?
  private var isClosed = false
  private var watching: RunWatching
  /// What tools have learned in this run.
  private var tools: ToolLedger
  /// A breakpoint or a watchdog stopped the work where it was; what is due and awaited waits for the person.
  private var isHalted = false

  /// Requests that may fail one after the other before a run pauses.
  private static let toleratedFailures = 3

  /// A runner of `search`. Requests that were outstanding when it was last stopped are asked again. Where nobody is going
  /// to read ``updates``, `isRead` spares keeping them.
  public init(
    search: Search, responder: any Responder, journal: Journal, watchdogs: WatchdogMode = .off, isRead: Bool = true
  ) {
    var search = search
    let limit = search.limit
    self.search = search
    watching = RunWatching(watchdogs, tree: search.tree)
    tools = ToolLedger(search.tree)
    self.responder = responder
    dispatcher = Dispatcher(responder)
    self.journal = journal
    clock = ContinuousClock()
    target = search.tree.simulations
    queue = search.outstanding
    (updates, send) = AsyncStream.makeStream()
    if !isRead { send.finish() }
    // A fork may have been given a greater limit than the one that stopped its beginning.
    if let reason = search.tree.stopReason, ![.simulations, .tokens].contains(reason) || limit != nil {
      state = .done(reason)
    }
  }

  /// The state of the search now. Copying it is cheap until the run goes on.
  public var tree: SearchTree { search.tree }

  /// What the run is doing.
  public var runState: RunState { state }

  /// Seconds spent working, pauses left out.
  public var seconds: Double { workingTime / .seconds(1) }

  /// Finishes what is due or outstanding without beginning a new simulation.
  public func settle() { release() }

  /// Runs `count` more simulations; what runs until a limit goes on for these only.
  public func step(_ count: Int = 1) {
    let asked = untilLimit ? search.tree.simulations : max(target, search.tree.simulations)
    untilLimit = false
    target = asked + count
    setState(.running)
    release()
  }

  /// Does one phase (select, widen, evaluate or back up) and rests after it; what runs until a limit rests after the next.
  ///
  /// ``step(_:)``, ``run()`` and interventions that add something finish the simulation that rests.
  public func phase() {
    if untilLimit { target = search.tree.simulations }
    untilLimit = false
    phasesLeft += 1
    setState(.running)
    release()
  }

  /// Runs until a limit stops the search; beyond a limit already reached, for as many simulations again.
  public func run() {
    if search.limit == nil {
      untilLimit = true
      target = .max
    } else {
      let budget = Int(search.tree.parameters.number("limit.simulations"))
      untilLimit = false
      target = search.tree.simulations + budget
    }
    setState(.running)
    release()
  }

  /// Begins no new simulation; those under way are finished, or the phase under way where phases are asked for.
  public func pause() {
    untilLimit = false
    target = search.tree.simulations
    phasesLeft = min(phasesLeft, 1)
    if state == .running { setState(.paused) }
  }

  /// Lets a person act on the tree.
  public func intervene(_ intervention: Intervention) {
    do {
      try search.intervene(intervention)
      allowForInterventions(intervention)
      switch intervention {
      case .prune, .restore, .override: afterIntervention(owesNothing: true)
      default: afterIntervention()
      }
    } catch {
      send.yield(.failure("\(error)"))
    }
  }

  /// Inserts a person's text as an option below `node`.
  public func insert(_ text: String, below node: NodeID) async {
    let option = await responder.option(from: text)
    intervene(.insert(node: node, option: option))
  }

  /// Takes the last intervention back.
  public func undo() {
    if search.undo() { afterIntervention() } else { send.yield(.failure("there is nothing to undo")) }
  }

  /// Does the last undone intervention again.
  public func redo() {
    if search.redo() { afterIntervention() } else { send.yield(.failure("there is nothing to redo")) }
  }

  /// Puts these breakpoints in force, and no others. Complexity: O(nodes) for each new one.
  public func setBreakpoints(_ breakpoints: [Breakpoint]) { watching.set(breakpoints, in: search.tree) }

  /// Waits until nothing is due, awaited or wanted.
  public func untilIdle() async {
    while let worker { await worker.value }
  }

  /// Stops the work in flight and ends `updates`. What was asked and not answered is asked again when the run reopens.
  public func close() async {
    isClosed = true
    worker?.cancel()
    dispatcher.cancel()
    await dispatcher.untilDone()
    await worker?.value
    send.finish()
  }

  // MARK: - Work

  /// A person's additions count as simulations: they must not eat the ones already asked for.
  private func allowForInterventions(_ intervention: Intervention) {
    guard !untilLimit, target > search.tree.simulations else { return }
    switch intervention {
    case .expand(_, let count): target += count
    case .insert: target += 1
    default: break
    }
  }

  /// - Parameter owesNothing: true where the act leaves no work behind, so that a resting simulation may go on resting.
  private func afterIntervention(owesNothing: Bool = false) {
    flush()
    queue += search.outstanding.filter { request in
      !dispatcher.inFlight.contains(request.id) && !queue.contains { $0.id == request.id }
    }
    if case .done = state { setState(.idle) }
    if !(owesNothing && isHeld) { release() }
  }

  /// Lets a simulation that rests between two phases go on.
  private func release() {
    isHeld = false
    startWorking()
  }

  private func startWorking() {
    guard !isClosed else { return }
    if isHalted {
      isHalted = false
      watching.goOn()
    }
    guard worker == nil else { return dispatcher.nudge() }
    worker = Task { await work() }
  }

  private func work() async {
    let started = clock.now
    let earlier = workingTime
    var arrivals = dispatcher.arrivals.makeAsyncIterator()
    while !isClosed && !isHalted {
      workingTime = earlier + (clock.now - started)
      let most = checkLimits()
      queue.removeAll { search.tree.pending[$0.id] == nil }  // undone meanwhile
      let before = search.tree.eventCount
      if queue.isEmpty, workers > 1 || dispatcher.inFlight.isEmpty { ask(upTo: most) } else { flush() }
      if isClosed || isHeld || isHalted { break }
      if !dispatch(), search.tree.eventCount > before, search.tree.stopReason == nil {
        await Task.yield()  // simulations that needed nobody's answer: more may begin
        continue
      }
      guard !dispatcher.inFlight.isEmpty, let arrival = await arrivals.next(isolation: #isolation) else { break }
      receive(arrival)
      flush()
    }
    if isClosed { dispatcher.cancel() }
    workingTime = earlier + (clock.now - started)
    worker = nil
    finish()
  }

  /// Simulations that may be under way; the engine asks for no more at once.
  private var workers: Int { Int(search.tree.parameters.number("search.workers")) }

  /// Sends the queue as one batch; false where there is nothing to send.
  private func dispatch() -> Bool {
    if queue.isEmpty { return false }
    dispatcher.send(queue.map { RequestContext($0, in: search.tree, tools: tools.context) })
    queue = []
    return true
  }

  private func receive(_ arrival: Dispatcher.Arrival) {
    for reply in dispatcher.receive(arrival) where !isClosed {
      switch reply.result {
      case .success(let answer): search.tell(reply.request, answer)
      case .failure(is CancellationError): break  // stays outstanding: the run asks again when it reopens
      case .failure(let error): search.fail(reply.request, "\(error)")
      }
    }
  }

  /// Asks the engine for the next requests, phase by phase where a person wants it so.
  private func ask(upTo most: Int) {
    let simulations = search.tree.simulations
    guard phasesLeft > 0, simulations >= target else {
      queue = search.ask(upTo: most)
      flush()
      return
    }
    queue = search.askOnce(upTo: simulations + 1) ?? []
    guard flush().contains(where: { Phase($0) != nil }) else { return }
    phasesLeft -= 1
    isHeld = phasesLeft == 0
  }

  private func finish() {
    phasesLeft = 0
    guard !isClosed else { return }
    if let reason = search.tree.stopReason, search.tree.simulations >= target || reason == .exhausted {
      setState(.done(reason))
    } else if state == .running {
      setState(.idle)
    }
  }

  /// New simulations may begin while fewer than this many have been made: a worker's worth at a time, because one that
  /// only revisits a terminal needs nobody's answer, and the engine would go on by itself past limits and pauses.
  ///
  /// At a limit none begins; once those under way are finished, the run stops.
  private func checkLimits() -> Int {
    let made = search.tree.simulations
    guard untilLimit else { return min(target, made + workers) }
    if let reason = limit {
      if !search.tree.isBusy {
        search.stop(reason)
        untilLimit = false
        target = made
      }
      return made
    }
    let most = Int(search.tree.parameters.number("limit.simulations"))
    return made < most ? min(most, made + workers) : made + workers
  }

  private var limit: StopReason? {
    let most = search.tree.parameters.number("limit.seconds")
    return most > 0 && seconds >= most ? .seconds : search.limit
  }

  /// An answer that is ignored, because its branch is gone, is neither a failure nor a success.
  private func countFailures(in events: [SearchEvent]) {
    for event in events {
      switch event {
      case .answered: failuresInARow = 0
      case .failed(_, let message): failed(message)
      default: break
      }
    }
  }

  private func failed(_ message: String) {
    failuresInARow += 1
    log.warning("a request failed", metadata: ["run": "\(search.tree.header.problem.id)", "reason": "\(message)"])
    send.yield(.failure(message))
    if failuresInARow >= Self.toleratedFailures {
      failuresInARow = 0
      pause()
    }
  }

  /// Journals what is new, then shows it; returns it.
  @discardableResult
  private func flush() -> [SearchEvent] {
    let events = search.takeEvents()
    guard !events.isEmpty else { return [] }
    do {
      try journal.append(events, search.tree.eventCount - events.count, search.tree)
      send.yield(.events(events))
      tools.learn(from: events, in: search.tree)
      countFailures(in: events)
      tellNotices(after: events)
    } catch {
      // Going on would show what a crash then loses: stop here.
      isClosed = true
      dispatcher.nudge()
      log.error("the journal cannot be written", metadata: ["reason": "\(error)"])
      send.yield(.failure("the journal cannot be written: \(error)"))
      send.finish()
    }
    return events
  }

  /// Tells what breakpoints and watchdogs say of new events, and stops the work where one of them asks for it.
  private func tellNotices(after events: [SearchEvent]) {
    let notices = watching.notices(after: events, in: search.tree)
    guard !notices.isEmpty else { return }
    for notice in notices {
      log.notice("\(notice.sentence)", metadata: ["run": "\(search.tree.header.problem.id)"])
    }
    send.yield(.notices(notices))
    guard notices.contains(where: watching.pauses) else { return }
    isHalted = true
    pause()
  }

  private func setState(_ new: RunState) {
    guard new != state else { return }
    state = new
    log.debug("\(new.word)", metadata: ["simulations": "\(search.tree.simulations)"])
    send.yield(.state(new))
  }
}
