/// Which states a critic judges.
public enum CriticScope: String, Codable, Sendable, CaseIterable {
  /// Every new node.
  case everyNode
  /// Finished trajectories only: terminals, and the ends of fast rollouts.
  case outcome
}
