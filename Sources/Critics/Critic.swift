import Vocabulary

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
