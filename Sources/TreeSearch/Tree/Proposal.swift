/// Draws that wait to join the tree: the answer to a request for options. Of the request only what is needed is kept, as
/// bare numbers, because one is made and dropped in every simulation.
struct Proposal: Sendable, Equatable {
  /// The request's number.
  let id: RequestID
  /// Where the draws are to join.
  let node: NodeID
  /// The intervention that asked for them, if a person did.
  let cause: Int?
  /// Draws spent on the same child before this request.
  let earlier: Int
  /// True where several children are drawn at once: a draw that is like a sibling is then dropped, not drawn again.
  let isBatch: Bool
  let options: [SearchOption]
  /// The draw to decide about next.
  var next = 0
  /// What a model believes of the next draw: how much each sibling says the same; nil while it was not asked.
  var beliefs: [Double]?
  /// True while the model is being asked.
  var isComparing = false

  @inline(__always)
  init(_ request: borrowing Request, _ options: [SearchOption]) {
    id = request.id
    node = request.node
    cause = request.cause
    if case .propose(let draws, _, _, let earlier) = request.kind {
      isBatch = draws > 1
      self.earlier = earlier
    } else {
      isBatch = false
      earlier = 0
    }
    self.options = options
  }
}

extension Proposal {
  /// True where the next draw is `option` and a model has yet to be asked about it.
  func awaitsComparison(of option: SearchOption) -> Bool { beliefs == nil && !isComparing && options[next] == option }
}

/// Draws that wait to join.
extension SearchTree {
  func proposal(_ id: RequestID) -> Proposal? { proposals.first { $0.id == id } }

  mutating func dropProposal(_ id: RequestID) {
    proposals.removeAll { $0.id == id }
    agenda.discharge(.choose(id))
  }

  /// The draw has been decided about: the next one is due, if there is one.
  mutating func consume(_ draw: Int, of id: RequestID) {
    agenda.discharge(.choose(id))
    guard let at = proposals.firstIndex(where: { $0.id == id }) else { return }
    if draw + 1 < proposals[at].options.count {
      proposals[at].next = draw + 1
      proposals[at].beliefs = nil
      agenda.append(.choose(id))
    } else if at == proposals.count - 1 {
      proposals.removeLast()
    } else {
      proposals.remove(at: at)
    }
  }

  /// Stores the draw that becomes a child, and discharges what was due for it; returns the intervention that asked for it.
  @inline(__always)
  mutating func takeDraw(_ draw: Int, of id: RequestID, at parent: NodeID, spent: Int, distance: Int?) -> Int? {
    var row = DetailStore.Row()
    row.draws = Int32(clamping: spent)
    row.distance = Int32(clamping: distance ?? -1)
    if draw >= 0, let at = proposals.firstIndex(where: { $0.id == id }) {
      let cause = proposals[at].cause
      store.append(proposals[at].options, draw, row)
      consume(draw, of: id)
      return cause
    }
    let rejected = store.extras[parent.index]?.rejected ?? []
    store.append([rejected[rejected.count + draw].option], 0, row)
    return dischargeProposal(at: parent, earlier: nil)
  }

  mutating func applyRejected(_ id: RequestID, _ draw: Int, _ distance: Int) {
    guard let proposal = proposal(id) else { return }
    let node = proposal.node
    store.extras[node.index, default: .init()].rejected.append(
      RejectedDraw(option: proposal.options[draw], distance: distance))
    consume(draw, of: id)
    if !proposal.isBatch {
      agenda.append(
        .propose(node, cause: proposal.cause, earlier: proposal.earlier + draw + 1, children: 1))
    }
  }

  /// Drops the proposal that is due at `node` after `earlier` draws; returns the intervention that wanted it.
  @discardableResult
  mutating func dischargeProposal(at node: NodeID, earlier: Int?) -> Int? {
    for due in agenda {
      guard case .propose(node, let cause, let spent, _) = due, spent > 0, earlier == nil || spent == earlier else {
        continue
      }
      agenda.discharge(due)
      return cause
    }
    return nil
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
