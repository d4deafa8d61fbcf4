import Models
import TreeSearch
import Vocabulary

/// Measures one policy on problems with a reference answer: a greedy solution each, samples beside it, and searches.
struct PolicyTrials {
  let setup: RunSetup
  let plan: RoundPlan
  let seed: UInt64

  /// Measures the problems behind the first `from`, several at once, and hands each to `each` in their order.
  ///
  /// Stops without an error once `isInterrupted` says so. Throws what models and `each` throw.
  func run(
    _ problems: [Problem], from: Int, isInterrupted: @Sendable () -> Bool, each: (RoundTrial) throws -> Void
  ) async throws {
    let jobs = max(1, min(plan.jobs ?? setup.models.jobs, problems.count - from))
    let lanes = try setup.lanes(for: jobs)
    try await withThrowingTaskGroup(of: (Int, RoundTrial).self) { group in
      var begun = from
      func begin() {
        guard begun < problems.count, !isInterrupted() else { return }
        let (index, problem, lane) = (begun, problems[begun], lanes[(begun - from) % lanes.count])
        begun += 1
        group.addTask(executorPreference: lane.models.thread) { (index, try await trial(problem, index, lane)) }
      }
      for _ in 0..<jobs { begin() }
      var waiting: [Int: RoundTrial] = [:]
      var next = from
      while let (index, trial) = try await group.next() {
        waiting[index] = trial
        while let ready = waiting.removeValue(forKey: next) {
          try each(ready)
          next += 1
        }
        begin()
      }
    }
  }

  private func trial(_ problem: Problem, _ index: Int, _ setup: RunSetup) async throws -> RoundTrial {
    let policy = setup.models.policy
    let prompt = policy.prompt(for: problem.prompt)
    let tokens = plan.parameters[SearchParameters.rolloutMaximumTokens]
    let draws = plan.sampledProblems.map { index < $0 } ?? true ? plan.samples : 0
    var requests = [SampleRequest(prefix: prompt, temperature: 0, maximumTokens: tokens, end: .answer)]
    if draws > 0 {
      requests.append(
        SampleRequest(
          prefix: prompt, count: draws, temperature: plan.parameters[SearchParameters.optionTemperature], topP: 1,
          maximumTokens: tokens, end: .answer, seed: SplitMix.seed(seed, index)))
    }
    let drawn = try await policy.sample(requests).map { $0.samples.map { Solution($0, of: policy) } }
    let greedy = drawn[0].first
    let score = try await setup.models.scores(of: Array(drawn[0].prefix(1)), to: problem, by: .outcome).first
    var trial = RoundTrial(
      problem: problem.id, arm: "", greedy: greedy?.answer, isRight: problem.accepts(greedy?.answer) ?? false,
      tokens: greedy?.tokens.count ?? 0, score: score ?? nil)
    if draws > 0 {
      let answers = drawn[1].map(\.answer)
      var votes = AnswerVote(among: problem.choices)
      for answer in answers.compactMap(\.self) { votes.add(answer) { $0 + 1 } }
      trial.samples = answers.count
      trial.right = answers.count { problem.accepts($0) == true }
      trial.distinct = votes.weights.count
      trial.majority = votes.winner.map { problem.accepts(votes.spelling(of: $0)) == true } ?? false
    }
    guard plan.searchedProblems.map({ index < $0 }) ?? true else { return trial }
    for simulations in plan.searches {
      let result = try await setup.simulating(simulations).search(problem, control: .resuming)
      trial.runs.append(result.run)
      trial.found.append(result.correct ?? false)
    }
    return trial
  }
}
