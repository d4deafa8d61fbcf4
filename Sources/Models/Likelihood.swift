/// How likely some texts are to be what a model writes next.
public struct LabelResult: Sendable, Hashable {
  /// What is known of one label.
  public enum Belief: Sendable, Hashable {
    /// Natural logarithm of its probability.
    case known(Double)
    /// It is not among the most probable tokens that can be seen: its log-probability is at most this.
    case atMost(Double)

    /// The log-probability, or the most that it can be.
    public var bound: Double {
      switch self {
      case .known(let value), .atMost(let value): value
      }
    }

    /// Whether the label was seen.
    public var isKnown: Bool { if case .known = self { true } else { false } }
  }

  /// One belief a label, in order.
  public var beliefs: [Belief]
  /// What was computed and what was found in the cache.
  public var usage: ModelUsage

  /// Makes a result.
  public init(beliefs: [Belief], usage: ModelUsage) {
    self.beliefs = beliefs
    self.usage = usage
  }
}

extension LanguageModel {
  /// Reads each label's first token, exactly: with the whole distribution at hand no label can be out of sight.
  public func likelihoods(of labels: [String], after prefixes: [[Int32]]) async throws -> [LabelResult] {
    let firsts = labels.map { Array(tokenize($0).prefix(1)) }
    let requests = prefixes.flatMap { prefix in firsts.map { LikelihoodRequest(prefix: prefix, continuation: $0) } }
    var read = try await logProbabilities(requests)[...]
    return prefixes.map { _ in
      let own = read.prefix(labels.count)
      read = read.dropFirst(labels.count)
      return LabelResult(
        beliefs: own.map { $0.logProbabilities.first.map { .known($0) } ?? .atMost(0) },
        usage: own.reduce(into: ModelUsage()) { $0 += $1.usage })
    }
  }
}

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
