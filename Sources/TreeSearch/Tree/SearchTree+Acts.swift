/// What people do, taking it back and doing it again.
extension SearchTree {
  mutating func applyIntervened(_ intervention: Intervention) {
    let number = acts.records.count
    var record = InterventionRecord(intervention: intervention, previousScore: nil)
    switch intervention {
    case .expand(let node, let count):
      agenda.append(.propose(node, cause: number, earlier: 0, children: 1), count: count)
    case .insert: agenda.append(.insert(cause: number))
    case .revise(let node, let revision):
      agenda.append(.propose(place(of: revision, of: node), cause: number, earlier: 0, children: 1))
    case .prune(let node): setPruned(node, true)
    case .restore(let node): setPruned(node, false)
    case .override(let node, let critic, let score):
      record.previousScore = arena.details.extras[node.index]?.overrides[critic]
      setOverride(node, critic, score)
    case .rollOut: agenda.append(.rollOut(cause: number))
    case .separate(let node, let member):
      record.tookBackup = separate(member, of: node, cause: number)
      agenda.append(.insert(cause: number))
    case .split(let node, let first, let second): record.remade = split(node, first, second, cause: number)
    case .join(let node): record.remade = join(node, cause: number)
    case .set(let id, let value):
      record.previousParameter = parameters.value(id)
      setParameter(id, value)
    }
    acts.append(record)
    stopReason = nil
  }

