import Logging
import TreeSearch

/// Drives one search: ask → responder → tell → journal → readers.
///
/// Every event is journaled before it is shown, so whatever a reader saw survives a crash. Commands return at once;
/// what they cause arrives as ``RunUpdate``s.
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
  private var workingTime = Duration.zero
  private var failuresInARow = 0
  private var queue: [Request] = []
  private var inFlight: RequestID?
  private var worker: Task<Void, Never>?
  private var isClosed = false
  private var watching: RunWatching
  /// A breakpoint or a watchdog stopped the work where it was; what is due and awaited waits for the person.
  private var isHalted = false

  /// Requests that may fail one after the other before a run pauses.
  private static let toleratedFailures = 3

  /// A runner of `search`. Requests that were outstanding when it was last stopped are asked again.
  public init(search: Search, responder: any Responder, journal: Journal, watchdogs: WatchdogMode = .off) {
    self.search = search
    watching = RunWatching(watchdogs, tree: search.tree)
    self.responder = responder
    self.journal = journal
    clock = ContinuousClock()
    target = search.tree.simulations
    queue = search.outstanding
    (updates, send) = AsyncStream.makeStream()
    if let reason = search.tree.stopReason { state = .done(reason) }
  }

  /// The state of the search now. Copying it is cheap until the run goes on.
  public var tree: SearchTree { search.tree }

  /// What the run is doing.
  public var runState: RunState { state }

  /// Seconds spent working, pauses left out.
  public var seconds: Double { workingTime / .seconds(1) }

  /// Finishes what is due or outstanding without beginning a new simulation.
  public func settle() { startWorking() }

  /// Runs `count` more simulations; what runs until a limit goes on for these only.
  public func step(_ count: Int = 1) {
    let asked = untilLimit ? search.tree.simulations : max(target, search.tree.simulations)
    untilLimit = false
    target = asked + count
    setState(.running)
    startWorking()
  }

  /// Runs until a limit stops the search; beyond a limit already reached, for as many simulations again.
  public func run() {
    if search.limit == nil {
      untilLimit = true
      target = .max
    } else {
      let budget = search.tree.header.parameters.value("limit.simulations")?.number
      untilLimit = false
      target = search.tree.simulations + Int(budget ?? 1)
    }
    setState(.running)
    startWorking()
  }

  /// Begins no new simulation; the one under way is finished.
  public func pause() {
    untilLimit = false
    target = search.tree.simulations
    if state == .running { setState(.paused) }
  }

  /// Lets a person act on the tree.
  public func intervene(_ intervention: Intervention) {
    do {
      try search.intervene(intervention)
      allowForInterventions(intervention)
      afterIntervention()
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

  private func afterIntervention() {
    flush()
    queue += search.outstanding.filter { request in !queue.contains { $0.id == request.id } && request.id != inFlight }
    if case .done = state { setState(.idle) }
    startWorking()
  }

  private func startWorking() {
    if isHalted {
      isHalted = false
      watching.goOn()
    }
    guard worker == nil, !isClosed else { return }
    worker = Task { await work() }
  }

  private func work() async {
    let started = clock.now
    let earlier = workingTime
    while !isClosed && !isHalted {
      workingTime = earlier + (clock.now - started)
      checkLimits()
      // One simulation at a time: one that only revisits a terminal needs nobody's answer, so the engine would go on by
      // itself past limits and pauses.
      let before = search.tree.eventCount
      if queue.isEmpty { queue += search.ask(upTo: min(target, search.tree.simulations + 1)) }
      flush()
      if isClosed || isHalted { break }
      guard !queue.isEmpty else {
        if search.tree.eventCount > before, search.tree.stopReason == nil {
          await Task.yield()
          continue
        }
        break
      }
      let request = queue.removeFirst()
      guard search.tree.pending[request.id] != nil else { continue }  // undone meanwhile
      await answer(request)
      flush()
    }
    workingTime = earlier + (clock.now - started)
    worker = nil
    finish()
  }

  private func finish() {
    guard !isClosed else { return }
    if let reason = search.tree.stopReason, search.tree.simulations >= target || reason == .exhausted {
      setState(.done(reason))
    } else if state == .running {
      setState(.idle)
    }
  }

  private func checkLimits() {
    guard untilLimit, !search.tree.isBusy else { return }
    var reason = search.limit
    let most = search.tree.header.parameters.value("limit.seconds")?.number ?? 0
    if most > 0, seconds >= most { reason = .seconds }
    guard let reason else { return }
    search.stop(reason)
    untilLimit = false
    target = search.tree.simulations
  }

  private func answer(_ request: Request) async {
    inFlight = request.id
    defer { inFlight = nil }
    let context = RequestContext(
      request: request, question: search.tree.header.problem.question, options: search.tree.options(to: request.node),
      isTerminal: search.tree[request.node].terminal != nil)
    do {
      let answer = try await responder.answer(context)
      guard !isClosed else { return }
      search.tell(request.id, answer)
    } catch is CancellationError {
      // Stays outstanding: the run asks again when it reopens.
    } catch {
      guard !isClosed else { return }
      search.fail(request.id, "\(error)")
    }
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

  /// Journals what is new, then shows it.
  private func flush() {
    let events = search.takeEvents()
    guard !events.isEmpty else { return }
    do {
      try journal.append(events, search.tree.eventCount - events.count, search.tree)
      send.yield(.events(events))
      countFailures(in: events)
      tellNotices(after: events)
    } catch {
      // Going on would show what a crash then loses: stop here.
      isClosed = true
      log.error("the journal cannot be written", metadata: ["reason": "\(error)"])
      send.yield(.failure("the journal cannot be written: \(error)"))
      send.finish()
    }
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
