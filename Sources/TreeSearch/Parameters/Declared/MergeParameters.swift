extension SearchParameters {
  static let mergeParameters = [mergeRule, similarityPredicate, minimumDistance, similarityShare, maximumDraws]

  static let mergeRule = Parameter(
    id: "merge.rule", domain: .word(MergeRule.names), fallback: .word("resample"),
    help:
      "What happens to a draw that is like a sibling: drawn again, merged into the sibling's group, or added all the same.",
    citation: "AlphaLLM, section 4.3.2 (merge) and its code (resample)")
  static let similarityPredicate = Parameter(
    id: "merge.predicate", domain: .word(SimilarityPredicate.names), fallback: .word("edit"),
    help:
      "When two options are alike: edit distance, shared words, the same set of equations, or the model's own judgement.",
    citation: "AlphaLLM, section 4.3.2")
  static let minimumDistance = Parameter(
    id: "merge.distance", domain: .integer(0...1000), fallback: .integer(1),
    help:
      "Least edit distance of a new option to each sibling; 1 asks for different text, 0 switches the predicate edit off.",
    citation: "AlphaLLM, section 4.3.2; its run script uses 20 for long lines")
  static let similarityShare = Parameter(
    id: "merge.share", domain: .number(0.01...1), fallback: .number(0.9),
    help: "Share of common words (tokens) or of the model's belief (model) from which two options count as alike.",
    citation: "AlphaLLM, table 4")
  static let maximumDraws = Parameter(
    id: "merge.draws", domain: .integer(1...100), fallback: .integer(5),
    help: "Draws tried for one child before its node is widened no more.", citation: "AlphaLLM's run script")
}
