/// Something the engine owes: made by one event, discharged by another, so that any prefix of a journal can be resumed.
enum Due: Sendable, Equatable {
  /// Draw children at a node; `earlier` draws for the same child were rejected. `children` are drawn in one request.
  case propose(NodeID, cause: Int?, earlier: Int, children: Int)
  /// Decide about the next draw of a proposal.
  case choose(RequestID)
  /// Add a person's option.
  case insert(cause: Int)
  /// Ask for rollouts that a person wants.
  case rollOut(cause: Int)
  /// Ask the critics, and for rollouts.
  case evaluate(NodeID)
  /// Fix the reward.
  case fixReward(NodeID)
  /// Back the reward up.
  case backUp(NodeID)
  /// Put a line of a rollout of `source` below the node `at`.
  case graft(source: NodeID, rollout: Int, line: Int, at: NodeID)
  /// Go on below a node whose silent children are made, once all of them are evaluated.
  case descend(NodeID)
}

extension Due {
  /// The node it is about.
  func node(in tree: SearchTree) -> NodeID {
    switch self {
    case .propose(let node, _, _, _), .evaluate(let node), .fixReward(let node), .backUp(let node), .descend(let node):
      node
    case .graft(_, _, _, let node): node
    case .choose(let id): tree.proposals[id: id]?.node ?? .none
    case .insert(let cause), .rollOut(let cause): tree.acts[cause].intervention.node
    }
  }
}

/// What the engine owes, in the order in which it will be done.
///
/// Where one simulation is under way, one thing at a time is due: the first item lies outside the list, so that a search
/// with models that answer one by one writes to no list at all.
struct Agenda: Sendable, Equatable, Sequence {
  private(set) var first: Due?
  private var others: [Due] = []

  var isEmpty: Bool { first == nil }

  @inline(__always)
  mutating func append(_ due: Due) {
    if first == nil { first = due } else { others.append(due) }
  }

  /// Owes `due` so many times.
  mutating func append(_ due: Due, count: Int) { for _ in 0..<count { append(due) } }

  /// Drops the first item that equals `due`, if there is one. Complexity: O(items).
  @inline(__always)
  mutating func discharge(_ due: Due) {
    if first == due {
      first = others.isEmpty ? nil : others.removeFirst()
    } else if !others.isEmpty, let at = others.firstIndex(of: due) {
      others.remove(at: at)
    }
  }

  /// The same without the items of which `isGone` is true.
  func without(_ isGone: (Due) -> Bool) -> Agenda {
    var kept = Agenda()
    for due in self where !isGone(due) { kept.append(due) }
    return kept
  }

  @inline(__always)
  func contains(_ due: Due) -> Bool { first == due || !others.isEmpty && others.contains(due) }

  struct Iterator: IteratorProtocol {
    fileprivate var first: Due?
    fileprivate var others: IndexingIterator<[Due]>

    mutating func next() -> Due? {
      defer { first = nil }
      return first ?? others.next()
    }
  }

  func makeIterator() -> Iterator { Iterator(first: first, others: others.makeIterator()) }
}
