import TreeInsight
import TreeSearch

extension Comparison {
  /// Two nodes of the tree shown.
  init(_ first: NodeID, _ second: NodeID, in run: OpenRun) {
    let tree = run.tree
    let (a, b) = (NodeColumn(first, tree), NodeColumn(second, tree))
    var rows: [Row] = [.words(Self.parting(first, second, tree))]
    for (label, value) in NodeColumn.facts { rows.append(.pair(label, a: value(a), b: value(b))) }
    for critic in run.criticNames { rows.append(.pair(critic, a: a.score(critic), b: b.score(critic))) }
    self.init(title: "Compare nodes", a: "node \(first)", b: "node \(second)", rows: rows)
  }

  /// Where the paths of two nodes part.
  private static func parting(_ a: NodeID, _ b: NodeID, _ tree: SearchTree) -> String {
    let common = zip(tree.path(to: a), tree.path(to: b)).prefix { $0 == $1 }.last?.0 ?? .root
    if common == a { return "node \(a) is on the way to node \(b)" }
    if common == b { return "node \(b) is on the way to node \(a)" }
    return common == tree[a].parent && common == tree[b].parent
      ? "siblings below node \(common)" : "their paths part at node \(common)"
  }
}

/// What one node has to say of itself.
private struct NodeColumn {
  private let id: NodeID
  private let tree: SearchTree
  private let detail: NodeDetail

  init(_ id: NodeID, _ tree: SearchTree) {
    self.id = id
    self.tree = tree
    detail = tree.details[id.offset]
  }

  /// Every fact but the critics', in the order shown.
  static let facts: [(String, @Sendable (NodeColumn) -> String?)] = [
    ("option", { $0.detail.option?.text }), ("ended by", { $0.detail.option?.termination.rawValue }),
    ("answer", { $0.tree.answer(at: $0.id) }), ("visits N", { Number.count($0.node.visits) }),
    ("mean value Q", { $0.node.meanValue.map { Number.fixed($0, decimals: 3) } }),
    ("reward", { $0.node.reward.map { Number.fixed($0, decimals: 3) } }),
    ("prior weight P", { Number.fixed(Double($0.node.priorWeight), decimals: 3) }),
    ("importance I", { Number.fixed($0.node.importance, decimals: 3) }), ("depth", { "\($0.node.depth)" }),
    ("children", { Number.count($0.tree.children(of: $0.id).reduce(0) { count, _ in count + 1 }) }),
    ("draws spent", { Number.count($0.detail.draws) }),
    ("tokens", { $0.detail.option.map { Number.count($0.tokens.count) } }),
    ("rollouts' mean", { $0.tree.rolloutMean(of: $0.id).map { Number.score($0) } }),
    ("group members", { $0.detail.members.isEmpty ? nil : Number.count($0.detail.members.count) }),
  ]

  private var node: Node { tree[id] }

  func score(_ critic: String) -> String? { tree.score(critic, of: id).map { Number.score($0) } }
}
