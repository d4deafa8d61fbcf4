import Vocabulary
import Workspace

/// Something that a promotion asks for, and whether it holds.
package struct RoundCondition: Codable, Sendable, Equatable {
  /// What is asked for.
  package var name: String
  /// Whether it holds.
  package var holds: Bool
  /// What was found.
  package var found: String
}

/// Whether the next round begins from the new policy. A line that fails keeps the old one, and everything that was made.
struct PromoteStage: RoundStage {
  let name = RoundStageName.promote

  func run(_ round: RoundContext) async throws -> RoundStageReport {
    if round.plan.isSigned, round.state.signer == nil { throw RoundHalt.waiting }
    let conditions = try Self.conditions(round)
    let isPromoted = conditions.allSatisfy(\.holds)
    if try round.workspace.itemCount(of: round.record, stage: name.rawValue) == 0 {
      try round.append(conditions, to: name, first: 0)
    }
    var report = RoundStageReport()
    report.figures = [.init("promoted", isPromoted ? 1 : 0)]
    report.remarks = conditions.map { "\($0.holds ? "holds" : "fails"): \($0.name): \($0.found)" }
    return report
  }

  private static func conditions(_ round: RoundContext) throws -> [RoundCondition] {
    let evaluated = round.state.reports[.evaluate]
    func words(_ figure: RoundStageReport.Figure?) -> String { figure?.words ?? "not measured" }
    let gain = evaluated?["greedy gain"]
    var all = [
      RoundCondition(
        name: "the gain's interval excludes 0", holds: (gain?.interval?.first ?? 0) > 0, found: words(gain))
    ]
    if let diversity = evaluated?["pass@\(round.plan.samples) gain"] {
      // It fell where the whole interval says so.
      all.append(
        RoundCondition(
          name: "pass@\(round.plan.samples) has not fallen", holds: (diversity.interval?.last ?? 0) >= 0,
          found: words(diversity)))
    }
    let drawn = try round.items(.filter, as: RoundCandidate.self).enumerated().filter { $1.isAudited && $1.passed }
    let decisions = Dictionary(
      uniqueKeysWithValues: drawn.enumerated().compactMap { place, item in
        round.state.decisions[item.offset].map { (place, $0) }
      })
    let audit = RoundAudit.precision(of: drawn.map(\.element), decisions: decisions)
    if round.plan.audit > 0 {
      all.append(
        RoundCondition(
          name: "audit precision is at least \(FixedNumber.text(round.plan.auditTarget, decimals: 2, none: "–"))",
          holds: (audit?.value ?? 0) >= round.plan.auditTarget, found: words(audit)))
    }
    if round.plan.isSigned {
      all.append(
        RoundCondition(name: "a person signed", holds: round.state.signer != nil, found: round.state.signer ?? "nobody")
      )
    }
    return all
  }
}
