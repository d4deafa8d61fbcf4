import TreeSearch
import Vocabulary

/// Follows which finished trajectory is the best: the answer of greatest mean value, the ORM's score among equals, then
/// the older one.
struct BestAnswer: Sendable {
  /// The best answer's node; nil while there is none.
  private(set) var node: NodeID?
  /// Nodes that state an answer.
  private var answered: Set<NodeID> = []

  /// The best of `tree`. Complexity: O(nodes), once.
  init(tree: SearchTree) {
    answered = Set(tree.nodes.indices.lazy.map { NodeID($0) }.filter { tree[$0].terminal == .answer })
    node = best(in: tree)
  }

  /// True where an event made another answer the best.
  ///
  /// Complexity: O(1); O(answers × depth) after a person's act, which may take the best one away.
  mutating func changes(after seen: Observation, in tree: SearchTree) -> Bool {
    let before = node
    switch seen.event {
    case .intervened, .undone, .redone: node = best(in: tree)
    case .backedUp(let id, _): consider(id, in: tree)
    // A rollout that a person asked for, or a score that fails, may lower or hide the best.
    case .answered, .failed: if seen.node == node { node = best(in: tree) }
    default: if let id = seen.node, tree[id].terminal == .answer { answered.insert(id) }
    }
    return node != nil && node != before
  }

  private mutating func consider(_ id: NodeID, in tree: SearchTree) {
    guard id != node, let rank = rank(id, tree), tree.isReachable(id) else { return }
    if let best = node, let most = self.rank(best, tree), rank <= most { return }
    node = id
  }

  private func best(in tree: SearchTree) -> NodeID? {
    let ranked = answered.compactMap { id in rank(id, tree).map { (id: id, rank: $0) } }
    return ranked.filter { tree.isReachable($0.id) }.max { $0.rank < $1.rank }?.id
  }

  /// What is compared; nil where the node is no answer or has no visit.
  private func rank(_ id: NodeID, _ tree: SearchTree) -> (q: Double, orm: Double, age: Int)? {
    guard tree[id].terminal == .answer, let q = tree[id].meanValue else { return nil }
    return (q, tree.score(CriticName.orm, of: id) ?? 0, -id.offset)
  }
}
