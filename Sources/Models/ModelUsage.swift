/// Tokens a model's answer cost.
public struct ModelUsage: Sendable, Hashable, Codable {
  /// Prefix tokens that were computed.
  public var prompted: Int
  /// Prefix tokens whose keys and values were found in the cache.
  public var reused: Int
  /// Tokens sampled and returned.
  public var generated: Int

  /// Makes a usage; all counts are ≥ 0.
  public init(prompted: Int = 0, reused: Int = 0, generated: Int = 0) {
    self.prompted = prompted
    self.reused = reused
    self.generated = generated
  }

  /// Adds the counts.
  public static func + (a: ModelUsage, b: ModelUsage) -> ModelUsage {
    ModelUsage(prompted: a.prompted + b.prompted, reused: a.reused + b.reused, generated: a.generated + b.generated)
  }

  /// Adds the counts of `b`.
  public static func += (a: inout ModelUsage, b: ModelUsage) { a = a + b }
}
