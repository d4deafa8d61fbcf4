/// An event that does not fit the tree it is applied to: the journal is damaged or belongs to another run.
public struct ReplayError: Error, Equatable, CustomStringConvertible {
  /// Number of the event, from 0.
  public let event: Int
  /// What does not fit.
  public let problem: String
  /// One line.
  public var description: String { "event \(event): \(problem)" }
}

extension SearchTree {
  /// Throws where `event` does not follow from what the tree owes or awaits, so that ``apply(_:)`` can never fail midway.
  func check(_ event: SearchEvent) throws {
    if let problem = problem(with: event) { throw ReplayError(event: eventCount, problem: problem) }
  }

  private func problem(with event: SearchEvent) -> String? {
    switch event {
    case .selected(let node, let widen, let children, _, let origin):
      if let origin, !agenda.contains(.descend(origin)) { return "no simulation goes on at node \(origin)" }
      return unknown(node) ?? (fits(node, widen, children ?? 1) ? nil : "node \(node) does not fit a selection")
    case .asked(let request): return problem(with: request)
    case .answered(let id, let answer):
      guard let request = pending[id] else { return "no request \(id) is waiting for an answer" }
      return answer.misfit(request.kind).map { "request \(id): \($0)" }
    case .failed(let id, _, _): return pending[id] == nil ? "no request \(id) is waiting for an answer" : nil
    case .added(let node, let parent, let id, let draw, _, _, _, _):
      return notNext(node) ?? unknown(parent) ?? (has(draw, of: id, at: parent) ? nil : noDraw(draw, id, parent))
    case .rejected(let id, let draw, _):
      return proposal(id)?.next == draw ? nil : "request \(id) has no draw \(draw)"
    case .merged(let node, let id, let draw, _):
      guard let proposal = proposal(id), proposal.next == draw else { return "request \(id) has no draw \(draw)" }
      return unknown(node)
        ?? (nodes[node.offset].parent == proposal.node ? nil : "node \(node) is no sibling of that draw")
    case .grafted(let node, let source, let rollout, let line, _, _):
      return notNext(node) ?? noGraft(source, rollout, line)
    case .followed(let node, let source, let rollout, let line):
      if let problem = unknown(node) ?? noGraft(source, rollout, line) { return problem }
      return graft(source, rollout, line)?.at == nodes[node.offset].parent ? nil : "node \(node) is not the next line"
    case .inserted(let node, let cause, _, _):
      return notNext(node)
        ?? (agenda.contains(.insert(cause: cause)) ? nil : "intervention \(cause) inserts nothing now")
    case .widthFrozen(let node, let spent):
      return unknown(node)
        ?? (isProposing(at: node, earlier: spent) || dryDraws(at: node) > 0 || agenda.contains(.descend(node))
          ? nil : "node \(node) is not being widened")
    case .evaluated(let node, let reward):
      return unknown(node)
        ?? (agenda.contains(.fixReward(node)) ? outside(reward) : "node \(node) is not due to be evaluated")
    case .backedUp(let node, let reward):
      return unknown(node)
        ?? (agenda.contains(.backUp(node)) && self[node].marks.contains(.evaluated)
          ? outside(reward) : "node \(node) is not due to be backed up")
    case .intervened(let intervention): return objection(to: intervention)
    case .undone(let number): return undoable.last == number ? nil : "intervention \(number) is not the last one"
    case .redone(let number):
      return redoable.last == number ? nil : "intervention \(number) was not the last one undone"
    case .ignored, .stopped: return nil
    }
  }

  private func problem(with request: Request) -> String? {
    guard nodes.indices.contains(request.node.offset) else {
      return "request \(request.id) is about node \(request.node), which does not exist"
    }
    if request.id != requestCount { return "request \(request.id) does not follow \(requestCount - 1)" }
    let node = request.node
    let isDue =
      switch (request.kind, request.cause) {
      case (.propose(let draws, _, _, let earlier), let cause):
        agenda.contains(.propose(node, cause: cause, earlier: earlier, children: draws))
      case (.score, nil): agenda.contains(.evaluate(node))
      case (.rollOut, nil): agenda.contains(.evaluate(node)) && !store[row: node.offset].isAskedForRollouts
      case (.rollOut, let cause?):
        agenda.contains(.rollOut(cause: cause)) && acts[cause].intervention.node == node
      case (.compare(let option, _), nil):
        proposals.contains { $0.node == node && $0.awaitsComparison(of: option) }
      case (.score, _), (.compare, _): false
      }
    return isDue ? nil : "request \(request.id) asks for what is not due at node \(node)"
  }

