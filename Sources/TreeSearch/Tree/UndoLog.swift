/// What people did, in order, and what of it can be taken back or done again.
struct UndoLog: Sendable, Equatable {
  private(set) var records: [InterventionRecord] = []
  /// Records that undo would take back, the last first to go.
  private(set) var undoable: [Int] = []
  /// Records that redo would do again, the last first.
  private(set) var redoable: [Int] = []

  /// The record numbered `number`; what undo needs to know may be learnt later.
  subscript(number: Int) -> InterventionRecord {
    get { records[number] }
    _modify { yield &records[number] }
  }

  /// Something new was done: what was undone before cannot be done again.
  mutating func append(_ record: InterventionRecord) {
    undoable.append(records.count)
    records.append(record)
    redoable = []
  }

  /// The last act, `number`, was taken back.
  mutating func takeBack(_ number: Int) {
    undoable.removeLast()
    redoable.append(number)
    records[number].isUndone = true
  }

  /// The act undone last, `number`, was done again.
  mutating func doAgain(_ number: Int) {
    redoable.removeLast()
    undoable.append(number)
    records[number].isUndone = false
  }
}

/// What taking an act back and doing it again does to the tree.
extension SearchTree {
  mutating func takeBack(_ number: Int) {
    acts.takeBack(number)
    let record = acts[number]
    switch record.intervention {
    case .expand, .insert:
      agenda = agenda.without { $0 == .insert(cause: number) || isProposal($0, of: number) }
      if record.frozeWidth {
        nodes[record.intervention.node.offset].marks.remove(.widthFrozen)
        acts[number].frozeWidth = false
      }
      removePending { $0.cause == number }
      for proposal in proposals where proposal.cause == number { dropProposal(proposal.id) }
      for node in madeBy(number) { withdraw(node) }
    case .prune(let node): setPruned(node, false)
    case .restore(let node): setPruned(node, true)
    case .override(let node, let critic, _): setOverride(node, critic, record.previousScore)
    case .rollOut(let node, _):
      agenda.discharge(.rollOut(cause: number))
      removePending { $0.cause == number }
      correctReward(node)
    case .separate(let node, let member):
      agenda = agenda.without { $0 == .insert(cause: number) }
      for made in madeBy(number) { withdraw(made) }
      rejoin(member, of: node, withBackup: record.tookBackup)
    case .set(let id, _): setParameter(id, record.previousParameter)
    }
  }

  mutating func doAgain(_ number: Int) {
    acts.doAgain(number)
    switch acts[number].intervention {
    case .expand(let node, let count):
      let made = madeBy(number)
      made.forEach { bringBack($0) }
      // What had not been drawn when it was undone is drawn now.
      let left = isReachable(node) ? max(0, count - made.count) : 0
      agenda.append(.propose(node, cause: number, earlier: 0, children: 1), count: left)
    case .insert(let node, _):
      let made = madeBy(number)
      made.forEach { bringBack($0) }
      if made.isEmpty, isReachable(node) { agenda.append(.insert(cause: number)) }
    case .prune(let node): setPruned(node, true)
    case .restore(let node): setPruned(node, false)
    case .override(let node, let critic, let score): setOverride(node, critic, score)
    case .rollOut(let node, _):
      // An answer that came before the undo counts again; one that had not come is asked for again.
      if store.extras[node.index]?.rollouts.contains(where: { $0.cause == number }) ?? false {
        correctReward(node)
      } else if isVisible(node) {
        agenda.append(.rollOut(cause: number))
      }
    case .separate(let node, let member):
      acts[number].tookBackup = separate(member, of: node, cause: number)
      let made = madeBy(number)
      made.forEach { bringBack($0) }
      if made.isEmpty, isReachable(nodes[node.offset].parent) { agenda.append(.insert(cause: number)) }
    case .set(let id, let value): setParameter(id, value)
    }
  }

  private func isProposal(_ due: Due, of number: Int) -> Bool {
    if case .propose(_, cause: number, _, _) = due { true } else { false }
  }

  /// Children of the intervention's node that the intervention made. O(width).
  private func madeBy(_ number: Int) -> [NodeID] {
    let parent = optionToInsert(number)?.parent ?? acts[number].intervention.node
    return allChildren(of: parent).filter { child in
      store.extras[child.index]?.cause == number && !nodes[child.offset].marks.contains(.failed)
    }
  }

  /// Takes `node` and what grew below it out of every statistic, under `mark`: `withdrawn` or `failed`.
  /// O(subtree + depth).
  mutating func withdraw(_ node: NodeID, as mark: Node.Marks = .withdrawn) {
    let taken = nodes[node.offset]
    guard taken.isShown else { return }
    let isCounted = isVisible(taken.parent)
    if taken.isOpen { nodes[taken.parent.offset].openChildren -= 1 }
    nodes[node.offset].marks.insert(mark)
    refreshEntry(of: node)
    shift(from: taken.parent, visits: -taken.visitCount, value: -taken.valueSum * statistics.discount)
    recomputeImportance(of: taken.parent)
    let subtree = shownSubtree(of: node)
    let inside = Set(subtree)
    if isCounted { count(subtree, hidden: true) }
    agenda = agenda.without { inside.contains($0.node(in: self)) }
    for request in pending.values where inside.contains(request.node) {
      removePending(request.id)
      store[row: request.node.offset].awaited = 0
    }
    proposals.removeAll { inside.contains($0.node) }
    dropIdleDescents()
  }

  private mutating func count(_ subtree: [NodeID], hidden: Bool) {
    let answers = subtree.count { nodes[$0.offset].terminal == .answer }
    hiddenNodes += hidden ? subtree.count : -subtree.count
    terminals += hidden ? -answers : answers
  }

  private mutating func bringBack(_ node: NodeID) {
    nodes[node.offset].marks.remove(.withdrawn)
    refreshEntry(of: node)
    let back = nodes[node.offset]
    if back.isOpen { nodes[back.parent.offset].openChildren += 1 }
    shift(from: back.parent, visits: back.visitCount, value: back.valueSum * statistics.discount)
    recomputeImportance(of: back.parent)
    guard isVisible(node) else { return }
    let subtree = shownSubtree(of: node)
    count(subtree, hidden: false)
    // Work that the undo cut short is owed again.
    for id in subtree where nodes[id.offset].visits == 0 {
      let marks = nodes[id.offset].marks
      if !marks.contains(.evaluated) {
        store.forgetScores(at: id.offset)
        store[row: id.offset].isAskedForScores = false
        store[row: id.offset].isAskedForRollouts = false
        agenda.append(.evaluate(id))
      } else if !nodes[id.offset].group.exists, beginGrafts(from: id) {
        continue
      } else if !marks.contains(.silent) {
        agenda.append(.backUp(id))
      }
    }
  }

  /// `node` and the shown nodes below it.
  private func shownSubtree(of node: NodeID) -> [NodeID] {
    var found = [node]
    var at = 0
    while at < found.count {
      found += children(of: found[at])
      at += 1
    }
    return found
  }
}
