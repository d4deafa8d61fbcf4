/// What is awaited, draws that wait to join, and descents that wait for them.
extension SearchTree {
  @inline(__always)
  mutating func addPending(_ request: Request) {
    pending.insert(request)
    statistics.count(request, 1, in: &arena)
  }

  @discardableResult
  mutating func removePending(_ id: RequestID) -> Request? {
    guard let request = pending.remove(id) else { return nil }
    statistics.count(request, -1, in: &arena)
    return request
  }

  /// Drops the request at a place that ``RequestTable/index(_:)`` found: to hand it out would copy it.
  @inline(__always)
  mutating func removePending(at place: Int) {
    if statistics.isParallel { statistics.count(pending[at: place], -1, in: &arena) }
    pending.remove(at: place)
  }

  mutating func removePending(where isGone: (Request) -> Bool) {
    for request in pending.values where isGone(request) { removePending(request.id) }
  }

  mutating func dropProposal(_ id: RequestID) {
    proposals.removeAll { $0.id == id }
    agenda.discharge(.choose(id))
  }

  /// True while children of `node` are being made or evaluated.
  func isExpanding(_ node: NodeID) -> Bool {
    func concerns(_ other: NodeID) -> Bool { other == node || other.exists && arena[other].parent == node }
    return pending.values.contains { concerns($0.node) } || proposals.contains { $0.node == node }
      || agenda.contains { $0 != .descend(node) && concerns($0.node(in: self)) }
  }

  /// A descent whose expansion came to nothing, or whose branch is gone, ends there: its simulation backs nothing up.
  mutating func dropIdleDescents() {
    for case .descend(let node) in agenda
    where !isReachable(node) || arena[node].openChildren == 0 && !isExpanding(node) {
      agenda.discharge(.descend(node))
    }
  }

  /// Children that were about to join a branch that is now pruned never will.
  mutating func dropUnreachableProposals() {
    for due in agenda where !isReachable(due.node(in: self)) {
      switch due {
      case .propose, .descend: agenda.discharge(due)
      case .choose(let id): dropProposal(id)
      default: break
      }
    }
    dropIdleDescents()
  }
}
