/// The same number of children everywhere.
package struct FixedWidth: WidthFormula {
  package static let name = "fixed"
  package static let parameters = [SearchParameters.fixedWidth.parameter]
  package var rule: WidthRule { .fixed(self) }

  /// Children of every node, ≥ 1.
  package let children: Int

  /// The rule that `parameters` ask for.
  package init(_ parameters: SearchParameters) { children = parameters[SearchParameters.fixedWidth] }

  package func allowance(_ node: WidthInput) -> Allowance {
    Allowance(wanted: children, bounds: children...children, term: "fixed")
  }

  package func words(at node: NodeID, wanted: Int, in tree: SearchTree) -> WidthWords {
    WidthWords(words: "\(wanted) everywhere")
  }
}

extension SearchParameters {
  /// `width.fixed`.
  public static let fixedWidth = ParameterKey<Int>(
    "width.fixed", 1...1000, default: 6,
    help: "Children of every node under the rules fixed and allAtOnce; the most under valueDepth.",
    citation: "TS-LLM's max_action; LiteSearch uses 10")
}
