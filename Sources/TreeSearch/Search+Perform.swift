import Vocabulary

/// What is due: each item becomes events.
extension Search {
  /// Turns one due item into events; adds what it asked to `asked`.
  mutating func perform(_ due: Due, into asked: inout [Request]) {
    switch due {
    case .propose(let node, let cause, let earlier, let children):
      propose(node, cause, earlier, children, into: &asked)
    case .choose(let id): choose(id, into: &asked)
    case .insert(let cause):
      guard let (parent, option) = tree.optionToInsert(cause) else { return }
      let ending = terminal(of: option, below: parent)
      record(.inserted(node: NodeID(tree.nodes.count), cause: cause, terminal: ending.kind, answer: ending.answer))
    case .rollOut(let cause):
      guard case .rollOut(let node, let count) = tree.interventions[cause].intervention else { return }
      ask(node, .rollOut(count: count, temperature: rules.rolloutTemperature), cause: cause, into: &asked)
    case .evaluate(let node): evaluate(node, into: &asked)
    case .fixReward(let node): fixReward(of: node)
    case .backUp(let node): backUp(node)
    case .graft(let source, let rollout, let line, let at): graft(source, rollout, line, at)
    case .descend(let node):
      // Every draw was like a child that cannot be entered: nothing is to be had here.
      record(step(from: node)?.event(from: node) ?? .widthFrozen(node: node, spent: rules.children))
    }
  }

  // Each simulation comes by these two. They are functions of their own, because the compiler makes one call of all that
  // `perform` records, which looks at run time for the event's case.

  @inline(never)
  private mutating func fixReward(of node: NodeID) {
    record(.evaluated(node: node, reward: tree.reward(of: node)))
    if rules.revisions > 0 { reviseByRule(node) }
  }

  @inline(never)
  private mutating func backUp(_ node: NodeID) {
    record(.backedUp(node: node, reward: tree[node].reward ?? tree.reward(of: node)))
  }

  private mutating func ask(
    _ node: NodeID, _ kind: consuming Request.Kind, cause: Int? = nil, into asked: inout [Request]
  ) {
    let id = tree.requestCount
    let request = Request(
      id: id, node: node, kind: kind, seed: SplitMix.seed(tree.header.seed, id), cause: cause)
    record(.asked(request: request))
    asked.append(request)
  }

  private mutating func propose(
    _ node: NodeID, _ cause: Int?, _ earlier: Int, _ children: Int, into asked: inout [Request]
  ) {
    if earlier >= rules.maximumDraws { return giveUp(node, cause, earlier) }
    var kind = proposal(at: node, earlier: earlier, children: children)
    if let cause, case .revise(_, let revision) = tree.interventions[cause].intervention, revision.isWhole == true,
      case .propose(let draws, let temperature, _, let earlier) = kind
    {
      kind = .propose(draws: draws, temperature: temperature, toEnd: true, earlier: earlier)
    }
    ask(node, kind, cause: cause, into: &asked)
  }

  /// What is asked of the policy for children of `node`.
  @inline(__always)
  mutating func proposal(at node: NodeID, earlier: Int, children: Int) -> Request.Kind {
    var temperature = rules.optionTemperature
    if rules.greedyFirstChild, children == 1, earlier == 0, tree.arena.hasNoChild(node),
      !tree.pending.values.contains(where: { $0.node == node })
    {
      temperature = 0
    }
    return .propose(
      draws: children, temperature: temperature, toEnd: Int(tree.nodes[node.offset].depth) >= rules.maximumDepth - 1,
      earlier: earlier)
  }

  private mutating func choose(_ id: RequestID, into asked: inout [Request]) {
    guard let at = tree.proposals.index(id) else { return }
    let node = tree.proposals[at].node
    let rule = tree.proposals[at].cause == nil ? rules.merge : .resample  // a person asks for new children
    guard rule != .off, !rules.predicate.isOff, !tree.arena.hasNoChild(node),
      tree.proposals[at].cause != nil || !isSpare(node)
    else {
      return add(at, distance: nil)
    }
    let proposal = tree.proposals[at]
    let option = proposal.options[proposal.next]
    let siblings = Array(tree.children(of: node))
    if case .model = rules.predicate, proposal.beliefs == nil {
      return ask(node, .compare(option: option, with: siblings), into: &asked)
    }
    let texts = siblings.map { Array(tree.arena.details.bytes(at: $0.offset)) }
    guard let match = rules.predicate.match(option.bytes, among: texts, beliefs: proposal.beliefs ?? []) else {
      return add(at, distance: texts.map { EditDistance.between(option.bytes, $0) }.min())
    }
    guard rule == .merge else {
      return record(.rejected(request: id, draw: proposal.next, distance: match.distance))
    }
    record(.merged(node: siblings[match.index], request: id, draw: proposal.next, distance: match.distance))
  }

  /// The next draw of the proposal at `at` joins the tree.
  private mutating func add(_ at: Int, distance: Int?) {
    let (node, draw) = (tree.proposals[at].node, tree.proposals[at].next)
    let (end, mayState) = tree.proposals[at].nextEnding(level: rules.level, isMarked: !answerMarkers.isEmpty)
    let ending: Ending =
      mayState ? terminal(of: tree.proposals[at].options[draw], below: node) : (cut(end, below: node), nil)
    record(
      .added(
        node: NodeID(tree.nodes.count), parent: node, request: tree.proposals[at].id, draw: draw,
        spent: tree.proposals[at].earlier + 1, distance: distance, terminal: ending.kind, answer: ending.answer))
  }

