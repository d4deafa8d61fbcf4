/// What Q of a node is, of the rewards backed up through it.
public enum BackupRule: Sendable, Equatable {
  /// Their mean (AlphaLLM).
  case mean
  /// The greatest of them. W is then N times that, so that Q = W/N everywhere.
  case max
  /// The mean of rewards that lose the factor γ on every edge they climb.
  case discounted(Double)

  static let names = ["mean", "max", "discounted"]

  /// The rule that `parameters` ask for.
  public init(_ parameters: SearchParameters) {
    self =
      switch parameters.word(SearchParameters.backupRule) {
      case "max": .max
      case "discounted": .discounted(parameters.number(SearchParameters.backupDiscount))
      default: .mean
      }
  }
}
