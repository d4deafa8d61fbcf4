import Critics
import Models
import Synchronization
import TreeInsight
import TreeSearch
import Vocabulary

/// Answers the engine with models and critics: the policy proposes and compares, the panel scores, the rollout policy
/// completes.
///
/// Requests that come together are answered together: one call of the policy for all proposals, one of the rollout
/// policy, one of the panel, one round of comparisons. What a request is answered is the same as alone.
public struct ModelResponder: Responder {
  private let policy: any LanguageModel
  private let rollouts: FastRollout?
  private let panel: CriticPanel
  private let meter: PromptMeter?

  /// A responder; without `rollouts` a request for them fails.
  public init(policy: any LanguageModel, rollouts: FastRollout?, panel: CriticPanel) {
    self.init(policy: policy, rollouts: rollouts, panel: panel, meter: nil)
  }

  /// The same with somebody who wants to know what policy and rollouts cost.
  package init(policy: any LanguageModel, rollouts: FastRollout?, panel: CriticPanel, meter: PromptMeter?) {
    self.policy = policy
    self.rollouts = rollouts
    self.panel = panel
    self.meter = meter
  }

  /// Asks the model or the critics that the request is for.
  public func answer(_ context: RequestContext) async throws -> Answer {
    guard let answer = try await call(for: context.request.kind)([context]).first else {
      throw RunError("the model gave no answer")
    }
    return answer
  }

  /// Asks every model and critic once, for all the requests that are for it; the different ones at once.
  public func answer(_ contexts: [RequestContext]) async -> [Result<Answer, any Error>] {
    let groups = Array(Dictionary(grouping: contexts.indices) { contexts[$0].request.role }.values)
    let answers = await groups.mapAtOnce { places in await together(places.map { contexts[$0] }) }
    let byPlace = Dictionary(zip(groups.joined(), answers.joined())) { first, _ in first }
    return contexts.indices.compactMap { byPlace[$0] }
  }

  /// The text as a line of the policy's tokens, ended by a line break.
  public func option(from text: String) async -> SearchOption {
    let line = text.hasSuffix("\n") ? text : text + "\n"
    return SearchOption(tokens: kept(policy.tokenize(line)), bytes: Array(line.utf8), termination: .person)
  }

  /// The bytes of each of the policy's tokens.
  public func spelling(of tokens: [Int32]) async -> [[UInt8]] { tokens.map { policy.bytes(of: [$0]) } }

  /// One call for requests of one role; where it fails, one call each, so that only what cannot be answered fails.
  private func together(_ contexts: [RequestContext]) async -> [Result<Answer, any Error>] {
    do {
      return try await call(for: contexts[0].request.kind)(contexts).map { .success($0) }
    } catch {
      if contexts.count == 1 || error is CancellationError { return contexts.map { _ in .failure(error) } }
      var answers: [Result<Answer, any Error>] = []
      for context in contexts { answers += await together([context]) }
      return answers
    }
  }
}

/// What the policy and the rollout model computed for one run, however many runs they work for at once.
///
/// A model's own account (``LanguageModel/sampled``) tells what all runs together have cost; a run that shares its models
/// with others is told apart here, where its own answers come by.
package final class PromptMeter: Sendable {
  private let used = Mutex(ModelUsage())

  /// A meter that stands at nothing.
  package init() {}

  /// What was measured so far.
  package var reading: ModelUsage { used.withLock { $0 } }

  /// Takes note of what one call cost.
  func add(_ usage: ModelUsage) { used.withLock { $0 += usage } }
}

// MARK: - Calls, each for requests of one role

extension ModelResponder {
  private func call(for kind: Request.Kind) -> ([RequestContext]) async throws -> [Answer] {
    switch kind {
    case .propose: propose
    case .score: score
    case .rollOut: rollOut
    case .compare: compare
    }
  }

  private func propose(_ contexts: [RequestContext]) async throws -> [Answer] {
    // A chat that cannot go on with what is written is a policy of whole answers: each is a node.
    let writesWholes = policy.served?.abilities.map { $0.steps == .none } ?? false
    let requests = contexts.compactMap { context -> SampleRequest? in
      guard case .propose(let draws, let temperature, let isAtCap, _) = context.request.kind else { return nil }
      let toEnd = isAtCap || writesWholes
      let sampling = Sampling(context.parameters)
      return SampleRequest(
        prefix: prefix(context, of: question(context)), count: draws, temperature: temperature, topP: sampling.topP,
        maximumTokens: toEnd ? sampling.rolloutTokens : sampling.optionTokens, end: toEnd ? .answer : sampling.end,
        seed: context.request.seed)
    }
    return try await panel.propose(contexts.map(state), requests, by: policy).map { result in
      meter?.add(result.usage)
      let options = result.samples.map { sample in
        SearchOption(
          tokens: kept(sample.tokens), bytes: sample.bytes, logProbabilities: sample.logProbabilities.map(Float.init),
          termination: sample.ending, thinking: sample.thinking.isEmpty ? nil : sample.thinking)
      }
      return Answer(.options(options), usage: TokenUsage(policy: result.usage.generated, reused: result.usage.reused))
    }
  }

