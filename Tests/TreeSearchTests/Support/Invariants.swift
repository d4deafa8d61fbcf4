import TreeSearchTesting

@testable import TreeSearch

/// What holds in every tree that the engine can make, whatever was asked, told, failed, done by hand or undone.
enum Invariants {
  /// Violations in words; empty where all hold.
  static func check(_ tree: SearchTree) -> [String] {
    var found: [String] = []
    func hold(_ fact: Bool, _ words: @autoclosure () -> String) { if !fact { found.append(words()) } }
    var visible = Array(repeating: true, count: tree.nodes.count)
    for (offset, node) in tree.nodes.enumerated() {
      let id = NodeID(offset)
      let detail = tree.details[offset]
      visible[offset] = node.isShown && (offset == 0 || visible[node.parent.offset])
      hold(offset == 0 ? !node.parent.exists : node.parent < id, "\(id): its parent's id is not smaller")
      hold(offset == 0 || node.depth == tree[node.parent].depth + 1, "\(id): depth")
      let children = allChildren(of: id, in: tree)
      hold(children == children.sorted(), "\(id): children out of order")
      hold((children.last ?? .none) == tree.lastChild(of: id), "\(id): last child")
      for child in children {
        let entry = tree.arena.table.entries[Int(tree[child].place)]
        hold(entry == ChildTable.Entry(tree[child], child), "\(child): the table of children says \(entry)")
      }
      hold(node.terminal == nil || children.isEmpty, "\(id): a terminal has children")
      let shown = children.filter { tree[$0].isShown }
      hold(Int(node.openChildren) == shown.count { tree[$0].isOpen }, "\(id): open children")

      // N(v) = own backups + Σ N(shown children); W likewise.
      let own = node.visits - shown.reduce(0) { $0 + tree[$1].visits }
      let sum = valueSum(of: id, own: own, children: shown, in: tree)
      hold(own == tree.ownBackups(of: id), "\(id): ownBackups(of:)")
      hold(abs(node.valueSum - sum) <= 1e-9 * Double(node.visits + 1), "\(id): W is \(node.valueSum), not \(sum)")
      if offset == 0 {
        hold(own == 0, "the root was backed up \(own) times by itself")
      } else if visible[offset] {
        let isDue = tree.agenda.contains(.backUp(id))
        let isFinished = node.marks.contains(.evaluated) && !isDue
        // A group was backed up for its members too, a node whose rollouts became nodes through their ends only.
        let isSilent = node.marks.contains(.silent) || tree.rollouts(of: id).contains { $0.lines?.isEmpty == false }
        // Several rollouts may end with the same line.
        let mayRepeat =
          node.terminal != nil || !detail.members.isEmpty || isSilent || node.marks.contains(.grafted) || repeats(tree)
        hold(own >= 0 && (isFinished || own == 0 || isDue), "\(id): \(own) backups before it was evaluated")
        if isFinished, !isSilent { hold(own >= 1, "\(id): evaluated and never backed up") }
        if !mayRepeat { hold(own == (isFinished ? 1 : 0), "\(id): \(own) backups of its own") }
        hold(isFinished || tree.isBusy, "\(id): nothing is due and it was not backed up")
      }
      hold(detail.reward.map { 0...1 ~= $0 } ?? true, "\(id): reward outside [0, 1]")
      hold(offset == 0 || (detail.reward != nil) == node.marks.contains(.evaluated), "\(id): evaluated without reward")
      hold(node.marks.contains(.overridden) == !detail.overrides.isEmpty, "\(id): override mark")
      // While a node is judged again, its old numbers stand.
      let isRejudged = node.marks.contains(.remade) || children.contains { tree[$0].marks.contains(.remade) }
      if !tree.statistics.usesSiblingMean, !isRejudged {
        hold(abs(node.importance - importance(of: id, in: tree)) < 1e-12, "\(id): importance \(node.importance)")
      }
      if !isRejudged {
        hold(node.value == (node.marks.contains(.evaluated) ? tree.value(of: id) : nil), "\(id): value")
      }
      let underWay = tree.statistics.isParallel ? tree.pending.values.count { isBelow($0, id, tree) } : 0
      hold(Int(node.underWay) == underWay, "\(id): \(node.underWay) requests under way, not \(underWay)")
      found += width(of: id, children: shown, in: tree)
    }
    hold(tree.hiddenNodes == visible.count { !$0 }, "hiddenNodes is \(tree.hiddenNodes)")
    let answers = tree.nodes.indices.count { visible[$0] && tree.nodes[$0].terminal == .answer }
    hold(tree.terminals == answers, "terminals is \(tree.terminals), not \(answers)")
    hold(tree.simulations == tree.children(of: .root).reduce(0) { $0 + tree[$1].visits }, "N(root)")
    // A branch that was made anew says what the hidden one says.
    let rejected = tree.nodes.indices.reduce(0) { $0 + (visible[$1] ? tree.details[$1].rejected.count : 0) }
    hold(rejected <= tree.draws, "more draws rejected than drawn")
    for request in tree.pending.values {
      hold(visible[request.node.offset], "request \(request.id) waits for a node that is gone")
      hold(request.id < tree.requestCount, "request \(request.id) was never counted")
    }
    for proposal in tree.proposals {
      hold(proposal.options.indices.contains(proposal.next), "proposal \(proposal.id) has no next draw")
      hold(tree.agenda.contains(.choose(proposal.id)), "proposal \(proposal.id) is not due")
    }
    for due in tree.agenda { hold(due.node(in: tree).exists && visible[due.node(in: tree).offset], "due: \(due)") }
    hold(Set(tree.undoable).isDisjoint(with: tree.redoable), "undoable and redoable")
    hold(tree.undoable == tree.undoable.sorted(), "undo out of order")
    for (number, record) in tree.interventions.enumerated() where record.isUndone {
      hold(!tree.undoable.contains(number), "intervention \(number) is undone and undoable")
    }
    return found
  }