  mutating func takeBack(_ number: Int) {
    acts.takeBack(number)
    let record = acts[number]
    switch record.intervention {
    case .expand, .insert, .revise:
      agenda = agenda.without { $0 == .insert(cause: number) || isProposal($0, of: number) }
      if record.frozeWidth {
        arena.mark(placeOfChildren(number), .widthFrozen, false)
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
    case .split, .join: if let remade = record.remade { exchange(remade, isUndone: true) }
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
    case .revise(let node, let revision):
      let (made, parent) = (madeBy(number), place(of: revision, of: node))
      made.forEach { bringBack($0) }
      if made.isEmpty, isReachable(parent) {
        agenda.append(.propose(parent, cause: number, earlier: 0, children: 1))
      }
    case .prune(let node): setPruned(node, true)
    case .restore(let node): setPruned(node, false)
    case .override(let node, let critic, let score): setOverride(node, critic, score)
    case .rollOut(let node, _):
      // An answer that came before the undo counts again; one that had not come is asked for again.
      if arena.details.extras[node.index]?.rollouts.contains(where: { $0.cause == number }) ?? false {
        correctReward(node)
      } else if isVisible(node) {
        agenda.append(.rollOut(cause: number))
      }
    case .separate(let node, let member):
      acts[number].tookBackup = separate(member, of: node, cause: number)
      let made = madeBy(number)
      made.forEach { bringBack($0) }
      if made.isEmpty, isReachable(arena[node].parent) { agenda.append(.insert(cause: number)) }
    case .split, .join: if let remade = acts[number].remade { exchange(remade, isUndone: false) }
    case .set(let id, let value): setParameter(id, value)
    }
  }

  /// Below which node an intervention makes children.
  private func placeOfChildren(_ number: Int) -> NodeID {
    if case .revise(let node, let revision) = acts[number].intervention { return place(of: revision, of: node) }
    return optionToInsert(number)?.parent ?? acts[number].intervention.node
  }

  private func isProposal(_ due: Due, of number: Int) -> Bool {
    if case .propose(_, cause: number, _, _) = due { true } else { false }
  }

  /// Children of the intervention's node that the intervention made. O(width).
  private func madeBy(_ number: Int) -> [NodeID] {
    arena.allChildren(of: placeOfChildren(number)).filter { child in
      arena.details.extras[child.index]?.cause == number && !arena[child].marks.contains(.failed)
    }
  }

  // MARK: - Nodes that go and come

  /// Takes `node` and what grew below it out of every statistic, under `mark`: `withdrawn` or `failed`.
  /// O(subtree + depth).
  mutating func withdraw(_ node: NodeID, as mark: Node.Marks = .withdrawn) {
    guard let subtree = arena.hide(node, as: mark) else { return }
    statistics.shiftParent(of: node, -1, in: &arena)
    let inside = Set(subtree)
    agenda = agenda.without { inside.contains($0.node(in: self)) }
    for request in pending.values where inside.contains(request.node) {
      removePending(request.id)
      arena.details[row: request.node.offset].awaited = 0
    }
    proposals.removeAll { inside.contains($0.node) }
    dropIdleDescents()
  }

  mutating func bringBack(_ node: NodeID) {
    // What its critics failed at is gone for good.
    guard arena[node].marks.contains(.withdrawn), !arena[node].marks.contains(.failed) else { return }
    let subtree = arena.show(node)
    statistics.shiftParent(of: node, 1, in: &arena)
    oweAgain(subtree)
  }

  /// Work that was cut short when these nodes were hidden is owed again.
  mutating func oweAgain(_ subtree: [NodeID]) {
    for id in subtree {
      let marks = arena[id].marks
      if marks.contains(.remade) {
        agenda.append(.evaluate(id))
      } else if !marks.contains(.evaluated) {
        arena.details.forgetScores(at: id.offset)
        arena.details[row: id.offset].isAskedForRollouts = false
        agenda.append(.evaluate(id))
      }
      guard marks.contains(.evaluated), arena[id].visits == 0 else { continue }
      if !arena[id].group.exists, beginGrafts(from: id) {
        continue
      } else if !marks.contains(.silent) {
        agenda.append(.backUp(id))
      }
    }
  }

  private mutating func setPruned(_ node: NodeID, _ isPruned: Bool) {
    guard arena[node].marks.contains(.pruned) != isPruned else { return }
    arena.setPruned(node, isPruned)
    statistics.recomputeImportance(of: arena[node].parent, in: &arena)
    if isPruned { dropUnreachableProposals() }
  }

  // MARK: - Scores and parameters

  private mutating func setOverride(_ node: NodeID, _ critic: String, _ score: Double?) {
    arena.details.extras[node.index, default: .init()].overrides[critic] = score
    arena.mark(node, .overridden, arena.details.extras[node.index]?.overrides.isEmpty == false)
    correctReward(node)
  }

  /// The reward of `node` changed after it was backed up: each of its own backups is corrected up to the root.
  mutating func correctReward(_ node: NodeID) {
    guard arena[node].marks.contains(.evaluated) else { return }
    // A root whose critics failed has none.
    setReward(of: node, arena[node].reward.map { _ in reward(of: node) })
  }

  /// Puts another reward in place of that of `node`.
  mutating func setReward(of node: NodeID, _ new: Double?) {
    let old = arena[node].reward
    let value = scoring.value(of: node, reward: new, in: arena, acts)
    arena.setScores(of: node, reward: new ?? .nan, value: value ?? .nan)
    if let old, let new, new != old {
      // A file may say fewer visits of a node than of its children.
      let own = max(0, Statistics.ownBackups(of: node, in: arena))
      statistics.shift(from: node, visits: 0, value: (new - old) * Double(own), in: &arena)
    }
    // Without a value critic the reward stands in for v(s).
    statistics.recomputeImportance(of: node, in: &arena)
    statistics.recomputeImportance(of: arena[node].parent, in: &arena)
  }

  /// Changes a parameter in force; statistics whose meaning changes with it are computed afresh, in O(nodes).
  mutating func setParameter(_ id: String, _ value: ParameterValue?) {
    guard let value, (try? parameters.set(id, to: value.description)) != nil else { return }
    let rules = Statistics(parameters)
    let isRecalibrated = scoring.calibrate(parameters)
    guard rules != statistics || isRecalibrated else { return }
    if isRecalibrated { countScoresAnew() }
    statistics = rules
    statistics.recompute(in: &arena, imported: imports.count, pending: pending.values)
  }

  /// Critics' scores count as something else: so do the rewards that were made of them. O(nodes).
  private mutating func countScoresAnew() {
    for offset in arena.nodes.indices where arena.nodes[offset].marks.contains(.evaluated) {
      let node = NodeID(offset)
      let reward = arena[node].reward.map { _ in self.reward(of: node) }
      let value = scoring.value(of: node, reward: reward, in: arena, acts)
      arena.setScores(of: node, reward: reward ?? .nan, value: value ?? .nan)
    }
  }

  // MARK: - Members of groups

  /// Takes a member out of a group, with one of the group's own backups where it brought one; true where it did.
  private mutating func separate(_ member: Int, of node: NodeID, cause: Int) -> Bool {
    arena.details.extras[node.index]?.members[member].separatedBy = cause
    refreshGroup(node)
    guard ownBackups(of: node) > 1 else { return false }
    statistics.shift(from: node, visits: -1, value: -(arena[node].reward ?? 0), in: &arena)
    return true
  }

  /// Puts a member back into its group.
  private mutating func rejoin(_ member: Int, of node: NodeID, withBackup: Bool) {
    arena.details.extras[node.index]?.members[member].separatedBy = nil
    refreshGroup(node)
    if withBackup { statistics.shift(from: node, visits: 1, value: arena[node].reward ?? 0, in: &arena) }
  }

  private mutating func refreshGroup(_ node: NodeID) {
    arena.mark(node, .group, arena.details.extras[node.index]?.members.contains { $0.separatedBy == nil } ?? false)
  }
}
