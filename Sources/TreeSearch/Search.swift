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
/// One driver at a time: the value is mutated in place and must not be shared.
public struct Search: Sendable {
  /// The state so far.
  public private(set) var tree: SearchTree
  /// Selection rule in force.
  public let selection: UCT
  /// Width rule in force.
  public let width: ImportanceWidth
  /// Similarity rule in force.
  public let similarity: Resample
  private let settings: Settings
  private var outbox: [SearchEvent] = []

  /// A search that has not begun. Complexity: O(1).
  public init(header: RunHeader) { self.init(tree: SearchTree(header: header)) }

  /// Goes on with a search whose events so far made `tree`.
  public init(tree: SearchTree) {
    self.tree = tree
    let parameters = tree.header.parameters
    selection = UCT(parameters)
    width = ImportanceWidth(parameters)
    similarity = Resample(parameters)
    settings = Settings(tree.header)
  }

  /// Events made since the last call, for the journal and for readers.
  public mutating func takeEvents() -> [SearchEvent] {
    defer { outbox = [] }
    return outbox
  }

  /// Requests that were asked and wait for an answer, by number. After a crash these are asked of the driver again.
  public var outstanding: [Request] { tree.pending.values.sorted { $0.id < $1.id } }

  /// Why the search's own limits would let no new simulation begin; nil while they would. O(1).
  public var limit: StopReason? {
    if settings.tokenLimit > 0, tree.usage.generated >= settings.tokenLimit { return .tokens }
    guard tree.simulations >= settings.simulationLimit else { return nil }
    let wantsMore = tree.terminals < settings.minimumTerminals && tree.simulations < 10 * settings.simulationLimit
    return wantsMore ? nil : .simulations
  }

  /// Does what is due and returns what was newly asked.
  ///
  /// Starts a new simulation only while nothing is due or awaited and `tree.simulations` < `target`; with one request in
  /// flight at a time, the seed determines the run. Returns an empty list when there is nothing to do but wait or stop.
  /// Complexity: O(depth × width) a simulation.
  public mutating func ask(upTo target: Int) -> [Request] {
    var asked: [Request] = []
    while true {
      if let due = tree.agenda.first {
        asked += perform(due)
      } else if asked.isEmpty, tree.pending.isEmpty, tree.simulations < target {
        guard let found = select() else {
          stop(.exhausted)
          return []
        }
        record(.selected(node: found.node, widen: found.widen))
      } else {
        return asked
      }
    }
  }

  /// Answers a request. Late, repeated and misfitting answers change nothing but the record.
  public mutating func tell(_ id: RequestID, _ answer: Answer) {
    guard let request = tree.pending[id] else { return record(.ignored(request: id, reason: .notPending)) }
    if case .propose = request.kind, !tree.isReachable(request.node) {
      return record(.ignored(request: id, reason: .branchGone))
    }
    if let problem = answer.misfit(request.kind) { return record(.failed(request: id, message: problem)) }
    record(.answered(request: id, answer: answer))
  }

  /// Says that a request could not be answered. A proposal is given up; a node that cannot be scored leaves the tree.
  public mutating func fail(_ id: RequestID, _ message: String) {
    guard tree.pending[id] != nil else { return record(.ignored(request: id, reason: .notPending)) }
    record(.failed(request: id, message: message))
  }

  /// Records why the driver stops.
  public mutating func stop(_ reason: StopReason) {
    if tree.stopReason != reason { record(.stopped(reason: reason)) }
  }

  /// Lets a person act on the tree. Throws ``InterventionError`` where the act makes no sense.
  public mutating func intervene(_ intervention: Intervention) throws {
    if let problem = tree.objection(to: intervention) { throw InterventionError(description: problem) }
    record(.intervened(intervention))
  }

  /// Takes the last intervention back; false where there is none.
  public mutating func undo() -> Bool {
    guard let last = tree.undoable.last else { return false }
    record(.undone(intervention: last))
    return true
  }

  /// Does the last undone intervention again; false where there is none.
  public mutating func redo() -> Bool {
    guard let last = tree.redoable.last else { return false }
    record(.redone(intervention: last))
    return true
  }

  /// Children that the width rule allows at `node`, and why. Complexity: O(1).
  public func allowance(at node: NodeID) -> ImportanceWidth.Allowance {
    width.allowance(importance: tree[node].importance, depth: Int(tree[node].depth))
  }

  mutating func record(_ event: SearchEvent) {
    do {
      try tree.apply(event)
      if outbox.isEmpty { outbox.reserveCapacity(8) }  // about what one simulation makes
      outbox.append(event)
    } catch {
      // The engine makes only events that fit its own tree; one that does not is a fault worth stopping at in tests.
      assertionFailure("\(error)")
    }
  }

  private func request(_ node: NodeID, _ kind: Request.Kind, cause: Int? = nil) -> Request {
    let id = tree.requestCount
    return Request(id: id, node: node, kind: kind, seed: SeedSequence.seed(tree.header.seed, id), cause: cause)
  }
}

// MARK: - What is due

