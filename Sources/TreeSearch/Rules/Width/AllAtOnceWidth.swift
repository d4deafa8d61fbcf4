/// All children in one expansion, on the node's second visit; the root has them from the first (TS-LLM).
package struct AllAtOnceWidth: WidthFormula {
  package static let name = "allAtOnce"
  package var rule: WidthRule { .allAtOnce(self) }

  /// Draws of one expansion, ≥ 1 (TS-LLM's max_action).
  package let children: Int

  /// The rule that `parameters` ask for.
  package init(_ parameters: SearchParameters) { children = parameters[SearchParameters.fixedWidth] }

  package func allowance(_ node: WidthInput) -> Allowance { allowance(visits: node.visits, depth: node.depth) }

  /// None before the first backup through the node, then all.
  func allowance(visits: Int, depth: Int) -> Allowance {
    let wanted = visits > 0 || depth == 0 ? children : 0
    return Allowance(wanted: wanted, bounds: 0...children, term: "second visit")
  }

  package func words(at node: NodeID, wanted: Int, in tree: SearchTree) -> WidthWords {
    WidthWords(words: wanted == 0 ? "none before the first backup" : "all \(wanted) at once")
  }
}
