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
      hold((children.last ?? .none) == node.lastChild, "\(id): last child")
      hold(node.terminal == nil || children.isEmpty, "\(id): a terminal has children")
      let shown = children.filter { tree[$0].isShown }
      hold(Int(node.openChildren) == shown.count { tree[$0].isOpen }, "\(id): open children")

      // N(v) = own backups + Σ N(shown children); W likewise.
      let own = node.visits - shown.reduce(0) { $0 + tree[$1].visits }
      let sum = shown.reduce(Double(own) * (detail.reward ?? 0)) { $0 + tree[$1].valueSum }
      hold(own == tree.ownBackups(of: id), "\(id): ownBackups(of:)")
      hold(abs(node.valueSum - sum) <= 1e-9 * Double(node.visits + 1), "\(id): W is \(node.valueSum), not \(sum)")
      if offset == 0 {
        hold(own == 0, "the root was backed up \(own) times by itself")
      } else if visible[offset] {
        let isDue = tree.agenda.contains(.backUp(id))
        let isFinished = node.marks.contains(.evaluated) && !isDue
        if node.terminal == nil {
          hold(own == (isFinished ? 1 : 0), "\(id): \(own) backups of its own")
        } else {
          hold(isFinished ? own >= 1 : own >= 0, "\(id): \(own) backups of a terminal")
        }
        hold(isFinished || tree.isBusy, "\(id): nothing is due and it was not backed up")
      }
      hold(detail.reward.map { 0...1 ~= $0 } ?? true, "\(id): reward outside [0, 1]")
      hold(offset == 0 || (detail.reward != nil) == node.marks.contains(.evaluated), "\(id): evaluated without reward")
      hold(node.marks.contains(.overridden) == !detail.overrides.isEmpty, "\(id): override mark")
      hold(abs(node.importance - importance(of: id, in: tree)) < 1e-12, "\(id): importance \(node.importance)")
      found += width(of: id, children: shown, in: tree)
    }
    hold(tree.hiddenNodes == visible.count { !$0 }, "hiddenNodes is \(tree.hiddenNodes)")
    let answers = tree.nodes.indices.count { visible[$0] && tree.nodes[$0].terminal == .answer }
    hold(tree.terminals == answers, "terminals is \(tree.terminals), not \(answers)")
    hold(tree.simulations == tree.children(of: .root).reduce(0) { $0 + tree[$1].visits }, "N(root)")
    hold(tree.details.reduce(0) { $0 + $1.rejected.count } <= tree.draws, "more draws rejected than drawn")
    for request in tree.pending.values {
      hold(visible[request.node.offset], "request \(request.id) waits for a node that is gone")
      hold(request.id < tree.requestCount, "request \(request.id) was never counted")
    }
    for due in tree.agenda { hold(due.node(in: tree).exists && visible[due.node(in: tree).offset], "due: \(due)") }
    hold(Set(tree.undoable).isDisjoint(with: tree.redoable), "undoable and redoable")
    hold(tree.undoable == tree.undoable.sorted(), "undo out of order")
    for (number, record) in tree.interventions.enumerated() where record.isUndone {
      hold(!tree.undoable.contains(number), "intervention \(number) is undone and undoable")
    }
    return found
  }

  private static func allChildren(of id: NodeID, in tree: SearchTree) -> [NodeID] {
    var children: [NodeID] = []
    var at = tree[id].firstChild
    while at.exists {
      children.append(at)
      at = tree[at].nextSibling
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

  /// Children that the engine made stay within the allowed width, and differ, while no act has lowered the allowance.
  private static func width(of id: NodeID, children: [NodeID], in tree: SearchTree) -> [String] {
    let lowers = tree.interventions.contains {
      switch $0.intervention {
      case .expand, .insert: $0.isUndone
      default: true
      }
    }
    guard !lowers, tree.redoable.isEmpty else { return [] }
    let own = children.filter { tree.details[$0.offset].cause == nil }
    let rule = ImportanceWidth(tree.header.parameters)
    let allowed = rule.allowance(importance: tree[id].importance, depth: Int(tree[id].depth)).children
    var found = own.count <= allowed ? [] : ["\(id): \(own.count) children where \(allowed) are allowed"]
    if Resample(tree.header.parameters).minimumDistance > 0, Set(own.map { tree.text($0) }).count < own.count {
      found.append("\(id): two children with the same text")
    }
    return found
  }
}
