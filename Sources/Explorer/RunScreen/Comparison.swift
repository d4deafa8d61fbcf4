import TreeInsight
import TreeSearch

/// Two nodes or two runs side by side.
public struct Comparison: Hashable, Sendable {
  /// A row.
  enum Row: Hashable, Sendable {
    /// A line across both columns.
    case words(String)
    /// What each has of something; nil where it has nothing.
    case pair(String, a: String?, b: String?)
  }

  /// What is compared.
  let title: String
  /// What stands above each column.
  let a, b: String
  /// The rows, sanitised when they are drawn.
  let rows: [Row]

  init(title: String, a: String, b: String, rows: [Row]) {
    self.title = title
    self.a = a
    self.b = b
    self.rows = rows
  }

  /// The rows in words, for the line mode.
  var sentences: [String] {
    ["\(title): \(a), \(b)."]
      + rows.map { row in
        switch row {
        case .words(let words): "\(words)."
        case .pair(let label, let a, let b):
          a == b ? "\(label): \(a ?? "none")." : "\(label): \(a ?? "none"), and \(b ?? "none")."
        }
      }
  }
}

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

extension Comparison {
  /// The best trajectory and the one through the selected node, step by step; nil where they are the same.
  init?(pathsOf run: OpenRun) {
    let tree = run.tree
    let (best, selected) = (run.bestPath, tree.trajectory(through: run.pathNode))
    guard best != selected else { return nil }
    let common = zip(best, selected).prefix { $0 == $1 }.count
    func step(_ path: [NodeID], _ at: Int) -> String? {
      guard path.indices.contains(at) else { return nil }
      return tree.details[path[at].offset].option?.text.trimmingLineEnd
    }
    var rows: [Row] = [
      .words(common > 1 ? "\(Number.things(common - 1, "first step")) in common" : "no step in common")
    ]
    for at in 1..<max(best.count, selected.count) {
      if at == common, common > 1 { rows.append(.words("here they part")) }
      rows.append(.pair("step \(at)", a: step(best, at), b: step(selected, at)))
      guard at >= common else { continue }
      func numbers(_ path: [NodeID]) -> String? {
        guard path.indices.contains(at) else { return nil }
        let node = tree[path[at]]
        return "N \(Number.count(node.visits))  Q \(Number.score(node.meanValue, none: "none"))"
      }
      rows.append(.pair("", a: numbers(best), b: numbers(selected)))
    }
    func answer(_ path: [NodeID]) -> String? {
      path.last.flatMap { run.answer(at: $0) }.map { answer in
        answer + (tree.isCorrect(answer).map { $0 ? ", correct" : ", wrong" } ?? "")
      }
    }
    rows.append(.pair("answer", a: answer(best), b: answer(selected)))
    for critic in run.criticNames {
      func score(_ path: [NodeID]) -> String? {
        path.last.flatMap { tree.score(critic, of: $0) }.map { Number.score($0) }
      }
      if score(best) != nil || score(selected) != nil {
        rows.append(.pair(critic, a: score(best), b: score(selected)))
      }
    }
    self.init(title: "Two trajectories", a: "the best path", b: "through node \(run.pathNode)", rows: rows)
  }
}

extension String {
  /// Without the line end that ends it.
  fileprivate var trimmingLineEnd: String { last?.isNewline == true ? String(dropLast()) : self }
}

/// A run that another can be compared with.
public struct RunChoice: Hashable, Sendable, Identifiable {
  /// Its name in the workspace.
  public let id: String
  /// How far it is, in words.
  public let words: String

  /// The run called `id`, described by `words`.
  public init(id: String, words: String) {
    self.id = id
    self.words = words
  }
}

extension Comparison {
  /// Nodes listed; the command line lists all.
  private static let mostNodes = 200

  /// Where two runs part, and what became of it.
  init(_ difference: RunDifference, a: String, b: String) {
    var rows: [Row] = []
    if difference.isEmpty { rows.append(.words("the runs are the same, event by event")) }
    if !difference.settings.isEmpty { rows.append(.words("settings that differ")) }
    rows += difference.settings.map { .pair($0.at, a: $0.a, b: $0.b) }
    if let parting = difference.parting {
      let same =
        parting.at == 0 ? "the first event differs" : "the first \(Number.things(parting.at, "event")) are the same"
      rows.append(.words(same))
      let ends = "the journal ends"
      rows.append(.pair("event \(parting.at + 1)", a: parting.a ?? ends, b: parting.b ?? ends))
    }
    if !difference.finals.isEmpty { rows.append(.words("final answers that differ")) }
    rows += difference.finals.map { .pair($0.at, a: $0.a, b: $0.b) }
    if !difference.nodes.isEmpty {
      rows.append(.words("\(Number.things(difference.nodes.count, "node")) differ, parents before children"))
    }
    for node in difference.nodes.prefix(Self.mostNodes) {
      if let option = node.at.last {
        rows.append(.words(String(repeating: "  ", count: min(node.at.count - 1, 10)) + option))
      }
      rows.append(
        .pair(node.at.isEmpty ? "whole tree" : "depth \(node.at.count)", a: node.a?.words, b: node.b?.words))
    }
    let left = difference.nodes.count - Self.mostNodes
    if left > 0 { rows.append(.words("and \(Number.count(left)) more: etascope run diff \(a) \(b) --json")) }
    self.init(title: "Compare runs", a: a, b: b, rows: rows)
  }
}

extension NodeTotals {
  fileprivate var words: String {
    "node \(id)  N \(Number.count(visits))  Q \(q.map { Number.fixed($0, decimals: 3) } ?? "none")  "
      + Number.things(nodes, "node")
  }
}
