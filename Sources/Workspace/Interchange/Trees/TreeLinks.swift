import TreeSearch

/// Which node of a ``TreeDraft`` hangs where: names are looked up, and what hangs nowhere is left out.
struct TreeLinks {
  /// Places of nodes in the order in which they join the tree, each behind its parent.
  private(set) var order: [Int] = []
  /// By place, that of the parent; −1 below the question. Those that are left out have none.
  private(set) var parents: [Int]
  /// By place, places of the children, oldest first.
  private(set) var children: [[Int]]
  /// Places of the question's own children.
  private(set) var top: [Int] = []
  /// True where the file says in which order nodes were made.
  private(set) var isOrdered = false
  private(set) var orphans = 0
  private(set) var findings = ImportFindings()

  private static let (unknown, absent) = (-2, -3)

  /// Links the nodes of `draft`; `place` says where one stands, for the report. Complexity: O(nodes log nodes).
  init(_ draft: TreeDraft, place: (Int) -> String) {
    parents = Array(repeating: Self.unknown, count: draft.nodes.count)
    children = Array(repeating: [], count: draft.nodes.count)
    let names = resolveNames(draft, place)
    for (at, node) in draft.nodes.enumerated() where parents[at] == Self.unknown {
      switch node.parent {
      case .root: parents[at] = -1
      case .place(let parent): parents[at] = parent
      case .named(let name):
        if let parent = names[name] {
          parents[at] = parent
        } else if draft.root.name == name {
          parents[at] = -1
        } else {
          parents[at] = draft.keepsOrphans ? -1 : Self.absent
          orphans += 1
          findings.add(
            .orphan, draft.keepsOrphans ? .repaired : .dropped, at: place(at),
            "its parent '\(name.printable)' is not in the file: "
              + (draft.keepsOrphans ? "it hangs below the question" : "left out with what follows it"))
        }
      }
    }
    isOrdered = !draft.nodes.isEmpty && draft.nodes.allSatisfy { $0.order?.isFinite == true }
    let sequence =
      isOrdered
      ? draft.nodes.indices.sorted {
        (draft.nodes[$0].order ?? 0, $0) < (draft.nodes[$1].order ?? 0, $1)
      } : Array(draft.nodes.indices)
    for at in sequence {
      switch parents[at] {
      case -1: top.append(at)
      case 0...: children[parents[at]].append(at)
      default: break
      }
    }
    putInOrder(sequence, place)
  }

  /// Names by place; of a name that is given twice the first counts.
  private mutating func resolveNames(_ draft: TreeDraft, _ place: (Int) -> String) -> [String: Int] {
    var names: [String: Int] = [:]
    for (at, node) in draft.nodes.enumerated() {
      guard let name = node.name else { continue }
      if names[name] == nil, name != draft.root.name || draft.root.name == nil {
        names[name] = at
      } else {
        parents[at] = Self.absent
        findings.add(.name, .dropped, at: place(at), "another node is called '\(name.printable)' already")
      }
    }
    return names
  }

  /// Nodes in the order of `sequence`, but none before its parent; what cannot be reached from the question goes in circles, or hangs
  /// below what was left out.
  private mutating func putInOrder(_ sequence: [Int], _ place: (Int) -> String) {
    var isReached = Array(repeating: false, count: parents.count)
    var waiting = top
    while let at = waiting.popLast() {
      isReached[at] = true
      waiting += children[at]
    }
    // A parent that was made later than its child joins right before it.
    var hasJoined = Array(repeating: false, count: parents.count)
    order.reserveCapacity(parents.count)
    for at in sequence where isReached[at] && !hasJoined[at] {
      var chain = [at]
      while let last = chain.last, parents[last] >= 0, !hasJoined[parents[last]] { chain.append(parents[last]) }
      for node in chain.reversed() {
        hasJoined[node] = true
        order.append(node)
      }
    }
    // What hangs below what was left out is lost with it; what else was not reached goes in circles.
    var isLost = parents.map { $0 == Self.absent }
    var lost = parents.indices.filter { isLost[$0] }
    while let at = lost.popLast() {
      for child in children[at] where !isLost[child] {
        isLost[child] = true
        lost.append(child)
      }
    }
    for at in parents.indices where !isReached[at] && parents[at] != Self.absent {
      if isLost[at] {
        findings.add(.orphan, .dropped, at: place(at), "it hangs below a node that was left out")
      } else {
        findings.add(.cycle, .dropped, at: place(at), "it is its own ancestor, or hangs below a node that is")
      }
    }
  }
}