  private func score(_ contexts: [RequestContext]) async throws -> [Answer] {
    let names = contexts.map { context -> [String] in
      if case .score(let critics) = context.request.kind { critics } else { [] }
    }
    return try await zip(names, panel.score(contexts.map(state), namesByState: names)).map { names, verdicts in
      let scores = names.compactMap { name in
        verdicts[name].map { CriticScore(critic: name, score: $0.score, note: $0.note.isEmpty ? nil : $0.note) }
      }
      let usage = verdicts.values.reduce(into: TokenUsage()) {
        $0.critic += $1.tokensRead
        $0.reused += $1.tokensReused
      }
      return Answer(.scores(scores), usage: usage)
    }
  }

  private func rollOut(_ contexts: [RequestContext]) async throws -> [Answer] {
    guard let rollouts else { throw RunError("this run has no rollout model", permanence: .unsupported) }
    var wantsLines: [Bool] = []
    var markers: [[String]] = []
    let requests = contexts.compactMap { context -> FastRollout.Request? in
      guard case .rollOut(let count, let temperature, let lines) = context.request.kind else { return nil }
      wantsLines.append(lines == true)
      markers.append(context.tools.checks.answerMarkers)
      let sampling = Sampling(context.parameters)
      return FastRollout.Request(
        from: state(context), count: count, temperature: temperature, topP: sampling.rolloutTopP,
        maximumTokens: sampling.rolloutTokens, seed: context.request.seed)
    }
    return try await zip(zip(wantsLines, markers), rollouts.rollOut(requests)).map { asked, result in
      let (wantsLines, markers) = asked
      meter?.add(result.usage)
      let told = result.rollouts.map {
        Rollout(
          text: $0.text, score: $0.score, lines: wantsLines ? $0.lines(of: rollouts.policy, for: policy) : nil,
          ormScore: $0.note == nil ? nil : $0.ormScore, note: $0.note,
          thinking: $0.thinking.isEmpty ? nil : $0.thinking,
          markers: markers)
      }
      let usage = TokenUsage(
        rollout: result.usage.generated, critic: result.criticUsage.prompted,
        reused: result.usage.reused + result.criticUsage.reused)
      return Answer(.rollouts(told), usage: usage)
    }
  }

  /// The continuations are the policy's tokens; what it reads to judge them, it reads as a critic.
  private func compare(_ contexts: [RequestContext]) async throws -> [Answer] {
    let comparisons = contexts.compactMap { context -> ContinuationJudge.Comparison? in
      guard case .compare(let option, _) = context.request.kind else { return nil }
      return ContinuationJudge.Comparison(
        prefix: prefix(context), option: option, siblings: context.compared, choices: context.tools.checks.choices)
    }
    return try await ContinuationJudge(policy: policy).judge(comparisons).map { judgement in
      let usage = TokenUsage(
        policy: judgement.usage.generated, critic: judgement.usage.prompted, reused: judgement.usage.reused)
      return Answer(.similarities(judgement.beliefs), usage: usage)
    }
  }

  /// What an option keeps of its tokens: none where they mean nothing in another process.
  private func kept(_ tokens: [Int32]) -> [Int32] { policy.vocabulary == nil ? [] : tokens }

  /// The question; where something is to be written anew, with what speaks against what stands there.
  private func question(_ context: RequestContext) -> String {
    guard let (text, objection) = context.revision else { return context.question }
    return policy.question(context.question, revising: text, objection: objection)
  }

  private func prefix(_ context: RequestContext, of question: String? = nil) -> [Int32] {
    context.options.reduce(into: policy.prompt(for: question ?? context.question)) { tokens, option in
      tokens += option.tokens.isEmpty ? policy.tokenize(option.text) : option.tokens
    }
  }

  private func state(_ context: RequestContext) -> JudgedState {
    JudgedState(
      question: context.question, tokens: prefix(context), optionTexts: context.options.map(\.text),
      isComplete: context.isTerminal, tools: context.tools)
  }
}
