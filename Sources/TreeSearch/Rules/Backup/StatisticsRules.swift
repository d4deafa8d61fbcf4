/// The rules that say what the tree's own statistics mean; a change of them recomputes the statistics.
struct StatisticsRules: Sendable, Equatable {
  let backup: BackupRule
  /// Importance is the deviation of the children's Q from its mean, not of their v from the parent's.
  let usesSiblingMean: Bool
  /// Several simulations may be under way: nodes count them.
  let isParallel: Bool

  init(_ parameters: SearchParameters) {
    backup = BackupRule(parameters)
    usesSiblingMean = parameters.word(SearchParameters.widthRule) == "siblingMeanQ"
    isParallel = parameters.integer(SearchParameters.workers) > 1
  }

  /// What a reward keeps of itself on each edge it climbs.
  @inline(__always) var discount: Double { if case .discounted(let factor) = backup { factor } else { 1 } }
}
