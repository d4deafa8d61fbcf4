import Vocabulary

extension SearchTree {
  /// Applies one event. Throws ``ReplayError`` and leaves the tree unchanged where the event does not fit.
  ///
  /// Complexity: O(depth), and O(width) more where a score changes a parent's importance.
  public mutating func apply(_ event: SearchEvent) throws {
    if let problem = event.misfit(in: self) { throw ReplayError(event: eventCount, problem: problem) }
    applyChecked(event)
  }

  /// Applies an event that fits: one that the engine has just made of this very tree.
  ///
  /// Inlined, so that only the event's own case is left where the engine makes it.
  @inline(__always)
  mutating func applyChecked(_ event: SearchEvent) {
    switch event {
    case .selected(let node, let widen, let children, let silent, let origin):
      if let origin { agenda.discharge(.descend(origin)) }
      applySelected(node, widen: widen, children: children ?? 1, silent: silent ?? false)
    case .asked(let request): applyAsked(request)
    case .answered(let id, let answer): applyAnswered(id, answer)
    case .failed(let id, let message, let reason): applyFailed(id, message, reason)
    case .ignored(let id, let reason):
      if reason == .branchGone {
        removePending(id)
        dropProposal(id)
        dropIdleDescents()
      }
    case .added(_, let parent, let id, let draw, let spent, let distance, let terminal, let answer):
      applyAdded(parent, id, draw: draw, spent: spent, distance: distance, terminal, answer)
    case .rejected(let id, let draw, let distance): applyRejected(id, draw, distance)
    case .merged(let node, let id, let draw, let distance): applyMerged(node, id, draw, distance)
    case .grafted(_, let source, let rollout, let line, let terminal, let answer):
      applyGrafted(source, rollout, line, terminal, answer)
    case .followed(let node, let source, let rollout, let line): applyFollowed(node, source, rollout, line)
    case .inserted(_, let cause, let terminal, let answer): applyInserted(cause, terminal, answer)
    case .widthFrozen(let node, let spent):
      let isNew = !arena[node].marks.contains(.widthFrozen)
      arena.mark(node, .widthFrozen)
      if let cause = dischargeProposal(at: node, earlier: spent), isNew { acts[cause].frozeWidth = true }
      agenda.discharge(.descend(node))
    case .evaluated(let node, let reward): applyEvaluated(node, reward)
    case .backedUp(let node, let reward):
      agenda.discharge(.backUp(node))
      statistics.backUp(node, reward, in: &arena)
    case .imported(let node, let parent, let facts): applyImported(node, parent, facts)
    case .intervened(let intervention): applyIntervened(intervention)
    case .undone(let number): takeBack(number)
    case .redone(let number): doAgain(number)
    case .forecast(let forecast): forecasts.append(forecast)
    case .picked(let picked):
      pick = picked
      for (id, value) in picked.settings.sorted(by: { $0.key < $1.key }) { setParameter(id, value) }
    // In a fork of an imported tree the search may go on.
    case .stopped(let reason): stopReason = reason == .imported && !isHistory ? nil : reason
    }
    eventCount += 1
  }

  private mutating func applySelected(_ node: NodeID, widen: Bool, children: Int, silent: Bool) {
    lastSelected = node
    revisits = widen ? 0 : revisits + 1
    stopReason = nil
    // An imported node may have no reward yet.
    guard widen else { return agenda.append(arena[node].storedReward.isNaN ? .evaluate(node) : .backUp(node)) }
    agenda.append(.propose(node, cause: nil, earlier: 0, children: children))
    if silent { agenda.append(.descend(node)) }
  }

  private mutating func applyAsked(_ request: Request) {
    addPending(request)
    requestCount += 1
    switch request.kind {
    case .propose(let draws, _, _, let earlier):
      agenda.discharge(.propose(request.node, cause: request.cause, earlier: earlier, children: draws))
    case .score:
      arena.details[row: request.node.offset].awaited += 1
      agenda.discharge(.evaluate(request.node))
    case .rollOut:
      if let cause = request.cause {
        agenda.discharge(.rollOut(cause: cause))
      } else {
        arena.details[row: request.node.offset].isAskedForRollouts = true
        arena.details[row: request.node.offset].awaited += 1
      }
    case .compare(let option, _):
      proposals.beginComparison(of: option, at: request.node)
    }
  }

