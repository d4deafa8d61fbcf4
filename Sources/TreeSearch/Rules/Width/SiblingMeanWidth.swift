/// The width of AlphaLLM's code: min(⌊α·I⌋, c_max), at least c_min, where I = max over children of |Q − mean Q of the
/// children|, and a width once reached is kept.
///
/// The tree keeps the greatest I so far as the node's importance, so the width never shrinks.
package struct SiblingMeanWidth: WidthFormula {
  package static let name = "siblingMeanQ"
  package static let usesSiblingMean = true
  package var rule: WidthRule { .siblingMeanQ(self) }

  /// Branching tolerance ε = 1/α.
  package let tolerance: Double
  /// c_min and c_max by depth.
  package let bounds: DepthBounds

  /// The rule that `parameters` ask for.
  package init(_ parameters: SearchParameters) {
    tolerance = parameters[SearchParameters.importanceTolerance]
    bounds = DepthBounds(parameters)
  }

  package func allowance(_ node: WidthInput) -> Allowance { allowance(importance: node.importance, depth: node.depth) }

  func allowance(importance: Double, depth: Int) -> Allowance {
    Allowance(wanted: Int(min(importance / tolerance, 1e9)), bounds: bounds.at(depth), term: "importance")
  }

  package func words(at node: NodeID, wanted: Int, in tree: SearchTree) -> WidthWords {
    let importance = tree[node].importance
    let child = Self.mostDeviant(below: node, in: tree)
    let source = child.map { "Q of node \($0) from the children's mean" } ?? "the greatest so far"
    return WidthWords(
      words: "deviation \(WidthWords.number(importance)) (\(source)), "
        + "floor(I / \(WidthWords.number(tolerance))) = \(wanted)",
      importance: importance, child: child, tolerance: tolerance)
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
