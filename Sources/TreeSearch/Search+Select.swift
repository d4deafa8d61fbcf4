import Vocabulary

/// Where the next simulation acts.
extension Search {
  /// One step of a simulation: widen a node, or back up the reward that stands there.
  package enum Step {
    /// Draw `children` at the node; silent ones are not backed up by themselves.
    case widen(NodeID, children: Int, silent: Bool)
    /// Back up the node's own reward: a terminal reached again, or a node whose first visit this is.
    case revisit(NodeID)
    /// So many draws in a row joined groups below the node that it is widened no more.
    case freeze(NodeID, spent: Int)

    /// The event that says so; `origin` is the node from which a simulation goes on.
    package func event(from origin: NodeID? = nil) -> SearchEvent {
      switch self {
      case .widen(let node, let children, let silent):
        .selected(
          node: node, widen: true, children: children == 1 ? nil : children, silent: silent ? true : nil, from: origin)
      case .revisit(let node): .selected(node: node, widen: false, from: origin)
      case .freeze(let node, let spent): .widthFrozen(node: node, spent: spent)
      }
    }
  }

  /// The next step: where a descent waits to go on, from `origin`; else that of a new simulation.
  package mutating func nextStep() -> (step: Step?, origin: NodeID?) {
    for case .descend(let origin) in tree.agenda where !tree.isExpanding(origin) { return (step(from: origin), origin) }
    return (select(), nil)
  }

  /// The step that begins the next simulation; nil where no branch can take another. Complexity: O(depth × width).
  package mutating func select() -> Step? {
    switch rules.traversal {
    case .tree: plainStep() ?? descend()
    case .beam: BeamTraversal(rules).next(tree)
    case .depthFirst: DepthFirstTraversal(rules).next(tree)
    }
  }

  /// Descends from `start` to the node where the next simulation acts: AlphaLLM's descent. Nil where nothing below
  /// `start` can take a simulation.
  mutating func descend(from start: NodeID = .root) -> Step? {
    var closed: Set<NodeID> = []
    while true {
      var at = start
      while true {
        let node = tree.nodes[at.offset]
        if node.terminal != nil { return (start == .root ? spare() : nil) ?? .revisit(at) }
        let mayWiden = !node.marks.contains(.widthFrozen)
        let contest = rules.hasContest ? contest(at: at) : nil
        if let contest, !rules.width.isAllAtOnce {
          if mayWiden, contest.newChild?.wins == true { return addition(at) }
        } else if mayWiden, let step = widening(at, node) {
          return step
        }
        if let next = contest.map({ $0.best(besides: closed) }) ?? argmax(below: at, node, closed: closed) {
          at = next
        } else if mayWiden, !rules.width.isAllAtOnce {
          if rules.workers > 1, tree.isExpanding(at) { return nil }  // its children are on their way
          return .widen(at, children: 1, silent: rules.runsToTerminal)
        } else {
          break
        }
      }
      // Everything below `at` is pruned and nothing new was found there: look elsewhere.
      if at == start { return nil }
      closed.insert(at)
    }
  }

  /// Goes on from a node whose silent children are all evaluated; nil where none of them can be entered.
  package mutating func step(from node: NodeID) -> Step? {
    let contest = rules.hasContest ? contest(at: node) : nil
    let best =
      contest.map { $0.best(besides: []) } ?? argmax(below: node, tree.nodes[node.offset], closed: [])
    guard let child = best else { return nil }
    let next = tree.nodes[child.offset]
    if next.visitCount > 0 { return descend(from: child) ?? .revisit(child) }
    guard rules.runsToTerminal, next.terminal == nil, !next.marks.contains(.widthFrozen) else { return .revisit(child) }
    return .widen(child, children: rules.width.isAllAtOnce ? rules.children : 1, silent: true)
  }

  /// The widening that the width rule asks for at `at`; nil where it asks for none.
  @inline(__always)
  package mutating func widening(_ at: NodeID, _ node: Node) -> Step? {
    let allowed = rules.width.allowance(WidthInput(node)).children
    var present = Int(node.openChildren)
    if rules.workers > 1, node.underWay > 0 { present += tree.childrenUnderWay(at: at) }
    if rules.width.isAllAtOnce {
      if node.visitCount == 0, at != .root { return .revisit(at) }
      return present == 0 ? .widen(at, children: allowed, silent: true) : nil
    }
    return present < allowed ? addition(at) : nil
  }

  /// One more child at `at`; where draws only join groups, no more of them.
  @inline(__always)
  private mutating func addition(_ at: NodeID) -> Step {
    if rules.merge == .merge {
      let dry = tree.dryDraws(at: at)
      if dry >= rules.maximumDraws { return .freeze(at, spent: dry) }
    }
    return .widen(at, children: 1, silent: rules.runsToTerminal)
  }

  /// One more child of the root, whatever its width, after `width.spare` simulations in a row that drew nothing; nil before.
  private func spare() -> Step? {
    guard rules.spare > 0, tree.revisits >= rules.spare, !rules.width.isAllAtOnce, tree.lastFailure == nil else {
      return nil
    }
    return .widen(.root, children: 1, silent: rules.runsToTerminal)
  }

