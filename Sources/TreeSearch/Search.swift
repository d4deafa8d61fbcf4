import Vocabulary

/// An intervention that makes no sense in the present tree.
public struct InterventionError: Error, Equatable, CustomStringConvertible {
  /// What was wrong, in words for the person who did it.
  public let description: String
}

/// The engine: turns requests and answers into events.
///
/// It does no I/O, has no clock and no thread. Whoever drives it **asks** what to do, does it, and **tells** the answer;
/// a late, repeated or failed answer is harmless and recorded. Everything the engine still owes is part of the tree, so a
/// search goes on from any prefix of its journal.
///
/// One driver at a time: the value is mutated in place and must not be shared. What runs in every simulation is `mutating`
/// even where it only reads: to call any other method, the compiler copies the whole value, which is large.
public struct Search: Sendable {
  /// The state so far.
  public internal(set) var tree: SearchTree
  /// The rules in force.
  package private(set) var rules: SearchRules
  /// Events made and not yet taken.
  private(set) var outbox: [SearchEvent] = []
  let nodeCritics, allCritics: [String]
  /// ``Problem/answerMarkers``.
  let answerMarkers: [String]

  /// A search that has not begun. Complexity: O(1).
  public init(header: RunHeader) { self.init(tree: SearchTree(header: header)) }

  /// Goes on with a search whose events so far made `tree`.
  public init(tree: SearchTree) {
    self.tree = tree
    rules = SearchRules(tree.parameters)
    nodeCritics = tree.header.critics.filter { $0.scope == .everyNode }.map(\.name)
    allCritics = tree.header.critics.map(\.name)
    answerMarkers = tree.header.problem.answerMarkers ?? []
  }

  /// Events made since the last call, for the journal and for readers.
  public mutating func takeEvents() -> [SearchEvent] {
    defer { outbox = [] }
    return outbox
  }

  /// ``takeEvents()`` into the driver's own list, whose room the next events get: whoever takes them in this way each time
  /// lets the engine allocate nothing.
  public mutating func takeEvents(into events: inout [SearchEvent]) {
    events.empty()
    swap(&events, &outbox)
  }

  /// Requests that were asked and wait for an answer, by number. After a crash these are asked of the driver again.
  public var outstanding: [Request] { tree.pending.values }

  /// Why the search's own limits would let no new simulation begin; nil while they would. Amortised O(1).
  public var limit: StopReason? { mutating get { rules.limits.reason(tree) } }

  /// Makes room for the nodes of the simulations up to `target`, of two million at most, so that nothing is moved while the
  /// tree grows: most simulations add one. For a driver that knows its target; the tree is the same without.
  public mutating func reserve(upTo target: Int) { tree.arena.reserve(min(target - tree.simulations, 1 << 21)) }

  /// Does what is due and returns what was newly asked.
  ///
  /// Starts new simulations only while nothing is due, fewer than `search.workers` are under way, and those done and
  /// under way are fewer than `target`; with one worker, the seed determines the run. Returns an empty list when there is
  /// nothing to do but wait or stop. Complexity: O(depth × width) a simulation.
  public mutating func ask(upTo target: Int) -> [Request] {
    var asked: [Request] = []
    ask(upTo: target, into: &asked)
    return asked
  }

  /// ``ask(upTo:)`` into the driver's own list: it is emptied and keeps its room, so that asking allocates nothing.
  public mutating func ask(upTo target: Int, into asked: inout [Request]) {
    asked.empty()
    while askOnce(upTo: target, isFree: asked.isEmpty, into: &asked) {}
  }

  /// Does one thing: performs what is due first, or begins a simulation as ``ask(upTo:)`` would. Returns what was asked,
  /// nil where there is nothing to do but wait or stop.
  public mutating func askOnce(upTo target: Int) -> [Request]? {
    var asked: [Request] = []
    return askOnce(upTo: target, isFree: true, into: &asked) ? asked : nil
  }

  /// `isFree`: with one worker a new simulation begins only where this round has asked nothing yet.
  private mutating func askOnce(upTo target: Int, isFree: Bool, into asked: inout [Request]) -> Bool {
    if let due = nextDue() {
      perform(due, into: &asked)
      return true
    }
    if tree.isHistory {
      stop(.imported)
      return false
    }
    guard tree.simulations < target, mayBegin(upTo: target, isFree: isFree) else { return false }
    if rules.keepsForecasts, isForecastDue {
      record(.forecast(tree.forecast(more: tree.simulationsLeft)))
      return true
    }
    if rules.autoSamples > 0, tree.pick == nil, tree.simulations >= rules.autoSamples {
      record(.picked(PresetPick(tree)))
      refreshRules()
      return true
    }
    guard let found = select() else {
      if !tree.isBusy { stop(tree.hasNoBeginning ? .failed : .exhausted) }
      return false
    }
    record(found.event())
    return true
  }

