import Vocabulary

/// A critic that takes part in a run, and its weight β in the reward (AlphaLLM, eq. 10).
public struct CriticWeight: Codable, Equatable, Sendable {
  /// The critic's name.
  public var name: String
  /// Its weight, ≥ 0; 0 shows its score without counting it.
  public var weight: Double
  /// When it is asked.
  public var scope: CriticScope

  /// A weight with its fields as given.
  public init(name: String, weight: Double, scope: CriticScope) {
    self.name = name
    self.weight = weight
    self.scope = scope
  }
}

/// Where a fork comes from.
public struct ForkOrigin: Codable, Equatable, Sendable {
  /// The run, by its name in the workspace.
  public var run: String
  /// How many of its events the fork's journal begins with.
  public var event: Int

  /// An origin with its fields as given.
  public init(run: String, event: Int) {
    self.run = run
    self.event = event
  }
}

/// Everything that fixes a run beside the answers it was told: written once, before the first event.
public struct RunHeader: Codable, Equatable, Sendable {
  /// The problem searched.
  public var problem: Problem
  /// Seed of every random choice.
  public var seed: UInt64
  /// Engine parameters.
  public var parameters: SearchParameters
  /// Critics in the order shown, with their weights.
  public var critics: [CriticWeight]
  /// Models by role (`policy`, `rollout`, `critic`): name and fingerprint.
  public var models: [String: String]
  /// Version of etascope that began the run.
  public var version: String
  /// Where the run was forked; nil for one that began by itself.
  public var forkedFrom: ForkOrigin?

  /// A header with its fields as given.
  public init(
    problem: Problem, seed: UInt64, parameters: SearchParameters = SearchParameters(), critics: [CriticWeight],
    models: [String: String] = [:], version: String = "0"
  ) {
    self.problem = problem
    self.seed = seed
    self.parameters = parameters
    self.critics = critics
    self.models = models
    self.version = version
  }
}