  /// True where a draw at `node` is one beyond its width: it joins though it be a copy, as in sampling without a tree.
  package func isSpare(_ node: NodeID) -> Bool {
    guard rules.spare > 0, node == .root else { return false }
    return tree[node].marks.contains(.widthFrozen) || Int(tree[node].openChildren) >= allowance(at: node).children
  }

  // MARK: - Comparing children

  /// The open child with the greatest selection score, the first of equals.
  @inline(__always)
  private mutating func argmax(below parent: NodeID, _ node: Node, closed: Set<NodeID>) -> NodeID? {
    switch rules.selection {
    case .uct(let rule), .contest(_, let rule):
      let logarithm = rule.scaledLogarithm(parentVisits: node.visits + virtualVisits(node))
      return best(below: parent, node, closed: closed) { rule.terms($0, scaledLogarithm: logarithm).total }
    case .puct(let rule):
      let scale = rule.scale(parentVisits: node.visits + virtualVisits(node))
      return best(below: parent, node, closed: closed) { rule.terms($0, scale: scale).total }
    }
  }

  private mutating func best(
    below parent: NodeID, _ node: Node, closed: Set<NodeID>, score: (SelectionInput) -> Double
  ) -> NodeID? {
    var best = -Double.infinity
    var pick: NodeID?
    let total = usesPrior ? priorTotal(below: parent) : 1
    for at in tree.arena.allChildren(of: parent) {
      let child = tree.nodes[at.offset]
      guard isSelectable(child), closed.isEmpty || !closed.contains(at) else { continue }
      let own = score(input(at, child, parent: node, priorTotal: total))
      if own > best {
        best = own
        pick = at
      }
    }
    return pick
  }

  /// True for an open child that has been backed up, or evaluated without that.
  @inline(__always)
  package func isSelectable(_ child: Node) -> Bool {
    child.isOpen && (child.visitCount > 0 || child.marks.contains(.evaluated))
  }

  /// Visits that simulations under way through `node` count as.
  @inline(__always)
  package func virtualVisits(_ node: Node) -> Int { rules.virtualLoss * Int(node.underWay) }

  package var usesPrior: Bool { if case .puct = rules.selection { true } else { false } }

  package func priorTotal(below node: NodeID) -> Double {
    tree.arena.allChildren(of: node).reduce(0) { total, child in
      tree.nodes[child.offset].isOpen ? total + Double(tree.nodes[child.offset].priorWeight) : total
    }
  }

  /// What the selection rule reads of `child`.
  package func input(_ id: NodeID, _ child: Node, parent: Node, priorTotal: Double) -> SelectionInput {
    var input = SelectionInput(
      valueSum: child.valueSum, visits: child.visits + virtualVisits(child),
      prior: priorTotal > 0 ? Double(child.priorWeight) / priorTotal : 0)
    if child.visitCount == 0 { input.firstPlay = firstPlay(child, parent: parent) }
    if case .puct(let rule) = rules.selection, rule.processWeight > 0 {
      input.process = tree.countedScore(CriticName.prm, of: id)
    }
    return input
  }

  func firstPlay(_ child: Node, parent: Node) -> Double {
    switch rules.firstPlay {
    case .value: child.reward ?? 0
    case .parent: max(0, (parent.meanValue ?? parent.value ?? 0) - rules.firstPlayReduction)
    }
  }

  // MARK: - For people

  /// The terms of `child`'s selection score as of now; nil where selection would not look at it, and for the root.
  public func terms(of child: NodeID) -> SelectionTerms? {
    let node = tree[child]
    guard node.parent.exists, isSelectable(node) else { return nil }
    return contest(at: node.parent)?.entries.first { $0.node == child }?.terms
      ?? ownTerms(child, priorTotal: usesPrior ? priorTotal(below: node.parent) : 1)
  }

  /// The same where every child is scored by itself.
  package func ownTerms(_ child: NodeID, priorTotal: Double) -> SelectionTerms {
    let node = tree[child]
    let parent = tree[node.parent]
    let own = input(child, node, parent: parent, priorTotal: priorTotal)
    return rules.selection.terms(own, parentVisits: parent.visits + virtualVisits(parent))
  }

  /// Children that the width rule allows at `node`, and why. Complexity: O(1).
  public func allowance(at node: NodeID) -> Allowance {
    rules.width.allowance(WidthInput(tree[node]), under: rules.selection)
  }
}

extension SearchTree {
  /// Simulations begun and not yet backed up: proposals, nodes that are being evaluated for one, and further backups that
  /// wait for such an evaluation.
  var simulationsUnderWay: Int {
    var evaluated: Set<NodeID> = []
    var count = agenda.count { due in
      switch due {
      case .descend, .backUp: true
      default: false
      }
    }
    for request in pending.values {
      switch request.kind {
      case .propose, .compare: count += agenda.contains(.descend(request.node)) ? 0 : 1
      case .score: if !nodes[request.node.offset].marks.contains(.silent) { evaluated.insert(request.node) }
      case .rollOut: if request.cause == nil { evaluated.insert(request.node) }
      }
    }
    return count + evaluated.count
  }

  /// Children of `node` that are being drawn.
  package func childrenUnderWay(at node: NodeID) -> Int {
    pending.values.reduce(0) { sum, request in
      if request.node == node, case .propose(let draws, _, _, _) = request.kind { sum + draws } else { sum }
    }
  }
}
