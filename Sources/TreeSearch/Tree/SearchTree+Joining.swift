import Foundation
import Vocabulary

/// How nodes join the tree: draws, lines of rollouts, and draws that join a group.
extension SearchTree {
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

  // MARK: - Lines of rollouts

  /// Owes the lines of every rollout of `node` that came with lines; false where none did.
  mutating func beginGrafts(from node: NodeID) -> Bool {
    guard !store.extras.isEmpty, let rollouts = store.extras[node.index]?.rollouts,
      !nodes[node.offset].marks.contains(.grafted)
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
      guard let lines = store.extras[source.index]?.rollouts[rollout].lines else { return nil }
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
    let node = NodeID(nodes.count)
    add(
      due.option, below: due.at, cause: nil, terminal: terminal, answer: answer,
      marks: isEnd ? .grafted : [.grafted, .silent])
    if !isEnd { agenda.append(.graft(source: source, rollout: rollout, line: line + 1, at: node)) }
  }

  mutating func applyFollowed(_ node: NodeID, _ source: NodeID, _ rollout: Int, _ line: Int) {
    guard let due = graft(source, rollout, line) else { return }
    agenda.discharge(.graft(source: source, rollout: rollout, line: line, at: due.at))
    if due.isLast || nodes[node.offset].terminal != nil {
      agenda.append(.backUp(node))  // due once it is evaluated
    } else {
      agenda.append(.graft(source: source, rollout: rollout, line: line + 1, at: node))
    }
  }

  // MARK: - Groups

  mutating func applyMerged(_ node: NodeID, _ id: RequestID, _ draw: Int, _ distance: Int?) {
    guard let proposal = proposal(id) else { return }
    let parent = proposal.node
    store.extras[node.index, default: .init()].members.append(
      GroupMember(option: proposal.options[draw], distance: distance, request: id))
    nodes[node.offset].marks.insert(.group)
    store.extras[parent.index, default: .init()].dryDraws += 1
    consume(draw, of: id)
    if !agenda.contains(.descend(parent)) { agenda.append(.backUp(node)) }  // due once it is evaluated
  }

  /// Draws in a row at `node` that joined a group.
  func dryDraws(at node: NodeID) -> Int { store.extras[node.index]?.dryDraws ?? 0 }

  /// Takes a member out of a group, with one of the group's own backups where it brought one; true where it did.
  mutating func separate(_ member: Int, of node: NodeID, cause: Int) -> Bool {
    store.extras[node.index]?.members[member].separatedBy = cause
    refreshGroup(node)
    guard ownBackups(of: node) > 1 else { return false }
    shift(from: node, visits: -1, value: -(nodes[node.offset].reward ?? 0))
    return true
  }

  /// Puts a member back into its group.
  mutating func rejoin(_ member: Int, of node: NodeID, withBackup: Bool) {
    store.extras[node.index]?.members[member].separatedBy = nil
    refreshGroup(node)
    if withBackup { shift(from: node, visits: 1, value: nodes[node.offset].reward ?? 0) }
  }

  private mutating func refreshGroup(_ node: NodeID) {
    let isGroup = store.extras[node.index]?.members.contains { $0.separatedBy == nil } ?? false
    if isGroup { nodes[node.offset].marks.insert(.group) } else { nodes[node.offset].marks.remove(.group) }
  }

  /// The option that intervention `cause` adds, and below which node.
  func optionToInsert(_ cause: Int) -> (parent: NodeID, option: SearchOption)? {
    switch acts[cause].intervention {
    case .insert(let parent, let option): (parent, option)
    case .separate(let node, let member):
      store.extras[node.index].map { (nodes[node.offset].parent, $0.members[member].option) }
    default: nil
    }
  }
}
