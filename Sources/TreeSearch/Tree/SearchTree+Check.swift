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
    case .selected(let node, let widen):
      return unknown(node) ?? (widen == (self[node].terminal == nil) ? nil : "node \(node) does not fit a selection")
    case .asked(let request): return problem(with: request)
    case .answered(let id, let answer):
      guard let request = pending[id] else { return "no request \(id) is waiting for an answer" }
      return answer.misfit(request.kind).map { "request \(id): \($0)" }
    case .failed(let id, _): return pending[id] == nil ? "no request \(id) is waiting for an answer" : nil
    case .added(let node, let parent, let id, let draw, _, _, _, _):
      return notNext(node) ?? unknown(parent) ?? (has(draw, of: id, at: parent) ? nil : noDraw(draw, id, parent))
    case .rejected(let id, let draw, _):
      return proposals[id]?.options.indices.contains(draw) == true ? nil : "request \(id) has no draw \(draw)"
    case .inserted(let node, let cause, _, _):
      return notNext(node)
        ?? (agenda.contains(.insert(cause: cause)) ? nil : "intervention \(cause) inserts nothing now")
    case .widthFrozen(let node, let spent):
      return unknown(node) ?? (isProposing(at: node, earlier: spent) ? nil : "node \(node) is not being widened")
    case .evaluated(let node, let reward):
      return unknown(node)
        ?? (agenda.contains(.settle(node)) ? outside(reward) : "node \(node) is not due to be evaluated")
    case .backedUp(let node, let reward):
      return unknown(node)
        ?? (agenda.contains(.backUp(node)) ? outside(reward) : "node \(node) is not due to be backed up")
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
      case (.propose(_, _, _, let earlier), let cause): agenda.contains(.propose(node, cause: cause, earlier: earlier))
      case (.score, nil): agenda.contains(.evaluate(node))
      case (.rollOut, nil): agenda.contains(.evaluate(node)) && !details[node.offset].askedForRollouts
      case (.rollOut, let cause?):
        agenda.contains(.rollOut(cause: cause)) && interventions[cause].intervention.node == node
      case (.score, _), (.compare, _): false
      }
    return isDue ? nil : "request \(request.id) asks for what is not due at node \(node)"
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
    if draw < 0 { return draw >= -details[parent.offset].rejected.count && isProposing(at: parent, earlier: nil) }
    guard let proposal = proposals[id] else { return false }
    return proposal.options.indices.contains(draw) && proposal.request.node == parent
  }

  /// True where a child of `node` is due whose `earlier` draws (nil: any number but 0) were rejected.
  private func isProposing(at node: NodeID, earlier: Int?) -> Bool {
    agenda.contains {
      if case .propose(node, _, let spent) = $0 { spent > 0 && (earlier == nil || spent == earlier) } else { false }
    }
  }
}

extension Answer {
  /// Why the answer does not fit a request of `kind`, in words; nil where it fits.
  func misfit(_ kind: Request.Kind) -> String? {
    let spent = [usage.policy, usage.rollout, usage.critic, usage.reused]
    guard spent.allSatisfy({ 0...1 << 40 ~= $0 }) else { return "a number of tokens is negative or absurd" }
    switch (kind, content) {
    case (.propose(let draws, _, _, _), .options(let options)):
      // A model may end its text right here; only then is an option empty.
      if options.isEmpty || options.contains(where: { $0.bytes.isEmpty && $0.termination != .endOfText }) {
        return "the policy proposed an empty option"
      }
      if options.count > draws { return "the policy proposed \(options.count) options where \(draws) were asked for" }
      let areFinite = options.allSatisfy { $0.logProbabilities.allSatisfy(\.isFinite) }
      return areFinite ? nil : "a log-probability is not a finite number"
    case (.score, .scores(let scores)):
      guard let bad = scores.first(where: { !isScore($0.score) }) else { return nil }
      return "critic \(bad.critic) gave \(bad.score ?? 0), outside [0, 1]"
    case (.rollOut, .rollouts(let rollouts)):
      return rollouts.allSatisfy { isScore($0.score) } ? nil : "a rollout's ORM score lies outside [0, 1]"
    default: return "the answer is not of the kind that was asked for"
    }
  }

  private func isScore(_ score: Double?) -> Bool { score.map { $0 >= 0 && $0 <= 1 } ?? true }
}
