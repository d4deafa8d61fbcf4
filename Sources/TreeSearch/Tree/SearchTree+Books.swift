import Foundation
import Vocabulary

/// What is due and awaited: the books that every event keeps.
extension SearchTree {
  mutating func addPending(_ request: Request) {
    pending.insert(request)
    if statistics.isParallel { countUnderWay(request, 1) }
  }

  @discardableResult
  mutating func removePending(_ id: RequestID) -> Request? {
    guard let request = pending.remove(id) else { return nil }
    if statistics.isParallel { countUnderWay(request, -1) }
    return request
  }

  /// Drops the request at a place that ``RequestTable/index(_:)`` found: to hand it out would copy it.
  @inline(__always)
  mutating func removePending(at place: Int) {
    if statistics.isParallel { countUnderWay(pending[at: place], -1) }
    pending.remove(at: place)
  }

  mutating func removePending(where isGone: (Request) -> Bool) {
    for request in pending.values where isGone(request) { removePending(request.id) }
  }

  /// A simulation under way counts along its path; rollouts are part of an evaluation that counts already.
  mutating func countUnderWay(_ request: Request, _ count: Int16) {
    if case .rollOut = request.kind { return }
    var at = request.node
    while at.exists {
      nodes[at.offset].underWay += count
      at = nodes[at.offset].parent
    }
  }

  // MARK: - Proposals

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

  // MARK: - Descents

  /// True while children of `node` are being made or evaluated.
  func isExpanding(_ node: NodeID) -> Bool {
    func concerns(_ other: NodeID) -> Bool { other == node || other.exists && nodes[other.offset].parent == node }
    return pending.values.contains { concerns($0.node) } || proposals.contains { $0.node == node }
      || agenda.contains { $0 != .descend(node) && concerns($0.node(in: self)) }
  }

  /// A descent whose expansion came to nothing, or whose branch is gone, ends there: its simulation backs nothing up.
  mutating func dropIdleDescents() {
    for case .descend(let node) in agenda
    where !isReachable(node) || nodes[node.offset].openChildren == 0 && !isExpanding(node) {
      agenda.discharge(.descend(node))
    }
  }

  // MARK: - Nodes

  /// Adds a node that has yet to be evaluated.
  mutating func add(
    _ option: SearchOption, below parent: NodeID, cause: Int?, terminal: TerminalKind?, answer: String?,
    marks: Node.Marks = []
  ) {
    store.append(option)
    link(below: parent, cause: cause, terminal: terminal, answer: answer, marks: marks)
  }

  /// The node whose option was stored last, which has yet to be evaluated, joins the arena.
  @inline(__always)
  mutating func link(below parent: NodeID, cause: Int?, terminal: TerminalKind?, answer: String?, marks: Node.Marks) {
    var node = Node(parent: parent, depth: Int(nodes[parent.offset].depth) + 1)
    node.terminal = terminal
    node.marks = marks
    if let mean = store.meanLogProbability(at: nodes.count) { node.priorWeight = Float(exp(mean)) }
    link(node)
    if answer != nil || cause != nil {
      store.extras[Int32(nodes.count - 1)] = .init(answer: answer, cause: cause)
    }
    agenda.append(.evaluate(NodeID(nodes.count - 1)))
  }

  /// Adds a node to the arena and to its parent's children.
  @inline(__always)
  mutating func link(_ node: Node) {
    let id = NodeID(nodes.count)
    var node = node
    let (group, place) = table.append(id, to: nodes[node.parent.offset].group)
    if group != nodes[node.parent.offset].group { move(to: group, below: node.parent) }
    node.place = Int32(place)
    nodes.append(node)
    nodes[node.parent.offset].openChildren += 1
    if node.terminal == .answer { terminals += 1 }
  }

  /// The children of `parent` stand in another place of the table. O(width), amortised O(1).
  private mutating func move(to group: ChildTable.Group, below parent: NodeID) {
    nodes[parent.offset].group = group
    for place in group.range {
      let child = table.entries[place].node
      if child.exists, child.offset < nodes.count { nodes[child.offset].place = Int32(place) }
    }
  }
}
