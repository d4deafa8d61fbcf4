import TreeSearch

/// What the formula of a width rule reads at one node, and what it gives in words.
struct WidthFormula {
  var rule = ""
  var words = ""
  var importance: Double?
  var child: NodeID?
  var tolerance: Double?
  var value: Double?

  init(of id: NodeID, wanted: Int, in search: Search) {
    let node = search.tree[id]
    switch search.rules.width {
    case .importance(let rule):
      self.rule = "importance"
      importance = node.importance
      tolerance = rule.tolerance
      child = Self.farthest(from: id, in: search.tree)
      let source = child.map { "|v(\($0)) - v(\(id))|" } ?? "no child is evaluated"
      words =
        "importance \(Words.number(node.importance)) (\(source)), "
        + "floor(I / \(Words.number(rule.tolerance))) + 1 = \(wanted)"
    case .siblingMeanQ(let rule):
      self.rule = "siblingMeanQ"
      importance = node.importance
      tolerance = rule.tolerance
      child = Self.mostDeviant(below: id, in: search.tree)
      let source = child.map { "Q of node \($0) from the children's mean" } ?? "the greatest so far"
      words =
        "deviation \(Words.number(node.importance)) (\(source)), floor(I / \(Words.number(rule.tolerance))) = \(wanted)"
    case .fixed:
      rule = "fixed"
      words = "\(wanted) everywhere"
    case .allAtOnce:
      rule = "allAtOnce"
      words = wanted == 0 ? "none before the first backup" : "all \(wanted) at once"
    case .valueDepth(let rule):
      self.rule = "valueDepth"
      value = node.value
      words =
        "v = \(Words.number(node.value ?? 0)) at depth \(node.depth + 1), "
        + "ceil(ln(1 - \(Words.number(rule.confidence))) / (d ln(1 - v))) = \(wanted)"
    }
  }

  /// The oldest open child whose value makes the importance of `parent`: max |v(child) − v(s)|.
  private static func farthest(from parent: NodeID, in tree: SearchTree) -> NodeID? {
    guard let value = tree[parent].value else { return nil }
    return tree.children(of: parent).first { child in
      let node = tree[child]
      guard node.isOpen, let own = node.value else { return false }
      return abs(own - value) == tree[parent].importance
    }
  }

  /// The oldest open child whose Q deviates from the mean of the children's by the importance of `parent`.
  private static func mostDeviant(below parent: NodeID, in tree: SearchTree) -> NodeID? {
    let open = tree.children(of: parent).filter { tree[$0].isOpen && tree[$0].visits > 0 }
    let means = open.compactMap { tree[$0].meanValue }
    guard !means.isEmpty else { return nil }
    let mean = means.reduce(0, +) / Double(means.count)
    return zip(open, means).first { abs(abs($1 - mean) - tree[parent].importance) < 1e-12 }?.0
  }
}
