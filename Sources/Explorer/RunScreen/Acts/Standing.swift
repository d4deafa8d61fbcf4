import TreeSearch

/// How things stand along one branch of a tree: what is chosen, and each node's rank among its siblings. Taken before a person's
/// act and after it, it says what the act changed.
struct Standing: Sendable {
  /// What the run's final selection chooses; nil while no trajectory states an answer.
  let chosen: Candidate?
  /// The order that ranks follow: the one of the rows, or mean value where rows stand as they came.
  let order: ChildOrder
  /// The nodes whose children are ranked, from the root down.
  let levels: [NodeID]
  /// Ranks from 1 among the siblings that selection may enter.
  let ranks: [NodeID: Int]
  /// The siblings ranked, level by level, in order.
  private let siblings: [[NodeID]]

  /// The standing of the children of `levels`. Complexity: O(levels × width log width), whatever the size of the tree.
  init(_ levels: [NodeID], of tree: SearchTree, by order: ChildOrder, chosen: Candidate?) {
    self.levels = levels
    let ranked = order == .creation ? .meanValue : order
    self.order = ranked
    self.chosen = chosen
    siblings = levels.filter { tree.nodes.indices.contains($0.offset) }.map { parent in
      ranked.sorted(tree.childList(of: parent).filter { tree[$0].isOpen }, in: tree)
    }
    var ranks: [NodeID: Int] = [:]
    for level in siblings { for (index, node) in level.enumerated() { ranks[node] = index + 1 } }
    self.ranks = ranks
  }

  /// Ranks that are told of one act; the rest are counted.
  private static let mostRanks = 3

  /// What differs from `before`, in words, the choice first; nothing where all is as it was.
  ///
  /// - Parameters:
  ///   - touched: the nodes acted on, whose ranks are told first; new ones are told how they rank.
  ///   - arrow: the sign between what was and what is.
  func changes(since before: Standing, touching touched: [NodeID], in tree: SearchTree, arrow: String) -> [String] {
    var words: [String] = []
    if let choice = choice(since: before, in: tree, arrow) { words.append(choice) }
    // Who only makes room for another, or takes it, is not told of, unless it leads now or led before.
    func isBystander(_ node: NodeID) -> Bool {
      before.ranks[node] != nil && ranks[node] != nil && !touched.contains(node)
    }
    let (was, now) = (before.places(where: isBystander), places(where: isBystander))
    var moved = ranks.keys.filter { node in
      guard let old = before.ranks[node], let new = ranks[node] else { return false }
      return old != new && (touched.contains(node) || new == 1 || old == 1 || was[node] != now[node])
    }
    moved.sort { a, b in
      (touched.contains(a) ? 0 : 1, ranks[a] ?? 0, a) < (touched.contains(b) ? 0 : 1, ranks[b] ?? 0, b)
    }
    var told = touched.filter { before.ranks[$0] == nil }.compactMap { node in
      ranks[node].map { rank in
        "node \(node) rank \(rank) of \(siblings.first { $0.contains(node) }?.count ?? rank)"
      }
    }
    told += moved.map { "node \($0) rank \(before.ranks[$0] ?? 0) \(arrow) \(ranks[$0] ?? 0)" }
    if !told.isEmpty {
      let left = told.count - Self.mostRanks
      words.append(
        told.prefix(Self.mostRanks).joined(separator: ", ") + (left > 0 ? " and \(left) more" : "")
          + " by \(order.word)")
    }
    return words
  }

  /// The places of some siblings among themselves.
  private func places(where counts: (NodeID) -> Bool) -> [NodeID: Int] {
    var places: [NodeID: Int] = [:]
    for level in siblings { for (index, node) in level.filter(counts).enumerated() { places[node] = index } }
    return places
  }

  /// What has become of the choice; nil where it is the same trajectory and says the same.
  private func choice(since before: Standing, in tree: SearchTree, _ arrow: String) -> String? {
    guard chosen?.node != before.chosen?.node || chosen?.answer != before.chosen?.answer else { return nil }
    if let was = before.chosen, let now = chosen, tree.header.problem.agree(was.answer, now.answer) {
      guard was.node != now.node else { return nil }
      return "choice still \(Self.short(now.answer)), node \(was.node) \(arrow) \(now.node)"
    }
    return "choice \(Self.verdict(before.chosen, in: tree)) \(arrow) \(Self.verdict(chosen, in: tree))"
  }

  /// What is chosen, and whether that is right where it is known.
  static func verdict(_ candidate: Candidate?, in tree: SearchTree) -> String {
    guard let candidate else { return "none" }
    let isRight = tree.isCorrect(candidate.answer)
    return short(candidate.answer) + (isRight.map { $0 ? " (right)" : " (wrong)" } ?? "")
  }

  /// An answer in the room that a sentence has for it: a model may state a page.
  static func short(_ answer: String) -> String {
    answer.count > 24 ? answer.prefix(21) + "..." : answer
  }
}