  /// True each time the simulations have doubled, from two on, while there are some left to forecast.
  private var isForecastDue: Bool {
    2 * max(1, tree.forecasts.last?.made ?? 0) <= tree.simulations && tree.simulationsLeft > 0
  }

  /// The first item that waits for nothing.
  @inline(__always)
  private mutating func nextDue() -> Due? {
    guard let first = tree.agenda.first else { return nil }
    if !isBlocked(first) { return first }
    for due in tree.agenda where !isBlocked(due) { return due }
    return nil
  }

  @inline(__always)
  private mutating func isBlocked(_ due: Due) -> Bool {
    switch due {
    case .descend(let node): tree.isExpanding(node)
    case .choose(let id): tree.proposals.contains { $0.isComparing && $0.id == id }
    case .backUp(let node): !tree[node].marks.contains(.evaluated)
    default: false
    }
  }

  private mutating func mayBegin(upTo target: Int, isFree: Bool) -> Bool {
    if rules.workers == 1 { return isFree && tree.pending.isEmpty && tree.agenda.isEmpty }
    let underWay = tree.simulationsUnderWay
    return underWay < rules.workers && tree.simulations + underWay < target
  }

  /// Answers a request. Late, repeated and misfitting answers change nothing but the record.
  public mutating func tell(_ id: RequestID, _ answer: consuming Answer) {
    guard let place = tree.pending.index(id) else { return record(.ignored(request: id, reason: .notPending)) }
    if tree.pending.isProposal(at: place), !tree.isReachable(tree.pending.node(at: place)) {
      return record(.ignored(request: id, reason: .branchGone))
    }
    if let problem = tree.pending.misfit(answer, at: place) {
      return record(.failed(request: id, message: problem))
    }
    record(.answered(request: id, answer: answer))
  }

  /// Says that a request could not be answered. A proposal is given up; a node that cannot be scored leaves the tree, one
  /// whose rollouts cannot be had is judged without.
  ///
  /// - Parameter reason: why it never will be answered; nil where it may be, a little later. A node without children whose
  ///   proposals have such a reason ends its trajectory, and the root ends the search.
  public mutating func fail(_ id: RequestID, _ message: String, reason: PermanentFailure? = nil) {
    guard tree.pending[id] != nil else { return record(.ignored(request: id, reason: .notPending)) }
    record(.failed(request: id, message: message, reason: reason))
  }

  /// Records why the driver stops.
  public mutating func stop(_ reason: StopReason) {
    if tree.stopReason != reason { record(.stopped(reason: reason)) }
  }

  /// Lets a person act on the tree. Throws ``InterventionError`` where the act makes no sense.
  public mutating func intervene(_ intervention: Intervention) throws {
    if let problem = intervention.objection(in: tree) { throw InterventionError(description: problem) }
    record(.intervened(intervention))
    refreshRules()
  }

  /// Takes the last intervention back; false where there is none.
  public mutating func undo() -> Bool {
    guard let last = tree.undoable.last else { return false }
    record(.undone(intervention: last))
    refreshRules()
    return true
  }

  /// Does the last undone intervention again; false where there is none.
  public mutating func redo() -> Bool {
    guard let last = tree.redoable.last else { return false }
    record(.redone(intervention: last))
    refreshRules()
    return true
  }

  /// A person, or what was picked after the first answers, may have changed parameters.
  private mutating func refreshRules() { rules = SearchRules(tree.parameters) }

  @inline(__always)
  mutating func record(_ event: consuming SearchEvent) {
    // The engine makes only events that fit its own tree; one that does not is a fault worth stopping at in tests.
    assert(event.misfit(in: tree) == nil, "the engine made an event that does not fit")
    tree.applyChecked(event)
    outbox.append(event)
  }
}

extension Array {
  /// Removes all elements and keeps the room: `removeAll(keepingCapacity:)`, which calls the runtime once an element, in a
  /// form that the compiler specialises.
  @inline(__always)
  fileprivate mutating func empty() { while popLast() != nil {} }
}
