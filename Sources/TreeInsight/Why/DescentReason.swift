import TreeSearch

/// Why a simulation acts where it does: every choice on the way down and what ended it (AlphaLLM, section 4.3).
public struct DescentReason: Codable, Hashable, Sendable {
  /// The number of the `selected` event that it explains, which is the moment right after it; nil for what would be selected
  /// next.
  public let event: Int?
  /// The node where the descent begins: the root, or where a simulation goes on below children it has made.
  public let start: NodeID
  /// The choices below ``start``, one a level; none for the traversals `beam` and `depthFirst`, which do not descend.
  public let levels: [SelectionReason]
  /// The node where the simulation acts; ``start`` where it cannot.
  public let node: NodeID
  /// Why there.
  public let end: DescentEnd
  /// Children to be drawn there at once; 0 where a reward is backed up.
  public let children: Int
  /// The width at ``node``; nil for a terminal.
  public let width: WidthReason?
  /// False where the rules of this program would choose otherwise than the journal says: it comes from another version.
  public let agrees: Bool

  /// What `search` would select next. Complexity: O(depth × width log width).
  init(next search: Search) {
    var search = search
    let (step, origin) = search.nextStep()
    self.init(step, from: origin, in: search, explaining: nil)
  }

  /// Why `selected`, event number `number`, came of the tree right before it; nil for other events.
  init?(_ selected: SearchEvent, number: Int, before tree: SearchTree) {
    guard case .selected(let node, _, _, _, let origin) = selected else { return nil }
    var search = Search(tree: tree)
    let step = if let origin { search.step(from: origin) } else { search.select() }
    self.init(step, from: origin, in: search, explaining: (selected, node, number))
  }

  private init(
    _ step: Search.Step?, from origin: NodeID?, in search: Search,
    explaining fact: (event: SearchEvent, node: NodeID, number: Int)?
  ) {
    let tree = search.tree
    let start = origin ?? .root
    let node = fact?.node ?? step?.node ?? start
    let isDescent = search.rules.traversal == .tree || origin != nil
    let steps = isDescent ? tree.path(to: node).dropLast().drop { $0 != start } : []
    levels = steps.map { SelectionReason(below: $0, in: search, passesOverDeadEnds: $0 != origin) }
    self.start = start
    self.node = node
    event = fact?.number
    end = DescentEnd(step, from: origin, in: search)
    children = if case .widen(_, let count, _)? = step { count } else { 0 }
    width = tree[node].terminal == nil ? WidthReason(of: node, in: search) : nil
    agrees = fact.map { $0.event == step?.event(from: origin) } ?? true
  }

  /// The choice among the children of `parent` on the way; nil where the descent did not pass it.
  public func choice(below parent: NodeID) -> SelectionReason? { levels.first { $0.parent == parent } }

  /// The descent in words, a line a level.
  public var sentences: [String] { levels.map { "At node \($0.parent): \($0.sentences[0])" } + endSentences }

  /// Why it ended where it did, in words.
  public var endSentences: [String] {
    ["Node \(node) \(end.words)."]
      + (agrees ? [] : ["These rules would choose otherwise: the journal comes from another version."])
  }
}

extension Search.Step {
  /// The node it is about.
  var node: NodeID {
    switch self {
    case .widen(let node, _, _), .revisit(let node), .freeze(let node, _): node
    }
  }
}

extension Search {
  /// What would be selected next, and why. Complexity: O(depth × width log width).
  public func descentReason() -> DescentReason { DescentReason(next: self) }
}

extension Timeline {
  /// Why event number `number` selected the node it did; nil where that event is no selection or is not known.
  ///
  /// Complexity: that of ``tree(at:)`` and O(depth × width log width).
  public func descentReason(of number: Int) -> DescentReason? {
    guard let event = event(before: number), case .selected = event else { return nil }
    return DescentReason(event, number: number, before: tree(at: number - 1))
  }

  /// The number of the last selection up to `moment` whose descent passed through or ended at `node`; nil where none has.
  ///
  /// Complexity: O(events × depth).
  public func lastSelection(through node: NodeID, upTo moment: Int) -> Int? {
    for number in stride(from: min(moment, count), to: start, by: -1) {
      guard case .selected(let end, _, _, _, let origin)? = event(before: number) else { continue }
      if latest.path(to: end).drop(while: { $0 != origin ?? .root }).contains(node) { return number }
    }
    return nil
  }
}