  /// No draw passed: the least similar one joins, unless all were copies of a sibling.
  private mutating func giveUp(_ node: NodeID, _ cause: Int?, _ spent: Int) {
    let rejected = tree.arena.details.extras[node.index]?.rejected ?? []
    let present = tree.children(of: node).map { Array(tree.arena.details.bytes(at: $0.offset)) }
    // Measured again: another child may have joined since, even one of these very draws.
    let tried = rejected.indices.suffix(spent).map { draw in
      (draw, present.map { EditDistance.between(rejected[draw].option.bytes, $0) }.min() ?? 0)
    }
    guard let (best, distance) = tried.max(by: { $0.1 < $1.1 }), distance > 0 else {
      return record(.widthFrozen(node: node, spent: spent))
    }
    let ending = terminal(of: rejected[best].option, below: node)
    record(
      .added(
        node: NodeID(tree.nodes.count), parent: node, request: tree.requestCount - 1, draw: best - rejected.count,
        spent: spent, distance: distance, terminal: ending.kind, answer: ending.answer))
  }

  /// A line that the tree holds already is followed; any other becomes a node.
  private mutating func graft(_ source: NodeID, _ rollout: Int, _ line: Int, _ at: NodeID) {
    guard let due = tree.graft(source, rollout, line) else { return }
    let same = tree.children(of: at).first { tree.arena.details.bytes(at: $0.offset).elementsEqual(due.option.bytes) }
    if let same { return record(.followed(node: same, source: source, rollout: rollout, line: line)) }
    let ending = terminal(of: due.option, below: at)
    record(
      .grafted(
        node: NodeID(tree.nodes.count), source: source, rollout: rollout, line: line, terminal: ending.kind,
        answer: ending.answer))
  }

  private mutating func evaluate(_ node: NodeID, into asked: inout [Request]) {
    let isInner = node != .root && tree[node].terminal == nil
    if isInner, rules.rolloutsPerNode > 0, !tree[node].marks.contains(.grafted),
      !tree.arena.details[row: node.offset].isAskedForRollouts
    {
      ask(
        node,
        .rollOut(
          count: rules.rolloutsPerNode, temperature: rules.rolloutTemperature,
          lines: rules.insertsRollouts ? true : nil),
        into: &asked)
    }
    let critics = node == .root ? [CriticName.value] : isInner ? nodeCritics : allCritics
    ask(node, .score(critics: critics), into: &asked)
  }

  /// How a trajectory ends, and what it answers.
  typealias Ending = (kind: TerminalKind?, answer: String?)

  /// How the trajectory that ends with `option` ends.
  private mutating func terminal(of option: SearchOption, below parent: NodeID) -> Ending {
    if option.mayState(level: rules.level, isMarked: !answerMarkers.isEmpty) {
      let text = lastLines(option, parent, isWhole: option.termination.isWhole)
      // A step that goes on behind an answer has not ended; a whole text that does has.
      let isOver = [.endOfText, .lengthCap, .filtered].contains(option.termination)
      let answer =
        isOver
        ? AnswerFormat.answer(in: text, markers: answerMarkers) : AnswerFormat.ending(of: text, markers: answerMarkers)
      if let answer { return (.answer, answer) }
    }
    return (cut(option.termination, below: parent), nil)
  }

  /// How a trajectory ends that states no answer.
  @inline(always)
  private mutating func cut(_ end: Termination, below parent: NodeID) -> TerminalKind? {
    if end == .endOfText { return .endOfText }
    if end == .filtered { return .filtered }
    return Int(tree.nodes[parent.offset].depth) + 1 >= rules.maximumDepth ? .depthCap : nil
  }

  /// The option's text; at the token level with what the line it ends began with.
  private mutating func lastLines(_ option: SearchOption, _ parent: NodeID, isWhole: Bool) -> String {
    if isWhole, rules.level != .token { return option.text }
    var parts = [ArraySlice(option.bytes)]
    var at = parent
    while at != .root {
      let bytes = tree.arena.details.bytes(at: at.offset)
      parts.append(bytes)
      if bytes.contains(UInt8(ascii: "\n")) { break }
      at = tree[at].parent
    }
    return String(decoding: parts.reversed().joined(), as: UTF8.self)
  }
}

extension Proposal {
  /// How the next draw ends, and whether it may complete an answer: by a pointer, because the compiler counts references
  /// to the draw's lists otherwise.
  @inline(__always)
  fileprivate func nextEnding(level: OptionLevel, isMarked: Bool) -> (end: Termination, mayState: Bool) {
    precondition(options.indices.contains(next))
    return options.withUnsafeBufferPointer {
      let option = $0.baseAddress.unsafelyUnwrapped + next
      return (option.pointee.termination, option.pointee.mayState(level: level, isMarked: isMarked))
    }
  }
}

extension SearchOption {
  /// False where the option cannot be what completes an answer; `isMarked` where answers stand behind markers of their own.
  @inline(__always)
  fileprivate func mayState(level: OptionLevel, isMarked: Bool) -> Bool {
    if termination.isWhole, level != .token { return isMarked || AnswerFormat.mayStand(in: bytes) }
    return termination.isWhole || bytes.last == UInt8(ascii: "\n")
  }
}

extension Termination {
  /// False where the option may end within a line.
  fileprivate var isWhole: Bool { self != .token && self != .uncertainty && self != .cut }
}
