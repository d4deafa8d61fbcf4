extension SearchTree {
  /// Applies one event. Throws ``ReplayError`` and leaves the tree unchanged where the event does not fit.
  ///
  /// Complexity: O(depth), and O(width) more where a score changes a parent's importance.
  public mutating func apply(_ event: SearchEvent) throws {
    try check(event)
    switch event {
    case .selected(let node, let widen):
      lastSelected = node
      stopReason = nil
      agenda.append(widen ? .propose(node, cause: nil, earlier: 0) : .backUp(node))
    case .asked(let request): applyAsked(request)
    case .answered(let id, let answer): applyAnswered(id, answer)
    case .failed(let id, let message): applyFailed(id, message)
    case .ignored(let id, let reason):
      if reason == .branchGone {
        pending[id] = nil
        proposals[id] = nil
        settle(.choose(id))
      }
    case .added(_, let parent, let id, let draw, let spent, let distance, let terminal, let answer):
      let origin = takeDraw(draw, of: id, at: parent)
      add(origin.option, below: parent, cause: origin.cause, terminal: terminal, answer: answer)
      details[details.count - 1].draws = spent
      details[details.count - 1].distance = distance
    case .rejected(let id, let draw, let distance):
      settle(.choose(id))
      guard let proposal = proposals.removeValue(forKey: id) else { break }
      details[proposal.request.node.offset].rejected.append(
        RejectedDraw(option: proposal.options[draw], distance: distance))
      agenda.append(
        .propose(proposal.request.node, cause: proposal.request.cause, earlier: proposal.earlier + draw + 1))
    case .inserted(_, let cause, let terminal, let answer):
      guard case .insert(let parent, let option) = interventions[cause].intervention else { break }
      settle(.insert(cause: cause))
      add(option, below: parent, cause: cause, terminal: terminal, answer: answer)
      nodes[nodes.count - 1].marks.insert(.inserted)
    case .widthFrozen(let node, let spent):
      let isNew = nodes[node.offset].marks.insert(.widthFrozen).inserted
      if let cause = settleProposal(at: node, earlier: spent), isNew { interventions[cause].frozeWidth = true }
    case .evaluated(let node, let reward):
      settle(.settle(node))
      nodes[node.offset].marks.insert(.evaluated)
      details[node.offset].reward = reward
      updateImportance(after: node)
      // Children that a person put in before their parent was scored count from now on.
      if nodes[node.offset].firstChild.exists { recomputeImportance(of: node) }
      if node != .root { agenda.append(.backUp(node)) }
    case .backedUp(let node, let reward):
      settle(.backUp(node))
      shift(from: node, visits: 1, value: reward)
    case .intervened(let intervention): applyIntervened(intervention)
    case .undone(let number): takeBack(number)
    case .redone(let number): doAgain(number)
    case .stopped(let reason): stopReason = reason
    }
    eventCount += 1
  }

  private mutating func applyAsked(_ request: Request) {
    pending[request.id] = request
    requestCount += 1
    switch request.kind {
    case .propose(_, _, _, let earlier): settle(.propose(request.node, cause: request.cause, earlier: earlier))
    case .score:
      details[request.node.offset].askedForScores = true
      details[request.node.offset].awaited += 1
      settle(.evaluate(request.node))
    case .rollOut:
      if request.cause == nil {
        details[request.node.offset].askedForRollouts = true
        details[request.node.offset].awaited += 1
      } else if let cause = request.cause {
        settle(.rollOut(cause: cause))
      }
    case .compare: break  // nothing asks for it yet
    }
  }

  private mutating func applyAnswered(_ id: RequestID, _ answer: Answer) {
    guard let request = pending.removeValue(forKey: id) else { return }
    usage += answer.usage
    lastFailure = nil
    let node = request.node
    switch answer.content {
    case .options(let options):
      draws += options.count
      proposals[id] = Proposal(request: request, options: options)
      agenda.append(.choose(id))
    case .scores(let scores):
      details[node.offset].scores += scores
      for score in scores { criticCalls[score.critic, default: 0] += 1 }
      receive(node)
    case .rollouts(let rollouts):
      details[node.offset].rollouts += rollouts.map {
        var rollout = $0
        rollout.cause = request.cause
        return rollout
      }
      criticCalls[CriticName.orm, default: 0] += rollouts.count { $0.score != nil }
      if request.cause == nil { receive(node) } else { correctReward(node) }
    case .similarities: break
    }
  }

  /// One of the answers that a node's evaluation waits for has come.
  private mutating func receive(_ node: NodeID) {
    details[node.offset].awaited -= 1
    if details[node.offset].awaited == 0, !agenda.contains(.evaluate(node)) { agenda.append(.settle(node)) }
  }

  private mutating func applyFailed(_ id: RequestID, _ message: String) {
    guard let request = pending.removeValue(forKey: id) else { return }
    lastFailure = message
    if case .propose = request.kind { return }
    guard request.cause == nil else { return }
    // A node that its critics could not score has no reward to back up: it leaves the tree.
    // The root stays, without a value: its width is then that of importance 0.
    if request.node == .root { return nodes[0].marks.formUnion(.evaluated) }
    withdraw(request.node, as: .failed)
  }

  private mutating func applyIntervened(_ intervention: Intervention) {
    let number = interventions.count
    var previous: Double?
    switch intervention {
    case .expand(let node, let count):
      agenda += Array(repeating: .propose(node, cause: number, earlier: 0), count: count)
    case .insert: agenda.append(.insert(cause: number))
    case .prune(let node): setPruned(node, true)
    case .restore(let node): setPruned(node, false)
    case .override(let node, let critic, let score):
      previous = details[node.offset].overrides[critic]
      setOverride(node, critic, score)
    case .rollOut: agenda.append(.rollOut(cause: number))
    }
    interventions.append(InterventionRecord(intervention: intervention, previousScore: previous))
    undoable.append(number)
    redoable = []
    stopReason = nil
  }

  private mutating func add(
    _ option: SearchOption, below parent: NodeID, cause: Int?, terminal: TerminalKind?, answer: String?
  ) {
    let id = NodeID(nodes.count)
    var node = Node(parent: parent, depth: nodes[parent.offset].depth + 1)
    node.terminal = terminal
    nodes.append(node)
    var detail = NodeDetail()
    detail.option = option
    detail.answer = answer
    detail.cause = cause
    details.append(detail)
    if nodes[parent.offset].lastChild.exists {
      nodes[nodes[parent.offset].lastChild.offset].nextSibling = id
    } else {
      nodes[parent.offset].firstChild = id
    }
    nodes[parent.offset].lastChild = id
    nodes[parent.offset].openChildren += 1
    if terminal == .answer { terminals += 1 }
    agenda.append(.evaluate(id))
  }

  /// Takes the draw that becomes a child, with the intervention that asked for it, and settles what was due for it.
  private mutating func takeDraw(_ draw: Int, of id: RequestID, at parent: NodeID) -> (
    option: SearchOption, cause: Int?
  ) {
    if let proposal = draw < 0 ? nil : proposals.removeValue(forKey: id) {
      settle(.choose(id))
      return (proposal.options[draw], proposal.request.cause)
    }
    let cause = settleProposal(at: parent, earlier: nil)
    let rejected = details[parent.offset].rejected
    return (rejected[rejected.count + draw].option, cause)
  }

  /// Drops the proposal that is due at `node` after `earlier` draws; returns the intervention that wanted it.
  @discardableResult
  private mutating func settleProposal(at node: NodeID, earlier: Int?) -> Int? {
    for due in agenda {
      guard case .propose(node, let cause, let spent) = due, spent > 0, earlier == nil || spent == earlier else {
        continue
      }
      settle(due)
      return cause
    }
    return nil
  }

  /// Children that were about to join a branch that is now pruned never will.
  mutating func dropUnreachableProposals() {
    for due in agenda where !isReachable(due.node(in: self)) {
      switch due {
      case .propose: settle(due)
      case .choose(let id):
        settle(due)
        proposals[id] = nil
      default: break
      }
    }
  }

  mutating func settle(_ due: Due) {
    if let at = agenda.firstIndex(of: due) { agenda.remove(at: at) }
  }
}
