/// A continuation whose probability after a prefix is asked for.
public struct LikelihoodRequest: Sendable, Hashable {
  /// The tokens before it; at least one.
  public var prefix: [Int32]
  /// Its tokens; may be empty.
  public var continuation: [Int32]

  /// Makes a request.
  public init(prefix: [Int32], continuation: [Int32]) {
    self.prefix = prefix
    self.continuation = continuation
  }
}

/// How likely a model finds a continuation.
public struct LikelihoodResult: Sendable, Hashable {
  /// Natural logarithm of each token's probability under the raw distribution: temperature 1, nothing left out.
  public var logProbabilities: [Double]
  /// What was computed and what was found in the cache; nothing is generated.
  public var usage: ModelUsage

  /// Makes a result.
  public init(logProbabilities: [Double], usage: ModelUsage) {
    self.logProbabilities = logProbabilities
    self.usage = usage
  }
}
