/// Judges states of a search: a head of a network, a tool, a person's rule.
public protocol Critic: Sendable {
  /// The name weights and events use: `value`, `prm`, `orm`, `calculator`.
  var name: String { get }
  /// Which states it judges.
  var scope: CriticScope { get }
  /// One verdict a state, in order.
  ///
  /// - Throws: what the critic's model throws; `CancellationError` when the task is cancelled.
  func score(_ states: [JudgedState]) async throws -> [Verdict]
}

/// Which states a critic judges.
public enum CriticScope: String, Sendable, Hashable, Codable, CaseIterable {
  /// Every new node.
  case everyNode
  /// Whole solutions only.
  case outcome
}
