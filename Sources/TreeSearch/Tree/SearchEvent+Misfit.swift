/// An event that does not fit the tree it is applied to: the journal is damaged or belongs to another run.
public struct ReplayError: Error, Equatable, CustomStringConvertible {
  /// Number of the event, from 0.
  public let event: Int
  /// What does not fit.
  public let problem: String
  /// One line.
  public var description: String { "event \(event): \(problem)" }
}

extension SearchEvent {
  /// Why the event does not follow from what `tree` owes or awaits; nil where it does, and can then be applied to its end.
  func misfit(in tree: SearchTree) -> String? {
    switch self {
    case .selected(let node, let widen, let children, _, let origin):
      if let origin, !tree.agenda.contains(.descend(origin)) { return "no simulation goes on at node \(origin)" }
      if let problem = tree.unknown(node) { return problem }
      return tree.fits(node, widen, children ?? 1) ? nil : "node \(node) does not fit a selection"
    case .asked(let request): return request.misfit(in: tree)
    case .answered(let id, let answer):
      guard let request = tree.pending[id] else { return "no request \(id) is waiting for an answer" }
      return answer.misfit(request.kind).map { "request \(id): \($0)" }
    case .failed(let id, _, _): return tree.pending[id] == nil ? "no request \(id) is waiting for an answer" : nil
    case .added(let node, let parent, let id, let draw, _, _, _, _):
      if let problem = tree.notNext(node) ?? tree.unknown(parent) { return problem }
      return tree.has(draw, of: id, at: parent) ? nil : "request \(id) has no draw \(draw) for node \(parent)"
    case .rejected(let id, let draw, _):
      return tree.proposals[id: id]?.next == draw ? nil : "request \(id) has no draw \(draw)"
    case .merged(let node, let id, let draw, _):
      guard let proposal = tree.proposals[id: id], proposal.next == draw else {
        return "request \(id) has no draw \(draw)"
      }
      if let problem = tree.unknown(node) { return problem }
      return tree[node].parent == proposal.node ? nil : "node \(node) is no sibling of that draw"
    case .grafted(let node, let source, let rollout, let line, _, _):
      return tree.notNext(node) ?? tree.noGraft(source, rollout, line)
    case .followed(let node, let source, let rollout, let line):
      if let problem = tree.unknown(node) ?? tree.noGraft(source, rollout, line) { return problem }
      return tree.graft(source, rollout, line)?.at == tree[node].parent ? nil : "node \(node) is not the next line"
    case .inserted(let node, let cause, _, _):
      if let problem = tree.notNext(node) { return problem }
      return tree.agenda.contains(.insert(cause: cause)) ? nil : "intervention \(cause) inserts nothing now"
    case .widthFrozen(let node, let spent):
      if let problem = tree.unknown(node) { return problem }
      let isWidened =
        tree.isProposing(at: node, earlier: spent) || tree.dryDraws(at: node) > 0
        || tree.agenda.contains(.descend(node))
      return isWidened ? nil : "node \(node) is not being widened"
    case .evaluated(let node, let reward):
      if let problem = tree.unknown(node) { return problem }
      return tree.agenda.contains(.fixReward(node))
        ? Self.outside(reward) : "node \(node) is not due to be evaluated"
    case .backedUp(let node, let reward):
      if let problem = tree.unknown(node) { return problem }
      return tree.agenda.contains(.backUp(node)) && tree[node].marks.contains(.evaluated)
        ? Self.outside(reward) : "node \(node) is not due to be backed up"
    case .imported(let node, let parent, let facts): return facts.misfit(node, below: parent, in: tree)
    case .intervened(let intervention): return intervention.objection(in: tree)
    case .undone(let number): return tree.undoable.last == number ? nil : "intervention \(number) is not the last one"
    case .redone(let number):
      return tree.redoable.last == number ? nil : "intervention \(number) was not the last one undone"
    case .picked(let pick): return pick.misfit(in: tree)
    case .forecast(let forecast):
      return forecast.isPlausible && forecast.made == tree.simulations
        ? nil : "a forecast of simulation \(forecast.made) is none that can be made now"
    case .ignored, .stopped: return nil
    }
  }

  private static func outside(_ reward: Double) -> String? {
    reward >= 0 && reward <= 1 ? nil : "reward \(reward) lies outside [0, 1]"
  }
}

extension Request {
  /// Why the request does not follow from what `tree` owes; nil where it does.
  fileprivate func misfit(in tree: SearchTree) -> String? {
    guard tree.nodes.indices.contains(node.offset) else {
      return "request \(id) is about node \(node), which does not exist"
    }
    if id != tree.requestCount { return "request \(id) does not follow \(tree.requestCount - 1)" }
    let isDue =
      switch (kind, cause) {
      case (.propose(let draws, _, _, let earlier), let cause):
        tree.agenda.contains(.propose(node, cause: cause, earlier: earlier, children: draws))
      case (.score, nil): tree.agenda.contains(.evaluate(node))
      case (.rollOut, nil):
        tree.agenda.contains(.evaluate(node)) && !tree.arena.details[row: node.offset].isAskedForRollouts
      case (.rollOut, let cause?):
        tree.agenda.contains(.rollOut(cause: cause)) && tree.acts[cause].intervention.node == node
      case (.compare(let option, _), nil):
        tree.proposals.contains { $0.node == node && $0.awaitsComparison(of: option) }
      case (.score, _), (.compare, _): false
      }
    return isDue ? nil : "request \(id) asks for what is not due at node \(node)"
  }
}

extension SearchTree {
  fileprivate func fits(_ node: NodeID, _ widen: Bool, _ children: Int) -> Bool {
    widen
      ? self[node].terminal == nil && (1...1000).contains(children)
      : node != .root && self[node].marks.contains(.evaluated)
  }

  fileprivate func noGraft(_ source: NodeID, _ rollout: Int, _ line: Int) -> String? {
    graft(source, rollout, line) == nil ? "line \(line) of rollout \(rollout) of node \(source) is not due" : nil
  }

  fileprivate func unknown(_ node: NodeID) -> String? {
    nodes.indices.contains(node.offset) ? nil : "there is no node \(node)"
  }

  fileprivate func notNext(_ node: NodeID) -> String? {
    node == arena.nextID ? nil : "node \(node) is not the next free id \(nodes.count)"
  }

  fileprivate func has(_ draw: Int, of id: RequestID, at parent: NodeID) -> Bool {
    if draw < 0 {
      let rejected = arena.details.extras[parent.index]?.rejected.count ?? 0
      return draw >= -rejected && isProposing(at: parent, earlier: nil)
    }
    guard let proposal = proposals[id: id] else { return false }
    return proposal.next == draw && proposal.node == parent
  }

  /// True where a child of `node` is due whose `earlier` draws (nil: any number but 0) were rejected.
  fileprivate func isProposing(at node: NodeID, earlier: Int?) -> Bool {
    agenda.contains {
      if case .propose(node, _, let spent, _) = $0 { spent > 0 && (earlier == nil || spent == earlier) } else { false }
    }
  }
}
