import TreeSearch
import Vocabulary
import Workspace

/// What the search of one problem of a round came to.
package struct RoundSearch: Codable, Sendable, Equatable {
  /// The problem's id.
  package var problem: String
  /// The run in the workspace.
  package var run: String
  /// The answer that was chosen; nil where no trajectory states one.
  package var answer: String?
  /// Whether it agrees with the reference; nil without one.
  package var correct: Bool?
  /// Simulations made.
  package var simulations: Int
  /// Tokens that the policy and its rollouts generated.
  package var tokens: Int
  /// Why the search could not go on; nil where it came to its end.
  package var error: String?

  init(_ result: SearchResult) {
    (problem, run, answer, correct) = (result.problem, result.run, result.answer, result.correct)
    (simulations, tokens, error) = (result.simulations, result.tokens.generated, result.error)
  }
}

/// A tree for every problem of the round: those that were given, then those that were imagined.
struct SearchStage: RoundStage {
  let name = RoundStageName.search

  func run(_ round: RoundContext) async throws -> RoundStageReport {
    let problems = try round.problems()
    guard !problems.isEmpty else {
      throw LabError.failed("there is nothing to search: no imagined question was accepted, and none was given")
    }
    var done: [RoundSearch] = try round.items(name)
    if done.count < problems.count {
      let (setup, policy) = try await round.setup(policy: round.plan.models.policy)
      defer { withExtendedLifetime(policy) {} }
      try await round.outsource(
        problems.dropFirst(done.count), setup, policy.spec, for: name, as: name.rawValue)
      let pulse = SearchPulse(of: problems.count - done.count)
      var control = SearchControl()
      // A search that was killed goes on: same header, same seed.
      (control.resumes, control.jobs, control.pulse) = (true, round.plan.jobs, pulse)
      control.isInterrupted = round.control.isInterrupted
      try await setup.search(problems.dropFirst(done.count), control: control) { result in
        // What was cut short is no result: it is gone on with.
        if round.control.isInterrupted(), result.stopped == nil, result.error == nil { return }
        let item = RoundSearch(result)
        try round.append([item], to: name, first: done.count)
        done.append(item)
        round.tell(name, done.count, of: problems.count, pulse.words(of: setup))
      }
    }
    if done.count < problems.count { throw RoundHalt.interrupted }
    return report(done)
  }

  private func report(_ done: [RoundSearch]) -> RoundStageReport {
    var report = RoundStageReport()
    report.tokens = done.reduce(0) { $0 + $1.tokens }
    let judged = done.compactMap(\.correct)
    report.figures = [
      .init("problems", done.count), .init("answered", done.count { $0.answer != nil }),
      .init("tokens a problem", Double(report.tokens) / Double(max(1, done.count))),
    ]
    if let right = RoundStageReport.Figure(
      "right", right: judged, note: "of \(judged.count) with a reference answer")
    {
      report.figures.append(right)
    }
    let failed = done.filter { $0.error != nil }
    if let first = failed.first {
      report.remarks.append("\(failed.count) searches failed, the first one: \(first.error ?? "")")
    }
    return report
  }
}
