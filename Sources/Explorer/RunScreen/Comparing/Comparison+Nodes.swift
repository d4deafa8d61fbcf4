import TreeInsight
import TreeSearch

extension Comparison {
  /// Two nodes of the tree shown.
  init(_ first: NodeID, _ second: NodeID, in run: OpenRun) {
    let tree = run.tree
    let (a, b) = (NodeColumn(first, tree), NodeColumn(second, tree))
    var rows: [Row] = [.words(Self.parting(first, second, tree))]
    rows += NodeColumn.texts.map { .pair($0.label, a: $0.value(a), b: $0.value(b)) }
    rows.append(.answer("answer", a: a.answer, b: b.answer))
    rows += NodeColumn.numbers.map { .number($0.label, a: $0.value(a), b: $0.value(b), $0.figure) }
    for critic in run.criticNames {
      rows.append(.number(critic, a: tree.score(critic, of: first), b: tree.score(critic, of: second), .score(2)))
    }
    self.init(
      title: "Compare nodes", a: "node \(first)", b: "node \(second)", rows: rows,
      verdict: Self.verdict(a.side, b.side))
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
  /// A text of a node.
  struct Fact: Sendable {
    let label: String
    let value: @Sendable (NodeColumn) -> String?
  }

  /// A number of a node.
  struct Measure: Sendable {
    let label: String
    let figure: Comparison.Figure
    let value: @Sendable (NodeColumn) -> Double?

    init(_ label: String, _ figure: Comparison.Figure, _ value: @escaping @Sendable (NodeColumn) -> Double?) {
      (self.label, self.figure, self.value) = (label, figure, value)
    }
  }

  private let id: NodeID
  private let tree: SearchTree
  private let detail: NodeDetail

  init(_ id: NodeID, _ tree: SearchTree) {
    self.id = id
    self.tree = tree
    detail = tree.details[id.offset]
  }

  /// The texts, in the order shown.
  static let texts = [
    Fact(label: "option") { $0.detail.option?.text },
    Fact(label: "ended by") { $0.detail.option?.termination.rawValue },
  ]

  /// Every number but the critics', in the order shown.
  static let numbers = [
    Measure("visits N", .count) { Double($0.node.visits) }, Measure("mean value Q", .score(3)) { $0.node.meanValue },
    Measure("reward", .score(3)) { $0.node.reward },
    Measure("prior weight P", .measure(3)) { Double($0.node.priorWeight) },
    Measure("importance I", .measure(3)) { $0.node.importance },
    Measure("depth", .count) { Double($0.node.depth) },
    Measure("children", .count) { column in Double(column.tree.children(of: column.id).reduce(0) { n, _ in n + 1 }) },
    Measure("draws spent", .count) { Double($0.detail.draws) },
    Measure("tokens", .count) { $0.detail.option.map { Double($0.tokens.count) } },
    Measure("rollouts' mean", .score(2)) { $0.tree.rolloutMean(of: $0.id) },
    Measure("group members", .count) { $0.detail.members.isEmpty ? nil : Double($0.detail.members.count) },
  ]

  private var node: Node { tree[id] }

  /// What it answers, itself or by its best rollout.
  var answer: Comparison.StatedAnswer? { Comparison.StatedAnswer(tree.answer(at: id), in: tree) }

  /// What a verdict asks of it.
  var side: Comparison.Side {
    Comparison.Side(name: "node \(id)", answer: answer, q: node.meanValue, visits: node.visits)
  }
}
