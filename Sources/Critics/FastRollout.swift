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
    /// Natural logarithm of each token's probability under the rollout policy at temperature 1.
    public let logProbabilities: [Double]
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

  /// Rollouts asked for from one state.
  public struct Request: Sendable, Hashable {
    /// Where to start; its tokens are the policy's.
    public var state: JudgedState
    /// Completions, ≥ 0.
    public var count: Int
    /// Sampling temperature.
    public var temperature: Double
    /// Nucleus of sampling, in (0, 1].
    public var topP: Double
    /// Most tokens of one completion, ≥ 1.
    public var maximumTokens: Int
    /// Completion `i` is drawn from (`seed`, `i`) alone.
    public var seed: UInt64

    /// Makes a request.
    public init(
      from state: JudgedState, count: Int, temperature: Double, topP: Double = 1, maximumTokens: Int, seed: UInt64
    ) {
      self.state = state
      self.count = count
      self.temperature = temperature
      self.topP = topP
      self.maximumTokens = maximumTokens
      self.seed = seed
    }

    var sampling: SampleRequest {
      SampleRequest(
        prefix: state.tokens, count: count, temperature: temperature, topP: topP, maximumTokens: maximumTokens,
        end: .text, seed: seed)
    }

    func completed(by sample: Sample) -> JudgedState {
      JudgedState(
        question: state.question, tokens: state.tokens + sample.tokens,
        optionTexts: state.optionTexts + (sample.tokens.isEmpty ? [] : [sample.text]), isComplete: true)
    }
  }

  /// The model that completes.
  public let policy: any LanguageModel
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

  /// Completes every request's state, all samples together, and scores them together; what a request gets depends on it
  /// alone.
  ///
  /// - Throws: what policy and critic throw.
  public func rollOut(_ requests: [Request]) async throws -> [Result] {
    let sampled = try await policy.sample(requests.map(\.sampling))
    let solutions = zip(requests, sampled).flatMap { request, result in result.samples.map(request.completed) }
    var verdicts = try await critics.score(solutions, names: ["orm"])[...]
    return try sampled.map { result in
      defer { verdicts = verdicts.dropFirst(result.samples.count) }
      return try judged(result, verdicts.prefix(result.samples.count))
    }
  }

  /// Completes one state.
  public func rollOut(_ request: Request) async throws -> Result {
    let results = try await rollOut([request])
    guard let result = results.first else { throw ModelError(policy.name, "rollouts", "expected one result, got none") }
    return result
  }

  private func judged(_ sampled: SampleResult, _ verdicts: ArraySlice<[String: Verdict]>) throws -> Result {
    var criticUsage = ModelUsage()
    let rollouts = try zip(sampled.samples, verdicts).map { sample, verdict in
      guard let orm = verdict["orm"], let score = orm.score else {
        throw ModelError(critics.model.name, "orm", "expected a score for every rollout")
      }
      criticUsage += ModelUsage(prompted: orm.tokensRead, reused: orm.tokensReused)
      return Rollout(
        text: sample.text, tokens: sample.tokens, logProbabilities: sample.logProbabilities, ormScore: score,
        ending: sample.ending)
    }
    return Result(rollouts: rollouts, usage: sampled.usage, criticUsage: criticUsage)
  }
}
