/// Names of the critics that the engine treats apart.
public enum CriticName {
  /// The value critic, whose scores make a node's importance.
  public static let value = "value"
  /// The process reward model.
  public static let prm = "prm"
  /// The outcome reward model: scores finished trajectories; at an inner node, the mean over its rollouts.
  public static let orm = "orm"
}
