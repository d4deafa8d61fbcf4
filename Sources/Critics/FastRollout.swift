import Models

/// Completes a state with a (usually small) policy and lets the ORM judge each completed solution
/// (AlphaLLM section 4.3: the fast rollout policy).
public struct FastRollout: Sendable {
  /// One completed solution.
  public struct Rollout: Sendable, Hashable {
    /// What was added to the state.
    public let text: String
    /// Its tokens.
    public let tokens: [Int32]
    /// ORM of the whole solution, in [0, 1].
    public let ormScore: Double
    /// Why it ended; `lengthCap` means that it was cut.
    public let ending: Sample.Ending
  }

  /// Rollouts of one state and what they cost.
  public struct Result: Sendable, Hashable {
    /// As many as were asked for.
    public let rollouts: [Rollout]
    /// The rollout policy's tokens.
    public let usage: ModelUsage
    /// The critic's tokens.
    public let criticUsage: ModelUsage

    /// Mean ORM score, nil without rollouts.
    public var mean: Double? {
      rollouts.isEmpty ? nil : rollouts.reduce(0) { $0 + $1.ormScore } / Double(rollouts.count)
    }
  }

  private let policy: any LanguageModel
  private let critics: NeuralCritics

  /// Makes a rollout policy; `critics` must have a head `orm`.
  ///
  /// - Throws: `ModelError` without that head.
  public init(policy: any LanguageModel, critics: NeuralCritics) throws {
    guard critics.names.contains("orm") else {
      throw ModelError(critics.model.name, "heads", "expected a head named orm for rollouts")
    }
    self.policy = policy
    self.critics = critics
  }

  /// Completes `state` `count` times, all samples together, and scores them together.
  ///
  /// - Parameter state: where to start; its tokens are the policy's.
  /// - Throws: what policy and critic throw.
  public func rollOut(
    from state: JudgedState, count: Int, temperature: Double, maximumTokens: Int, seed: UInt64
  ) async throws -> Result {
    let sampled = try await policy.sample(
      SampleRequest(
        prefix: state.tokens, count: count, temperature: temperature, maximumTokens: maximumTokens, end: .text,
        seed: seed))
    let solutions = sampled.samples.map { sample in
      JudgedState(
        question: state.question, tokens: state.tokens + sample.tokens,
        optionTexts: state.optionTexts + (sample.tokens.isEmpty ? [] : [sample.text]), isComplete: true)
    }
    var criticUsage = ModelUsage()
    let verdicts = try await critics.score(solutions, names: ["orm"])
    let rollouts = try zip(sampled.samples, verdicts).map { sample, verdict in
      guard let orm = verdict["orm"], let score = orm.score else {
        throw ModelError(critics.model.name, "orm", "expected a score for every rollout")
      }
      criticUsage += ModelUsage(prompted: orm.tokensRead, reused: orm.tokensReused)
      return Rollout(text: sample.text, tokens: sample.tokens, ormScore: score, ending: sample.ending)
    }
    return Result(rollouts: rollouts, usage: sampled.usage, criticUsage: criticUsage)
  }
}
