import TreeSearch

/// The best answer at or below every node: of the greatest score, the older of equals.
struct AnswersBelow {
  private let best: [Candidate?]

  /// Complexity: O(nodes + candidates).
  init(_ tree: SearchTree) {
    var best = [Candidate?](repeating: nil, count: tree.nodes.count)
    for candidate in tree.candidates() {
      let at = candidate.node.offset
      if candidate.score > best[at]?.score ?? -1 { best[at] = candidate }
    }
    // A parent's id is smaller than its children's: going down the ids, children come before their parents.
    for offset in tree.nodes.indices.reversed().dropLast() {
      guard let candidate = best[offset] else { continue }
      let parent = tree.nodes[offset].parent.offset
      guard let other = best[parent] else {
        best[parent] = candidate
        continue
      }
      if (candidate.score, other.node) > (other.score, candidate.node) { best[parent] = candidate }
    }
    self.best = best
  }

  /// The best answer at or below `id`; nil where no trajectory below states one.
  subscript(id: NodeID) -> Candidate? { best[id.offset] }
}
