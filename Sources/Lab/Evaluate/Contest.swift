import Critics
import Foundation
import Models
import Runs
import TreeInsight
import TreeSearch
import Vocabulary
import Workspace

/// One problem under one seed, on which methods take turns. What one of them draws, the next need not draw again.
package final class Contest {
  private let setup: RunSetup
  private let problem: Problem
  private let seed: UInt64
  private var pool: SamplePool
  /// The answer at temperature 0, the same for every seed.
  package let greedy: Outcome

  /// The critics that take part, and what tools know of the problem.
  private let critics: [CriticWeight]
  private let tools: ToolContext
  private let keepsEvidence: Bool
  private let prices: TokenPrices

  private var models: ModelSet { setup.models }

  /// - Parameters:
  ///   - critics: the same for every method; nil for those of the settings.
  ///   - prices: what tokens cost.
  ///   - keepsEvidence: whether runs of the engine come with the evidence for their answers.
  init(
    _ setup: RunSetup, _ problem: Problem, seed: UInt64, greedy: Outcome, critics: [CriticWeight]? = nil,
    prices: TokenPrices = TokenPrices(), keepsEvidence: Bool = false
  ) {
    (self.setup, self.problem, self.seed, self.greedy) = (setup, problem, seed, greedy)
    self.critics = critics ?? setup.critics
    (self.prices, self.keepsEvidence) = (prices, keepsEvidence)
    let models = setup.models
    tools = models.tools(self.critics, for: problem, redraws: setup.parameters[SearchParameters.toolRedraws])
    let prompt = models.policy.prompt(for: problem.prompt)
    var source = SamplePool.Source(
      model: models.policy, prompt: prompt, temperature: setup.parameters[SearchParameters.optionTemperature],
      maximumTokens: setup.solutionTokens,
      // Not search's seed: its first request would draw the same numbers.
      seed: seed &+ 1, prices: prices)
    if !tools.enabled.isEmpty, tools.redraws > 0 {
      let start = JudgedState(
        question: problem.prompt, tokens: prompt, optionTexts: [], isComplete: false, tools: tools)
      source.checked = { requests in
        try await models.panel.solutions(requests.map { _ in start }, requests, by: models.policy)
      }
    }
    pool = SamplePool(source)
  }

  /// As many whole solutions as `tokens` pay for, at least one, and one answer chosen among them.
  package func sample(within tokens: Int, _ choice: SolutionChoice) async throws -> Outcome {
    let bought = try await purchase(within: tokens, choice.judge)
    let answers = pool.solutions.prefix(bought.count).map(\.answer)
    let scores = choice.judge.flatMap { pool.scores[$0] } ?? []
    return Outcome(
      answer: choice.answer(answers, scores: scores, among: problem.choices), tokens: bought.tokens,
      cost: prices.isPlain ? nil : bought.price, nodes: bought.count, seconds: bought.seconds)
  }

  private func purchase(within tokens: Int, _ judge: SolutionJudge?) async throws -> SamplePool.Purchase {
    guard let judge else { return try await pool.solutions(within: tokens) }
    return try await pool.judged(within: tokens, for: judge) { solutions in
      let scores = try await models.scores(of: solutions, to: problem, by: judge, critics, tools: tools)
      return scores.map { $0 ?? 0 }
    }
  }

  /// A run of the engine that nothing keeps; nil `tokens` leaves it its own limits.
  package func search(_ settings: EngineSettings, within tokens: Int?) async throws -> Outcome {
    var parameters = try settings.parameters(within: tokens)
    // They change nothing in the search, and stand beside what comes of it.
    try parameters.set(SearchParameters.keepsForecasts, to: true)
    let header = setup.header(
      problem, seed: seed, parameters: parameters, critics: models.critics(of: settings.critics, for: problem))
    // Runs with other budgets and the samples have filled the caches with what this run is about to ask.
    await models.forget()
    let meter = PromptMeter()
    let metered = MeteredResponder(models.responder(meter: meter))
    let budgeted =
      tokens == nil && prices.isPlain
      ? nil : BudgetedResponder(metered, budget: tokens ?? .max, prices: prices, meter: meter)
    let runner = SearchRunner(
      search: Search(header: header), responder: budgeted ?? metered, journal: .none, isRead: false,
      on: models.thread)
    await runner.run()
    await runner.untilIdle()
    let tree = await runner.tree
    let seconds = await runner.seconds
    await runner.close()
    if tree.stopReason == nil || tree.stopReason == .failed, let failure = tree.failures.last?.message {
      throw LabError.failed(failure)
    }
    var outcome = Outcome(
      SearchResult(run: "", tree: tree, seconds: seconds), tree, metered.reading,
      promptTokens: meter.reading.prompted, keepsEvidence: keepsEvidence)
    if !prices.isPlain { outcome.cost = budgeted?.spent }
    return outcome
  }
}

extension RunSetup {
  /// Every method of `plan` on one problem, with every budget and seed. A method that fails is left out, with its reason.
  func evaluate(_ problem: Problem, index: Int, plan: EvaluationPlan) async throws -> ProblemTrials {
    var found = ProblemTrials(index: index, id: problem.id)
    guard let greedy = try await found.keep("the greedy answer", { try await greedy(problem, plan.prices) }) else {
      return found
    }
    for seed in plan.seeds {
      let contest = Contest(
        self, problem, seed: seed, greedy: greedy, critics: plan.critics, prices: plan.prices,
        keepsEvidence: plan.keepsEvidence)
      for (number, budget) in plan.budgets.enumerated() {
        var allowance = budget.tokens(greedy: greedy.charged)
        for method in plan.referenceFirst {
          let tokens = allowance.map { Int((Double($0) * method.budgetFactor).rounded()) }
          guard let outcome = try await found.keep(method.name, { try await method.run(contest, tokens) }) else {
            if allowance == nil { break }  // nobody knows what the others may spend
            continue
          }
          allowance = allowance ?? outcome.charged
          found.trials.append(
            Trial(
              method: method.name, budget: number, budgetTokens: tokens ?? outcome.charged, problem: index, seed: seed,
              outcome: outcome, isCorrect: problem.accepts(outcome.answer) ?? false))
        }
      }
    }
    return found
  }

  private func greedy(_ problem: Problem, _ prices: TokenPrices) async throws -> Outcome {
    let clock = ContinuousClock()
    let start = clock.now
    let prompt = models.policy.prompt(for: problem.prompt)
    let result = try await models.policy.sample(
      SampleRequest(prefix: prompt, temperature: 0, maximumTokens: solutionTokens, end: .answer))
    let solutions = result.samples.map { Solution($0, of: models.policy) }
    let tokens = solutions.reduce(0) { $0 + $1.cost }
    return Outcome(
      answer: solutions.first?.answer, tokens: tokens,
      cost: prices.isPlain ? nil : prices.cost(generated: tokens, prompt: prompt.count), nodes: solutions.count,
      seconds: (clock.now - start) / .seconds(1))
  }

  fileprivate var solutionTokens: Int { parameters[SearchParameters.rolloutMaximumTokens] }
}