  private mutating func applyAnswered(_ id: RequestID, _ answer: Answer) {
    guard let place = pending.index(id) else { return }
    usage += answer.usage
    if lastFailure != nil { lastFailure = nil }
    let node = pending.node(at: place)
    switch answer.content {
    case .options(let options):
      draws += options.count
      proposals.append(Proposal(pending[at: place], options))
      removePending(at: place)
      agenda.append(.choose(id))
    case .scores(let scores):
      removePending(at: place)
      for at in scores.indices {
        arena.details.add(scores, at, to: node.offset)
        scoring.count(1, by: scores[at].critic)
      }
      receive(node)
    case .rollouts(let rollouts):
      guard let request = removePending(id) else { return }
      arena.details.extras[node.index, default: .init()].rollouts += rollouts.map {
        var rollout = $0
        rollout.cause = request.cause
        return rollout
      }
      scoring.count(rollouts.count { $0.score != nil }, by: CriticName.orm)
      if request.cause == nil { receive(node) } else { correctReward(node) }
    case .similarities(let beliefs):
      if let request = removePending(id) { compared(request, beliefs) }
    }
  }

  /// One of the answers that a node's evaluation waits for has come.
  private mutating func receive(_ node: NodeID) {
    arena.details[row: node.offset].awaited -= 1
    if arena.details[row: node.offset].awaited == 0, !agenda.contains(.evaluate(node)) {
      agenda.append(.fixReward(node))
    }
  }

  private mutating func compared(_ request: Request, _ beliefs: [Double]) {
    guard case .compare(let option, _) = request.kind else { return }
    proposals.endComparison(of: option, at: request.node, beliefs)
  }

  private mutating func applyFailed(_ id: RequestID, _ message: String, _ reason: PermanentFailure?) {
    guard let request = removePending(id) else { return }
    lastFailure = message
    failures.count(request.role, reason, message)
    switch request.kind {
    case .propose:
      if reason != nil, request.cause == nil { end(request.node) }
      return dropIdleDescents()
    // Nobody can say that the draw is like a sibling: it joins.
    case .compare: return compared(request, [])
    // The other critics' numbers stand for themselves.
    case .rollOut where reason != nil && request.cause == nil: return receive(request.node)
    case .score, .rollOut: break
    }
    guard request.cause == nil else { return }
    // A node that its critics could not score has no reward to back up: it leaves the tree.
    // The root stays, without a value: its width is then that of importance 0.
    if request.node == .root { return arena.mark(.root, .evaluated) }
    // Nor does one leave that stands for a person's cut: what the critics said of it before goes on counting.
    if arena[request.node].marks.contains(.remade) { return receive(request.node) }
    withdraw(request.node, as: .failed)
  }

  /// No step will ever be drawn after `node`: it is widened no more, and without children it ends its trajectory.
  private mutating func end(_ node: NodeID) {
    arena.mark(node, .widthFrozen)
    if node != .root, arena.hasNoChild(node) { arena.endTrajectory(at: node) }
  }

  private mutating func applyEvaluated(_ node: NodeID, _ reward: Double) {
    agenda.discharge(.fixReward(node))
    arena.mark(node, .evaluated)
    if arena[node].marks.contains(.remade) {
      arena.mark(node, .remade, false)
      return setReward(of: node, reward)
    }
    arena.setScores(of: node, reward: reward, value: scoring.firstValue(of: node, reward: reward, in: arena))
    statistics.updateImportance(after: node, in: &arena)
    // Children that a person put in before their parent was scored count from now on.
    if arena[node].group.exists { statistics.recomputeImportance(of: node, in: &arena) }
    if node == .root { return }
    if !beginGrafts(from: node), !arena[node].marks.contains(.silent) { agenda.append(.backUp(node)) }
  }
}