  /// Descents that find nothing below a node back it up again.
  private static func repeats(_ tree: SearchTree) -> Bool {
    tree.parameters.value("search.toTerminal") == .flag(true) || !tree.interventions.isEmpty
      || tree.parameters.value("width.rule") == .word("allAtOnce")
  }

  /// W from its definition under the backup rule in force.
  private static func valueSum(of id: NodeID, own: Int, children: [NodeID], in tree: SearchTree) -> Double {
    let reward = tree[id].reward ?? 0
    let rule = BackupRule(tree.parameters)
    if rule == .max {
      let best = children.compactMap { tree[$0].meanValue }.max() ?? 0
      return Double(tree[id].visits) * max(own > 0 ? reward : 0, best)
    }
    let discount = if case .discounted(let factor) = rule { factor } else { 1.0 }
    return children.reduce(Double(own) * reward) { $0 + discount * tree[$1].valueSum }
  }

  private static func isBelow(_ request: Request, _ id: NodeID, _ tree: SearchTree) -> Bool {
    if case .rollOut = request.kind { return false }
    return tree.path(to: request.node).contains(id)
  }

  private static func allChildren(of id: NodeID, in tree: SearchTree) -> [NodeID] {
    var children: [NodeID] = []
    var at = tree.firstChild(of: id)
    while at.exists {
      children.append(at)
      at = tree.nextSibling(of: at)
    }
    return children
  }

  /// I(s) from its definition.
  private static func importance(of id: NodeID, in tree: SearchTree) -> Double {
    guard tree[id].marks.contains(.evaluated), let base = tree.value(of: id) else { return 0 }
    let gaps = allChildren(of: id, in: tree)
      .filter { tree[$0].isOpen && tree[$0].marks.contains(.evaluated) }
      .compactMap { tree.value(of: $0).map { abs($0 - base) } }
    return gaps.max() ?? 0
  }

  /// Children that the engine made stay within the allowed width, and differ, while no act, and no preset that was picked, has lowered
  /// the allowance. The root gets more, and copies, where it has spare draws.
  private static func width(of id: NodeID, children: [NodeID], in tree: SearchTree) -> [String] {
    let lowers = tree.interventions.contains {
      switch $0.intervention {
      case .expand, .insert: $0.isUndone
      default: true
      }
    }
    guard !lowers, tree.redoable.isEmpty, tree.pick == nil else { return [] }
    let own = children.filter { tree.details[$0.offset].cause == nil && !tree[$0].marks.contains(.grafted) }
    let rules = SearchRules(tree.parameters)
    if id == .root, rules.spare > 0 { return [] }
    var found: [String] = []
    if rules.traversal != .tree || rules.width.isAllAtOnce {
      if own.count > rules.children { found.append("\(id): \(own.count) children in one expansion") }
    } else if case .importance = rules.width, rules.workers == 1, !rules.runsToTerminal {
      let allowed = rules.width.allowance(WidthInput(tree[id]), under: rules.selection).children
      if own.count > allowed { found.append("\(id): \(own.count) children where \(allowed) are allowed") }
    }
    if rules.merge != .off, !rules.predicate.isOff, Set(own.map { tree.text($0) }).count < own.count {
      found.append("\(id): two children with the same text")
    }
    return found
  }
}
