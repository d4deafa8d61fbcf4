import TreeInsight
import TreeSearch

/// How many nodes match a filter, counted a portion at a time in order of creation.
struct MatchCount: Sendable {
  /// Nodes that are looked at in one go: a millisecond or so, for every letter of a filter that is typed waits for it.
  static let portion = 1024

  let filter: NodeFilter
  private var looked = 0
  private var found = 0

  init(_ filter: NodeFilter) { self.filter = filter }

  /// Looks at more nodes; true when none is left. Complexity: O(portion).
  mutating func goOn(in tree: SearchTree) -> Bool {
    let end = min(tree.nodes.count, looked + Self.portion)
    while looked < end {
      let id = NodeID(looked)
      if tree[id].isShown, filter.matches(id, in: tree) { found += 1 }
      looked += 1
    }
    return looked >= tree.nodes.count
  }

  /// The count in words, as far as it has come.
  func words(in tree: SearchTree) -> String {
    let rest = looked < tree.nodes.count ? " of the first \(Number.count(looked))" : ""
    return "\(Number.things(found, "node"))\(rest) \(found == 1 && rest.isEmpty ? "matches" : "match")"
  }
}
