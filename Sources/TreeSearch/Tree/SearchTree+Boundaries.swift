/// Where one option ends and the next begins, moved by a person.
///
/// A node's id is greater than its parent's, so the branch is made anew, and the old one is hidden: the act is taken back by
/// showing the one again and hiding the other. What follows keeps its statistics, scores and rollouts, for it follows the
/// same text; only the nodes whose own option is another one are judged again.
extension SearchTree {
  /// Cuts the option of `node` in two. Complexity: O(subtree + depth).
  mutating func split(_ node: NodeID, _ first: SearchOption, _ second: SearchOption, cause: Int) -> Remade {
    let (subtree, old) = (arena.shownSubtree(of: node), arena[node])
    withdraw(node)
    // Nothing is backed up from the cut itself: its statistics are those of what follows.
    let head = arena.nextID
    let marks = old.marks.intersection(.grafted).union([.silent, .remade])
    arena.append([first], 0, below: old.parent, terminal: nil, marks: marks)
    arena.details[row: head.offset].isAskedForRollouts = true
    arena.details.extras[head.index, default: .init()].cause = cause
    let copies = copy(subtree, below: head, as: second, cause: cause)
    statistics.gather(at: head, visits: old.visitCount, in: &arena)
    return planted(Remade(top: head, copies: copies, hidden: [node]))
  }

  /// Joins `node` with the step before it, which stays where other steps follow it. Complexity: O(subtree + depth).
  mutating func join(_ node: NodeID, cause: Int) -> Remade {
    let (subtree, before, option) = (arena.shownSubtree(of: node), arena[node].parent, joined(node))
    var hidden = [node]
    withdraw(node)
    if arena.hasNoChild(before) {
      hidden.append(before)
      withdraw(before)
    }
    let top = arena.nextID
    let copies = copy(subtree, below: arena[before].parent, as: option, cause: cause)
    return planted(Remade(top: top, copies: copies, hidden: hidden))
  }

  /// Shows what `remade` hid, and hides what it made; or, where it is done again, the other way round.
  mutating func exchange(_ remade: Remade, isUndone: Bool) {
    if isUndone {
      withdraw(remade.top)
      // In the order in which they went: what lies below a hidden node counts in that one before it counts above.
      for node in remade.hidden { bringBack(node) }
    } else {
      // The step before may have got other children meanwhile.
      for node in remade.hidden where node == remade.hidden.first || arena.hasNoChild(node) { withdraw(node) }
      bringBack(remade.top)
    }
  }

  /// The new branch counts in what is above it, and owes what the old one owed.
  private mutating func planted(_ remade: Remade) -> Remade {
    statistics.shiftParent(of: remade.top, 1, in: &arena)
    let subtree = arena.shownSubtree(of: remade.top)
    for node in subtree { statistics.recomputeImportance(of: node, in: &arena) }
    oweAgain(subtree)
    return remade
  }

  /// Adds a copy of every node of `subtree`, parents before children; the first goes below `parent`, with another option.
  private mutating func copy(
    _ subtree: [NodeID], below parent: NodeID, as option: SearchOption, cause: Int
  ) -> [NodeID: NodeID] {
    var copies: [NodeID: NodeID] = [:]
    for source in subtree {
      let copy = arena.nextID
      if let place = copies[arena[source].parent], let own = arena.details.option(at: source.offset) {
        arena.append(copyOf: source, as: own, below: place)
      } else {
        arena.append(copyOf: source, as: option, below: parent)
        arena.details.extras[copy.index, default: .init()].remake(cause: cause)
        arena.mark(copy, .group, false)
        if arena[copy].marks.contains(.evaluated) { arena.mark(copy, .remade) }
      }
      copies[source] = copy
    }
    return copies
  }

  /// The texts of `node` and of the step before it as one option; tokens are kept where both have theirs.
  private func joined(_ node: NodeID) -> SearchOption {
    guard let second = arena.details.option(at: node.offset),
      let first = arena.details.option(at: arena[node].parent.offset)
    else { return SearchOption(bytes: [], termination: .person) }
    let haveTokens = !first.tokens.isEmpty && !second.tokens.isEmpty
    let areWeighed = haveTokens && !first.logProbabilities.isEmpty && !second.logProbabilities.isEmpty
    let thoughts = [first.thinking, second.thinking].compactMap { $0 }
    return SearchOption(
      tokens: haveTokens ? first.tokens + second.tokens : [], bytes: first.bytes + second.bytes,
      logProbabilities: areWeighed ? first.logProbabilities + second.logProbabilities : [],
      termination: second.termination, thinking: thoughts.isEmpty ? nil : thoughts.joined(separator: "\n"))
  }
}

/// A branch that was made anew because a person moved the end of an option.
struct Remade: Sendable, Equatable {
  /// The first node of the new branch.
  let top: NodeID
  /// From each node of the old branch to the one that has its text now.
  let copies: [NodeID: NodeID]
  /// Nodes in whose place the new branch stands, in the order in which they were hidden.
  let hidden: [NodeID]
}