  private func fits(_ node: NodeID, _ widen: Bool, _ children: Int) -> Bool {
    widen
      ? self[node].terminal == nil && (1...1000).contains(children)
      : node != .root && self[node].marks.contains(.evaluated)
  }

  private func noGraft(_ source: NodeID, _ rollout: Int, _ line: Int) -> String? {
    graft(source, rollout, line) == nil ? "line \(line) of rollout \(rollout) of node \(source) is not due" : nil
  }

  private func unknown(_ node: NodeID) -> String? {
    nodes.indices.contains(node.offset) ? nil : "there is no node \(node)"
  }

  private func notNext(_ node: NodeID) -> String? {
    node.offset == nodes.count ? nil : "node \(node) is not the next free id \(nodes.count)"
  }

  private func outside(_ reward: Double) -> String? {
    reward >= 0 && reward <= 1 ? nil : "reward \(reward) lies outside [0, 1]"
  }

  private func noDraw(_ draw: Int, _ id: RequestID, _ parent: NodeID) -> String {
    "request \(id) has no draw \(draw) for node \(parent)"
  }

  private func has(_ draw: Int, of id: RequestID, at parent: NodeID) -> Bool {
    if draw < 0 {
      let rejected = store.extras[parent.index]?.rejected.count ?? 0
      return draw >= -rejected && isProposing(at: parent, earlier: nil)
    }
    guard let proposal = proposal(id) else { return false }
    return proposal.next == draw && proposal.node == parent
  }

  /// True where a child of `node` is due whose `earlier` draws (nil: any number but 0) were rejected.
  private func isProposing(at node: NodeID, earlier: Int?) -> Bool {
    agenda.contains {
      if case .propose(node, _, let spent, _) = $0 { spent > 0 && (earlier == nil || spent == earlier) } else { false }
    }
  }
}

extension SearchTree {
  /// Why `intervention` makes no sense in the present tree, in words for a person; nil where it does.
  func objection(to intervention: Intervention) -> String? {
    let node = intervention.node
    guard nodes.indices.contains(node.offset), isVisible(node) else { return "there is no node \(node)" }
    switch intervention {
    case .expand(_, let count):
      if self[node].terminal != nil { return "node \(node) is terminal: nothing can follow it" }
      if !isReachable(node) { return "node \(node) lies in a pruned branch" }
      return (1...64).contains(count) ? nil : "expected 1 to 64 children, found \(count)"
    case .insert(_, let option):
      if self[node].terminal != nil { return "node \(node) is terminal: nothing can follow it" }
      if !isReachable(node) { return "node \(node) lies in a pruned branch" }
      return option.bytes.isEmpty ? "an option needs some text" : nil
    case .prune:
      if node == .root { return "the root cannot be pruned" }
      return self[node].marks.contains(.pruned) ? "node \(node) is pruned already" : nil
    case .restore:
      return self[node].marks.contains(.pruned) ? nil : "node \(node) is not pruned"
    case .override(_, let critic, let score):
      guard header.critics.contains(where: { $0.name == critic }) else { return "there is no critic '\(critic)'" }
      if !self[node].marks.contains(.evaluated) { return "node \(node) has not been evaluated yet" }
      return score.map { $0 >= 0 && $0 <= 1 } ?? true ? nil : "expected a score from 0 to 1"
    case .rollOut(_, let count):
      if self[node].terminal != nil { return "node \(node) is terminal: nothing can follow it" }
      return (1...64).contains(count) ? nil : "expected 1 to 64 rollouts, found \(count)"
    case .separate(_, let member):
      let members = store.extras[node.index]?.members ?? []
      guard members.indices.contains(member) else { return "node \(node) has no member \(member)" }
      if members[member].separatedBy != nil { return "member \(member) is a node of its own already" }
      return isReachable(self[node].parent) ? nil : "node \(node) lies in a pruned branch"
    case .set(let id, let value):
      var changed = parameters
      do { try changed.set(id, to: value.description) } catch { return "\(error)" }
      return nil
    }
  }
}
