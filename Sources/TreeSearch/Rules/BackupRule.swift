/// What Q of a node is, of the rewards backed up through it.
package enum BackupRule: Sendable, Equatable {
  /// Their mean (AlphaLLM).
  case mean
  /// The greatest of them. W is then N times that, so that Q = W/N everywhere.
  case max
  /// The mean of rewards that lose the factor γ on every edge they climb.
  case discounted(Double)

  static let names = ["mean", "max", "discounted"]

  /// The rule that `parameters` ask for.
  package init(_ parameters: SearchParameters) {
    self =
      switch parameters[SearchParameters.backupRule] {
      case "max": .max
      case "discounted": .discounted(parameters[SearchParameters.backupDiscount])
      default: .mean
      }
  }
}

extension SearchParameters {
  /// `backup.rule`.
  public static let backupRule = ParameterKey<String>(
    "backup.rule", words: BackupRule.names, default: "mean",
    help: "Q of a node: the mean or the greatest of the rewards backed up through it, or a discounted mean.",
    citation: "AlphaLLM (mean)")
  /// `backup.discount`.
  public static let backupDiscount = ParameterKey<Double>(
    "backup.discount", 0...1, default: 0.95,
    help: "Factor on a reward for each edge it is backed up, under the rule discounted.",
    citation: "AlphaLLM, section 3, γ; its authors use 1")
}
