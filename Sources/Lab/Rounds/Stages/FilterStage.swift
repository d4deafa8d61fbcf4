import TreeInsight
import TreeSearch
import Vocabulary
import Workspace

/// A finished trajectory that the filter looked at.
package struct RoundCandidate: Codable, Sendable, Equatable {
  /// The problem's id.
  package var problem: String
  /// The run in the workspace.
  package var run: String
  /// The node where the trajectory ends, or where its rollout begins.
  package var node: Int
  /// The rollout that finishes it; nil where the node itself does.
  package var rollout: Int?
  /// Its text, the question left out.
  package var text: String
  /// The answer it states.
  package var answer: String
  /// Whether it agrees with the reference; nil without one.
  package var correct: Bool?
  /// What the rule was asked of.
  package var facts: TrajectoryFacts
  /// Whether the rule passed it.
  package var passed: Bool
  /// Whether it was drawn for the audit.
  package var isAudited: Bool
}

/// Which trajectories are worth learning from: a rule, so many of a problem, each way of solving it once.
struct FilterStage: RoundStage {
  let name = RoundStageName.filter
  /// Trajectories that an audit looks at, about, where the plan's share of them would be fewer.
  private static let leastAudit = 30.0

  func run(_ round: RoundContext) async throws -> RoundStageReport {
    let rule = try TrajectoryRule(round.plan.rule)
    let searches: [RoundSearch] = try round.items(.search)
    var kept: [RoundCandidate] = try round.items(name)
    // Trees are read again in order; those whose candidates are kept are passed over.
    let known = Set(kept.map(\.run))
    for (index, search) in searches.enumerated() where !known.contains(search.run) {
      try round.check()
      let found = try candidates(of: search, rule, round, index, of: searches.count)
      try round.append(found, to: name, first: kept.count)
      kept += found
      if index % 20 == 19 { round.tell(name, index + 1, of: searches.count) }
    }
    return report(kept, searches.count)
  }

  private func candidates(
    of search: RoundSearch, _ rule: TrajectoryRule, _ round: RoundContext, _ index: Int, of searched: Int
  ) throws -> [RoundCandidate] {
    let tree = try round.workspace.tree(of: search.run)
    let (all, finals) = (tree.candidates(), tree.finalAnswers())
    var ways: Set<[StatedLine]> = []
    var found: [RoundCandidate] = []
    // The best first; of equals the one that was found first.
    let ranked = all.enumerated().sorted { ($1.element.score, $0.offset) < ($0.element.score, $1.offset) }.map(
      \.element)
    var generator = SplitMix(seed: SplitMix.seed(round.seed, index))
    for candidate in ranked {
      let facts = TrajectoryFacts(of: candidate, in: tree, among: all, finals: finals)
      let passed = rule.matches(facts, endingAt: candidate.node, in: tree)
      // One that the rule refuses is shown only where nothing passes.
      guard passed || found.isEmpty else { continue }
      let text = tree.texts(of: candidate).joined()
      // Equal steps in other words of the same values are one way to solve it.
      let way = text.split(whereSeparator: \.isNewline).map { StatedLine($0) }
      guard ways.insert(way).inserted else { continue }
      if passed, found.first?.passed == false { found = [] }
      found.append(
        RoundCandidate(
          problem: search.problem, run: search.run, node: candidate.node.offset, rollout: candidate.rollout,
          text: text, answer: candidate.answer, correct: tree.header.problem.accepts(candidate.answer), facts: facts,
          passed: passed, isAudited: false))
      if found.count(where: \.passed) >= round.plan.perProblem { break }
    }
    // A share of few is too small a sample to say anything: thirty are drawn at least, where there are so many.
    let share = round.plan.audit > 0 ? max(round.plan.audit, Self.leastAudit / Double(max(1, searched))) : 0
    for place in found.indices where generator.unit() < share { found[place].isAudited = true }
    return found
  }

  private func report(_ kept: [RoundCandidate], _ searched: Int) -> RoundStageReport {
    var report = RoundStageReport()
    let passed = kept.filter(\.passed)
    let problems = Set(passed.map(\.problem)).count
    report.figures = [
      .init("trajectories", kept.count), .init("passed", passed.count),
      .init("problems kept", problems, of: searched),
    ]
    if let precision = RoundAudit.precision(of: passed.filter(\.isAudited), decisions: [:]) {
      report.figures.append(precision)
    }
    if let right = RoundStageReport.Figure(
      "right of all passed", right: passed.compactMap(\.correct), note: "where a reference answer is known")
    {
      report.figures.append(right)
    }
    if passed.isEmpty { report.remarks.append("no trajectory passed the rule") }
    return report
  }
}

/// What an audit says of accepted trajectories: by the reference where there is one, else by a person's word.
enum RoundAudit {
  /// The share of right ones in `sample`, with persons' words by place in it; nil where nothing could be judged.
  static func precision(of sample: [RoundCandidate], decisions: [Int: RoundState.Decision]) -> RoundStageReport.Figure?
  {
    let judged = sample.enumerated().compactMap { $1.correct ?? decisions[$0]?.accepted }
    return RoundStageReport.Figure("audit precision", right: judged, note: "\(judged.count) drawn")
  }
}
