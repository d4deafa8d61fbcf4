import TreeInsight
import TreeSearch

/// A critic's score on its way to being overruled: which critic, and by what.
public struct OverrideForm: Hashable, Sendable {
  /// The node judged.
  let node: NodeID
  /// The critics of the run, in order.
  let critics: [String]
  /// Which of them.
  private(set) var chosen = 0
  /// The score in [0, 1]; empty gives the critic's own back.
  var field = TextField()
  /// Why the last confirmation was refused.
  var problem: String?

  init(node: NodeID, in tree: SearchTree) {
    self.node = node
    critics = tree.header.critics.map(\.name)
    suggest(from: tree)
  }

  /// The critic chosen.
  var critic: String { critics.indices.contains(chosen) ? critics[chosen] : "" }

  /// Chooses the critic `count` further, going round, and suggests its present score.
  mutating func choose(by count: Int, in tree: SearchTree) {
    guard !critics.isEmpty else { return }
    chosen = (chosen + count % critics.count + critics.count) % critics.count
    suggest(from: tree)
  }

  private mutating func suggest(from tree: SearchTree) {
    field = TextField(tree.score(critic, of: node).map { Number.score($0) } ?? "", isSuggestion: true)
    problem = nil
  }
}
