import Models
import Vocabulary

/// Completes a state with a (usually small) policy and lets the ORM judge each completed solution
/// (AlphaLLM section 4.3: the fast rollout policy).
public struct FastRollout: Sendable {
  /// One completed solution with all that its lines may become: what the search keeps of it is the engine's `Rollout`, which
  /// has no tokens.
  public struct Completion: Sendable, Hashable {
    /// What was added to the state.
    public let text: String
    /// Its tokens.
    public let tokens: [Int32]
    /// Natural logarithm of each token's probability under the rollout policy at temperature 1.
    public let logProbabilities: [Double]
    /// ORM of the whole solution, in [0, 1], lowered where a tool objects; nil where the ORM cannot judge it.
    public let score: Double?
    /// ORM of the whole solution, in [0, 1], as the model gave it.
    public let ormScore: Double?
    /// Why it ended; `lengthCap` means that it was cut.
    public let ending: Termination
    /// What a tool objects to, or why nobody judges it; nil where neither is so.
    public let note: String?
    /// What the model thought before it wrote the text; empty where it told none.
    public var thinking = ""
  }

  /// Rollouts of one state and what they cost.
  public struct Result: Sendable, Hashable {
    /// As many as were asked for.
    public let rollouts: [Completion]
    /// The rollout policy's tokens.
    public let usage: ModelUsage
    /// The critic's tokens.
    public let criticUsage: ModelUsage

    /// Mean of the scores, nil without any.
    public var mean: Double? {
      let scores = rollouts.compactMap(\.score)
      return scores.isEmpty ? nil : scores.reduce(0, +) / Double(scores.count)
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

    func sampling(from prefix: [Int32]) -> SampleRequest {
      SampleRequest(
        prefix: prefix, count: count, temperature: temperature, topP: topP, maximumTokens: maximumTokens,
        end: .answer, seed: seed)
    }

    func completed(by sample: Sample, _ tokens: [Int32]) -> JudgedState {
      JudgedState(
        question: state.question, tokens: state.tokens + tokens,
        optionTexts: state.optionTexts + (sample.tokens.isEmpty ? [] : [sample.text]), isComplete: true,
        tools: state.tools)
    }
  }

  /// The model that completes.
  public let policy: any LanguageModel
  /// The model in whose tokens states are given.
  private let reader: any LanguageModel
  private let outcomes: any Critic
  private let doubts = CriticDoubts()
  private let tools: ToolDispatcher?

  /// Makes a rollout policy whose solutions `outcomes` judges. `tools` read every completed solution. States are given in
  /// tokens of `states`, the search's policy; nil where that is the rollout policy itself.
  public init(
    policy: any LanguageModel, outcomes: any Critic, tools: ToolDispatcher? = nil, states: (any LanguageModel)? = nil
  ) {
    self.policy = policy
    reader = states ?? policy
    self.outcomes = outcomes
    self.tools = tools
  }

  /// The same with the head `orm` of `critics`.
  ///
  /// - Throws: `ModelError` without that head.
  public init(
    policy: any LanguageModel, critics: NeuralCritics, tools: ToolDispatcher? = nil, states: (any LanguageModel)? = nil
  ) throws {
    guard critics.names.contains(CriticName.orm) else {
      throw ModelError(critics.model.name, "heads", "expected a head named \(CriticName.orm) for rollouts")
    }
    self.init(policy: policy, outcomes: critics.critic(CriticName.orm), tools: tools, states: states)
  }

  /// Whether the rollout policy understands a state's tokens.
  private var sharesTokens: Bool { policy.vocabulary != nil && policy.vocabulary == reader.vocabulary }

  /// How the rollout policy completes a state: from its tokens, or from its texts.
  private func sampling(_ request: Request) -> SampleRequest {
    if sharesTokens { return request.sampling(from: request.state.tokens) }
    let written = request.state.optionTexts.flatMap(policy.tokenize)
    return request.sampling(from: policy.prompt(for: request.state.question) + written)
  }

  private func completed(_ request: Request, by sample: Sample) -> JudgedState {
    request.completed(by: sample, sharesTokens ? sample.tokens : reader.tokenize(sample.text))
  }

  /// Completes every request's state, all samples together, and scores them together; what a request gets depends on it
  /// alone.
  ///
  /// - Throws: what policy and critic throw.
  public func rollOut(_ requests: [Request]) async throws -> [Result] {
    let sampled = try await sample(requests)
    let solutions = zip(requests, sampled).flatMap { request, result in
      result.samples.map { completed(request, by: $0) }
    }
    let outcomes = try await doubts.ask(self.outcomes, about: solutions).map {
      Outcome(orm: $0, score: $0.score, note: $0.score == nil ? $0.note : nil)
    }
    var weighed = try await weigh(outcomes, solutions)[...]
    return sampled.map { result in
      defer { weighed = weighed.dropFirst(result.samples.count) }
      return judged(result, weighed.prefix(result.samples.count))
    }
  }

  /// Whole solutions at once; under the eyes of tools, which look at every line, where any take part and steps may be drawn again.
  private func sample(_ requests: [Request]) async throws -> [SampleResult] {
    guard let tools, requests.contains(where: { !$0.state.tools.enabled.isEmpty && $0.state.tools.redraws > 0 }) else {
      return try await policy.sample(requests.map(sampling))
    }
    let starts = requests.map { CheckedSampling.Start(state: $0.state, request: sampling($0)) }
    return try await tools.solutions(starts, by: policy)
  }

  /// Completes one state.
  public func rollOut(_ request: Request) async throws -> Result {
    let results = try await rollOut([request])
    guard let result = results.first else { throw ModelError(policy.name, "rollouts", "expected one result, got none") }
    return result
  }

  /// The ORM's verdict on one solution, and its score after the tools have read it.
  private struct Outcome {
    let orm: Verdict
    var score: Double?
    /// What a tool objects to, or why there is no score.
    var note: String?
  }

  private func weigh(_ outcomes: [Outcome], _ solutions: [JudgedState]) async throws -> [Outcome] {
    guard let tools else { return outcomes }
    var weighed = outcomes
    for i in solutions.indices where !solutions[i].tools.enabled.isEmpty {
      guard let score = outcomes[i].orm.score else { continue }
      (weighed[i].score, weighed[i].note) = try await tools.weighed(score, solutions[i])
    }
    return weighed
  }

  private func judged(_ sampled: SampleResult, _ outcomes: ArraySlice<Outcome>) -> Result {
    var criticUsage = ModelUsage()
    let rollouts = zip(sampled.samples, outcomes).map { sample, outcome in
      criticUsage += ModelUsage(prompted: outcome.orm.tokensRead, reused: outcome.orm.tokensReused)
      return Completion(
        text: sample.text, tokens: sample.tokens, logProbabilities: sample.logProbabilities, score: outcome.score,
        ormScore: outcome.orm.score, ending: sample.ending, note: outcome.note, thinking: sample.thinking)
    }
    return Result(rollouts: rollouts, usage: sampled.usage, criticUsage: criticUsage)
  }
}