extension Search {
  /// Turns one due item into events; returns what it asked.
  mutating func perform(_ due: Due) -> [Request] {
    switch due {
    case .propose(let node, let cause, let earlier): return propose(node, cause, earlier)
    case .choose(let id):
      choose(id)
    case .insert(let cause):
      guard case .insert(let parent, let option) = tree.interventions[cause].intervention else { return [] }
      let ending = terminal(of: option, below: parent)
      record(.inserted(node: NodeID(tree.nodes.count), cause: cause, terminal: ending.kind, answer: ending.answer))
    case .rollOut(let cause):
      guard case .rollOut(let node, let count) = tree.interventions[cause].intervention else { return [] }
      let asked = request(node, .rollOut(count: count, temperature: settings.rolloutTemperature), cause: cause)
      record(.asked(request: asked))
      return [asked]
    case .evaluate(let node): return evaluate(node)
    case .settle(let node): record(.evaluated(node: node, reward: tree.reward(of: node)))
    case .backUp(let node):
      record(.backedUp(node: node, reward: tree.details[node.offset].reward ?? tree.reward(of: node)))
    }
    return []
  }

  private mutating func propose(_ node: NodeID, _ cause: Int?, _ earlier: Int) -> [Request] {
    if earlier >= similarity.maximumDraws {
      giveUp(node, cause, earlier)
      return []
    }
    let isFirst = earlier == 0 && tree.hasNoChild(node)
    let awaited = tree.pending.values.contains { $0.node == node }
    let greedy = settings.greedyFirstChild && isFirst && !awaited
    let asked = request(
      node,
      .propose(
        draws: 1, temperature: greedy ? 0 : settings.optionTemperature,
        toEnd: Int(tree[node].depth) >= settings.maximumDepth - 1, earlier: earlier),
      cause: cause)
    record(.asked(request: asked))
    return [asked]
  }

  private mutating func choose(_ id: RequestID) {
    guard let proposal = tree.proposals[id] else { return }
    let node = proposal.request.node
    let option = proposal.options[0]
    let distance = similarity.minimumDistance > 0 ? similarity.distance(option, to: siblings(at: node)) : nil
    guard similarity.accepts(distance: distance) else {
      return record(.rejected(request: id, draw: 0, distance: distance ?? 0))
    }
    add(option, below: node, request: id, draw: 0, spent: proposal.earlier + 1, distance: distance)
  }

  /// No draw passed: the least similar one joins, unless all were copies of a sibling.
  private mutating func giveUp(_ node: NodeID, _ cause: Int?, _ spent: Int) {
    let rejected = tree.details[node.offset].rejected
    let present = siblings(at: node)
    // Measured again: another child may have joined since, even one of these very draws.
    let tried = rejected.indices.suffix(spent).map { ($0, similarity.distance(rejected[$0].option, to: present) ?? 0) }
    guard let (best, distance) = tried.max(by: { $0.1 < $1.1 }), distance > 0 else {
      return record(.widthFrozen(node: node, spent: spent))
    }
    add(
      rejected[best].option, below: node, request: tree.requestCount - 1, draw: best - rejected.count, spent: spent,
      distance: distance)
  }

  private mutating func add(
    _ option: SearchOption, below node: NodeID, request: RequestID, draw: Int, spent: Int, distance: Int?
  ) {
    let ending = terminal(of: option, below: node)
    record(
      .added(
        node: NodeID(tree.nodes.count), parent: node, request: request, draw: draw, spent: spent, distance: distance,
        terminal: ending.kind, answer: ending.answer))
  }

  private func siblings(at node: NodeID) -> [SearchOption] {
    tree.children(of: node).compactMap { tree.details[$0.offset].option }
  }

  private func terminal(of option: SearchOption, below parent: NodeID) -> (kind: TerminalKind?, answer: String?) {
    let answer = AnswerFormat.answer(in: option.text)
    if answer != nil { return (.answer, answer) }
    if option.termination == .endOfText { return (.endOfText, nil) }
    return (Int(tree[parent].depth) + 1 >= settings.maximumDepth ? .depthCap : nil, nil)
  }

  private mutating func evaluate(_ node: NodeID) -> [Request] {
    var asked: [Request] = []
    let isInner = node != .root && tree[node].terminal == nil
    if isInner, settings.rolloutsPerNode > 0, !tree.details[node.offset].askedForRollouts {
      asked.append(
        request(node, .rollOut(count: settings.rolloutsPerNode, temperature: settings.rolloutTemperature)))
      record(.asked(request: asked[0]))
    }
    let critics = node == .root ? [CriticName.value] : isInner ? settings.nodeCritics : settings.allCritics
    let scoring = request(node, .score(critics: critics))
    record(.asked(request: scoring))
    return asked + [scoring]
  }
}

/// Parameters as plain values for the hot path.
private struct Settings: Sendable {
  let optionTemperature, rolloutTemperature: Double
  let maximumDepth, rolloutsPerNode, simulationLimit, tokenLimit, minimumTerminals: Int
  let greedyFirstChild: Bool
  let nodeCritics, allCritics: [String]

  init(_ header: RunHeader) {
    let parameters = header.parameters
    optionTemperature = parameters.number(SearchParameters.optionTemperature)
    rolloutTemperature = parameters.number(SearchParameters.rolloutTemperature)
    maximumDepth = parameters.integer(SearchParameters.maximumDepth)
    rolloutsPerNode = parameters.integer(SearchParameters.rolloutsPerNode)
    simulationLimit = parameters.integer(SearchParameters.simulationLimit)
    tokenLimit = parameters.integer(SearchParameters.tokenLimit)
    minimumTerminals = parameters.integer(SearchParameters.minimumTerminals)
    greedyFirstChild = parameters.flag(SearchParameters.greedyFirstChild)
    nodeCritics = header.critics.filter { $0.scope == .everyNode }.map(\.name)
    allCritics = header.critics.map(\.name)
  }
}
