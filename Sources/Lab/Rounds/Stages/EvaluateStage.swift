import Models
import TreeInsight
import Vocabulary
import Workspace

/// What one policy made of one held-out problem.
package struct RoundTrial: Codable, Sendable, Equatable {
  /// The problem's id.
  package var problem: String
  /// Which policy: `before`, `after`, or an arm's name.
  package var arm: String
  /// The answer at temperature 0, and whether it is right.
  package var greedy: String?
  package var isRight: Bool
  /// Tokens of the greedy solution.
  package var tokens: Int
  /// The ORM's score of it, in [0, 1]; nil where none was asked, or it abstained.
  package var score: Double?
  /// Samples drawn beside it; 0 where none were.
  package var samples = 0
  /// How many of them are right.
  package var right = 0
  /// Different answers among them, by value.
  package var distinct = 0
  /// Whether their commonest answer is right.
  package var majority = false
  /// Runs of the searches of the plan, in its order, and whether their answers are right.
  package var runs: [String] = []
  package var found: [Bool] = []

  /// The chance that one of `k` of the samples is right, without bias (Chen et al. 2021); nil where fewer were drawn.
  package func pass(at k: Int) -> Double? {
    guard k <= samples, k > 0 else { return nil }
    if samples - right < k { return 1 }
    return 1 - (0..<k).reduce(1.0) { $0 * Double(samples - right - $1) / Double(samples - $1) }
  }
}

/// Before and after, on problems that nothing was imagined from or trained on.
struct EvaluateStage: RoundStage {
  let name = RoundStageName.evaluate

  func run(_ round: RoundContext) async throws -> RoundStageReport {
    let problems = try round.heldOut()
    var trials: [RoundTrial] = try round.items(name)
    let arms = try round.policies()
    let all = problems.count * arms.count
    for (index, arm) in arms.enumerated() where trials.count < (index + 1) * problems.count {
      let (setup, policy) = try await round.setup(policy: arm.policy)
      defer { withExtendedLifetime(policy) {} }
      let begun = trials.count - index * problems.count
      for simulations in round.plan.searches {
        try await round.outsource(
          problems.prefix(round.plan.searchedProblems ?? .max).dropFirst(begun), setup.simulating(simulations),
          policy.spec, for: name, as: "\(name.rawValue)-\(arm.name)-\(simulations)")
      }
      try await PolicyTrials(setup: setup, plan: round.plan, seed: round.seed).run(
        problems, from: begun, isInterrupted: round.control.isInterrupted
      ) { trial in
        var trial = trial
        trial.arm = arm.name
        try round.append([trial], to: name, first: trials.count)
        trials.append(trial)
        if trials.count % 10 == 0 { round.tell(name, trials.count, of: all, arm.name) }
      }
      try round.check()
    }
    var report = RoundStageReport()
    report.figures = RoundMeasures(trials, searches: round.plan.searches).figures
    report.tokens = trials.reduce(0) { $0 + $1.tokens }
    return report
  }
}

extension RoundContext {
  /// The policies that are measured: the one that searched, and the one that was trained.
  func policies() throws -> [(name: String, policy: [String])] {
    let trained = folder.appending(path: "model").path(percentEncoded: false)
    return [("before", plan.models.policy), ("after", plan.models.served ?? [trained])]
      + plan.arms.map { ($0, [folder.appending(path: "arms/\($0)/model").path(percentEncoded: false)]) }
  }
}
