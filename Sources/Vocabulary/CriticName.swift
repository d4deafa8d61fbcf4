/// Names of the critics that the engine treats apart: the three of AlphaLLM, which are models.
public enum CriticName {
  /// The value critic, whose scores make a node's importance.
  public static let value = "value"
  /// The process reward model.
  public static let prm = "prm"
  /// The outcome reward model: scores finished trajectories; at an inner node, the mean over its rollouts.
  public static let orm = "orm"
  /// The critics that are models; every other one is a tool, whose score is a finding.
  public static let learned = [value, prm, orm]

  /// How a note begins by which a critic says that it cannot judge a state, rather than that it has nothing to say of it.
  public static let cannotJudge = "cannot judge: "

  /// The reason where it knows nothing of what is asked about: its modesty, not its failure.
  public static let isUnfamiliar = "the question is unlike those that it learned from"

  /// How far an answer agrees with those of the run's rollouts: an opinion as well, of the policy as a crowd.
  public static let agreement = "agreement"

  /// True where `score` is a tool's objection that keeps half of its weight or more: ¼ or less, 0 where it keeps all.
  public static func isContradiction(_ score: Double?, by critic: String) -> Bool {
    score.map { $0 <= 0.25 } == true && !learned.contains(critic) && critic != agreement
  }
}
