import Critics
import Models
import TreeSearch

/// Answers the engine with models and critics: the policy proposes, the panel scores, the rollout policy completes.
public struct ModelResponder: Responder {
  private let policy: any LanguageModel
  private let rollouts: FastRollout?
  private let panel: CriticPanel
  private let sampling: Sampling

  /// How texts are drawn.
  public struct Sampling: Sendable {
    /// Nucleus of option sampling, in (0, 1].
    public var topP: Double
    /// Length cap of one option, in tokens.
    public var optionTokens: Int
    /// Length cap of one fast rollout, in tokens.
    public var rolloutTokens: Int

    /// What a run's parameters ask for.
    public init(_ parameters: SearchParameters) {
      topP = parameters.value("option.topP")?.number ?? 1
      optionTokens = Int(parameters.value("option.maximumTokens")?.number ?? 64)
      rolloutTokens = Int(parameters.value("rollout.maximumTokens")?.number ?? 192)
    }
  }

  /// A responder; without `rollouts` a request for them fails.
  public init(policy: any LanguageModel, rollouts: FastRollout?, panel: CriticPanel, sampling: Sampling) {
    self.policy = policy
    self.rollouts = rollouts
    self.panel = panel
    self.sampling = sampling
  }

  /// Asks the model or the critics that the request is for.
  public func answer(_ context: RequestContext) async throws -> Answer {
    let tokens = prefix(context)
    switch context.request.kind {
    case .propose(let draws, let temperature, let toEnd, _):
      return try await propose(tokens, draws, temperature, toEnd, context.request.seed)
    case .score(let critics):
      return try await score(tokens, critics, context)
    case .rollOut(let count, let temperature, _):
      return try await rollOut(tokens, count, temperature, context)
    case .compare: throw RunError("comparing options with the model is not built in")
    }
  }

  /// The text as a line of the policy's tokens, ended by a line break.
  public func option(from text: String) async -> SearchOption {
    let line = text.hasSuffix("\n") ? text : text + "\n"
    return SearchOption(tokens: policy.tokenize(line), bytes: Array(line.utf8), termination: .person)
  }

  private func prefix(_ context: RequestContext) -> [Int32] {
    context.options.reduce(into: policy.prompt(for: context.question)) { tokens, option in
      tokens += option.tokens.isEmpty ? policy.tokenize(option.text) : option.tokens
    }
  }

  private func propose(
    _ tokens: [Int32], _ draws: Int, _ temperature: Double, _ toEnd: Bool, _ seed: UInt64
  ) async throws -> Answer {
    let result = try await policy.sample(
      SampleRequest(
        prefix: tokens, count: draws, temperature: temperature, topP: sampling.topP,
        maximumTokens: toEnd ? sampling.rolloutTokens : sampling.optionTokens, end: toEnd ? .text : .line, seed: seed))
    let options = result.samples.map { sample in
      SearchOption(
        tokens: sample.tokens, bytes: sample.bytes, logProbabilities: sample.logProbabilities.map(Float.init),
        termination: Termination(sample.ending))
    }
    return Answer(.options(options), usage: TokenUsage(policy: result.usage.generated, reused: result.usage.reused))
  }

  private func score(_ tokens: [Int32], _ critics: [String], _ context: RequestContext) async throws -> Answer {
    let verdicts = try await panel.score([state(tokens, context)], names: critics).first ?? [:]
    let scores = critics.compactMap { name in
      verdicts[name].map { CriticScore(critic: name, score: $0.score, note: $0.note.isEmpty ? nil : $0.note) }
    }
    let usage = verdicts.values.reduce(into: TokenUsage()) {
      $0.critic += $1.tokensRead
      $0.reused += $1.tokensReused
    }
    return Answer(.scores(scores), usage: usage)
  }

  private func rollOut(
    _ tokens: [Int32], _ count: Int, _ temperature: Double, _ context: RequestContext
  ) async throws -> Answer {
    guard let rollouts else { throw RunError("this run has no rollout model") }
    let result = try await rollouts.rollOut(
      from: state(tokens, context), count: count, temperature: temperature, maximumTokens: sampling.rolloutTokens,
      seed: context.request.seed)
    return Answer(
      .rollouts(result.rollouts.map { Rollout(text: $0.text, score: $0.ormScore) }),
      usage: TokenUsage(
        rollout: result.usage.generated, critic: result.criticUsage.prompted,
        reused: result.usage.reused + result.criticUsage.reused))
  }

  private func state(_ tokens: [Int32], _ context: RequestContext) -> JudgedState {
    JudgedState(
      question: context.question, tokens: tokens, optionTexts: context.options.map(\.text),
      isComplete: context.isTerminal)
  }
}

extension Termination {
  init(_ ending: Sample.Ending) {
    switch ending {
    case .newline: self = .newline
    case .token: self = .token
    case .stopText: self = .stopText
    case .formula: self = .formula
    case .uncertainty: self = .uncertainty
    case .endOfText: self = .endOfText
    case .lengthCap: self = .lengthCap
    }
  }
}
