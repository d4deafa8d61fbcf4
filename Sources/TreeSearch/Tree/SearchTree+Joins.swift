import Vocabulary

/// How nodes join the tree: draws, lines of rollouts, people's options, and draws that join a group.
extension SearchTree {
  /// The node added last belongs to the arena; it is owed an evaluation.
  @inline(__always)
  private mutating func owe(cause: Int?, answer: String?) {
    let id = NodeID(arena.nodes.count - 1)
    // The option may have brought what was thought before it.
    if answer != nil || cause != nil { arena.details.extras[id.index, default: .init()].state(answer, cause: cause) }
    agenda.append(.evaluate(id))
  }

  // MARK: - Draws

  @inline(__always)
  mutating func applyAdded(
    _ parent: NodeID, _ id: RequestID, draw: Int, spent: Int, distance: Int?, _ terminal: TerminalKind?,
    _ answer: String?
  ) {
    var row = DetailStore.Row()
    row.draws = Int32(clamping: spent)
    row.distance = Int32(clamping: distance ?? -1)
    let cause: Int?
    if draw >= 0, let at = proposals.index(id) {
      cause = proposals[at].cause
      arena.append(
        proposals[at].options, draw, below: parent, row: row, terminal: terminal, marks: marks(below: parent, cause))
      consume(at: at)
    } else {
      let rejected = arena.details.extras[parent.index]?.rejected ?? []
      cause = dischargeProposal(at: parent, earlier: nil)
      arena.append(
        [rejected[rejected.count + draw].option], 0, below: parent, row: row, terminal: terminal,
        marks: marks(below: parent, cause))
    }
    owe(cause: cause, answer: answer)
    if !arena.details.extras.isEmpty { arena.details.extras[parent.index]?.dryDraws = 0 }
  }

  /// A child is not backed up by itself where a simulation waits to go on below its parent.
  @inline(__always)
  private func marks(below parent: NodeID, _ cause: Int?) -> Node.Marks {
    cause == nil && agenda.contains(.descend(parent)) ? .silent : []
  }

  mutating func applyRejected(_ id: RequestID, _ draw: Int, _ distance: Int) {
    guard let at = proposals.index(id) else { return }
    let proposal = proposals[at]
    arena.details.extras[proposal.node.index, default: .init()].rejected.append(
      RejectedDraw(option: proposal.options[draw], distance: distance))
    consume(at: at)
    if !proposal.isBatch {
      agenda.append(
        .propose(proposal.node, cause: proposal.cause, earlier: proposal.earlier + draw + 1, children: 1))
    }
  }

  /// A draw has been decided about: the next one is due, if there is one.
  @inline(__always)
  private mutating func consume(at place: Int) {
    let id = proposals[place].id
    agenda.discharge(.choose(id))
    if proposals.advance(at: place) { agenda.append(.choose(id)) }
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

  // MARK: - Lines of rollouts

  /// Owes the lines of every rollout of `node` that came with lines; false where none did.
  mutating func beginGrafts(from node: NodeID) -> Bool {
    guard !arena.details.extras.isEmpty, let rollouts = arena.details.extras[node.index]?.rollouts,
      !arena[node].marks.contains(.grafted)
    else {
      return false
    }
    let chains = rollouts.indices.filter { rollouts[$0].cause == nil && rollouts[$0].lines?.isEmpty == false }
    for rollout in chains { agenda.append(.graft(source: node, rollout: rollout, line: 0, at: node)) }
    return !chains.isEmpty
  }

  /// The line that is due to be grafted, where it is due, and whether it is its rollout's last.
  func graft(_ source: NodeID, _ rollout: Int, _ line: Int) -> (option: SearchOption, at: NodeID, isLast: Bool)? {
    for case .graft(source, rollout, line, let at) in agenda {
      guard let lines = arena.details.extras[source.index]?.rollouts[rollout].lines else { return nil }
      return (lines[line], at, line + 1 == lines.count)
    }
    return nil
  }

  mutating func applyGrafted(
    _ source: NodeID, _ rollout: Int, _ line: Int, _ terminal: TerminalKind?, _ answer: String?
  ) {
    guard let due = graft(source, rollout, line) else { return }
    agenda.discharge(.graft(source: source, rollout: rollout, line: line, at: due.at))
    let isEnd = due.isLast || terminal != nil
    let node = arena.nextID
    arena.append(
      [due.option], 0, below: due.at, terminal: terminal, marks: isEnd ? .grafted : [.grafted, .silent])
    owe(cause: nil, answer: answer)
    if !isEnd { agenda.append(.graft(source: source, rollout: rollout, line: line + 1, at: node)) }
  }

  mutating func applyFollowed(_ node: NodeID, _ source: NodeID, _ rollout: Int, _ line: Int) {
    guard let due = graft(source, rollout, line) else { return }
    agenda.discharge(.graft(source: source, rollout: rollout, line: line, at: due.at))
    if due.isLast || arena[node].terminal != nil {
      agenda.append(.backUp(node))  // due once it is evaluated
    } else {
      agenda.append(.graft(source: source, rollout: rollout, line: line + 1, at: node))
    }
  }

  // MARK: - People's options

  mutating func applyInserted(_ cause: Int, _ terminal: TerminalKind?, _ answer: String?) {
    agenda.discharge(.insert(cause: cause))
    guard let (parent, option) = optionToInsert(cause) else { return }
    var marks: Node.Marks = []
    if case .insert = acts[cause].intervention { marks = .inserted }
    arena.append([option], 0, below: parent, terminal: terminal, marks: marks)
    owe(cause: cause, answer: answer)
  }

  /// The option that intervention `cause` adds, and below which node.
  func optionToInsert(_ cause: Int) -> (parent: NodeID, option: SearchOption)? {
    switch acts[cause].intervention {
    case .insert(let parent, let option): (parent, option)
    case .separate(let node, let member):
      arena.details.extras[node.index].map { (arena[node].parent, $0.members[member].option) }
    default: nil
    }
  }

  // MARK: - Groups

  mutating func applyMerged(_ node: NodeID, _ id: RequestID, _ draw: Int, _ distance: Int?) {
    guard let at = proposals.index(id) else { return }
    let parent = proposals[at].node
    arena.details.extras[node.index, default: .init()].members.append(
      GroupMember(option: proposals[at].options[draw], distance: distance, request: id))
    arena.mark(node, .group)
    arena.details.extras[parent.index, default: .init()].dryDraws += 1
    consume(at: at)
    if !agenda.contains(.descend(parent)) { agenda.append(.backUp(node)) }  // due once it is evaluated
  }

  /// Draws in a row at `node` that joined a group.
  func dryDraws(at node: NodeID) -> Int { arena.details.extras[node.index]?.dryDraws ?? 0 }
}
