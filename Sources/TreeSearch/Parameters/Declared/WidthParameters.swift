extension SearchParameters {
  static let widthParameters = [
    widthRule, importanceTolerance, rootMinimumWidth, rootMaximumWidth, minimumWidth, maximumWidth, fixedWidth,
    liteConfidence, maximumDepth,
  ]

  static let widthRule = Parameter(
    id: "width.rule", domain: .word(WidthRule.names), fallback: .word("importance"),
    help: "How many children a node may have.",
    citation:
      "AlphaLLM, section 4.3.2 (importance) and its code (siblingMeanQ); TS-LLM (allAtOnce); LiteSearch (valueDepth)")
  static let importanceTolerance = Parameter(
    id: "width.tolerance", domain: .number(0.001...10), fallback: .number(0.1),
    help: "Branching tolerance ε; the importance scale is α = 1/ε for scores in [0, 1].",
    citation: "AlphaLLM, section 4.3.2")
  static let rootMinimumWidth = Parameter(
    id: "width.root.minimum", domain: .integer(1...1000), fallback: .integer(10),
    help: "Least number of children of the root, c_min(0).", citation: "AlphaLLM, table 5")
  static let rootMaximumWidth = Parameter(
    id: "width.root.maximum", domain: .integer(1...1000), fallback: .integer(60),
    help: "Greatest number of children of the root, c_max(0).", citation: "AlphaLLM, table 5")
  static let minimumWidth = Parameter(
    id: "width.minimum", domain: .integer(1...1000), fallback: .integer(2),
    help: "Least number of children below the root, c_min(t).", citation: "AlphaLLM, table 5")
  static let maximumWidth = Parameter(
    id: "width.maximum", domain: .integer(1...1000), fallback: .integer(10),
    help: "Greatest number of children below the root, c_max(t).", citation: "AlphaLLM, table 5")
  static let fixedWidth = Parameter(
    id: "width.fixed", domain: .integer(1...1000), fallback: .integer(6),
    help: "Children of every node under the rules fixed and allAtOnce; the most under valueDepth.",
    citation: "TS-LLM's max_action; LiteSearch uses 10")
  static let liteConfidence = Parameter(
    id: "width.confidence", domain: .number(0.01...0.9999), fallback: .number(0.9),
    help: "Expected accuracy ε of the rule valueDepth: min(⌈ln(1−ε) / (d·ln(1−v))⌉, width.fixed).",
    citation: "LiteSearch, section 3")
  static let maximumDepth = Parameter(
    id: "depth.maximum", domain: .integer(1...30000), fallback: .integer(10),
    help: "Depth at which an option decodes straight to the end of the answer.", citation: "AlphaLLM's run script")
}
