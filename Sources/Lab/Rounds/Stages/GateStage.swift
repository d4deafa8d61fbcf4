import Vocabulary
import Workspace

/// Who lets trajectories into the dataset: the rule by itself, or a person, for whom the round waits.
struct GateStage: RoundStage {
  let name = RoundStageName.gate

  func run(_ round: RoundContext) async throws -> RoundStageReport {
    if round.plan.gate == .person, round.state.approver == nil { throw RoundHalt.waiting }
    let accepted = try round.accepted()
    var report = RoundStageReport()
    let overruled = round.state.decisions.values
    report.figures = [
      .init("accepted", accepted.count), .init("accepted by a person", overruled.count { $0.accepted }),
      .init("refused by a person", overruled.count { !$0.accepted }),
    ]
    report.remarks = round.state.approver.map { ["approved by \($0)"] } ?? []
    // A person's words are events: they are what this stage makes.
    report.output = SHA256.hex(Array(accepted.map { "\($0.place)" }.joined(separator: ",").utf8))
    return report
  }
}

extension RoundContext {
  /// What may be learned from, with its place in the filter's list: what the rule passed and no person refused, and what a person
  /// accepted.
  package func accepted() throws -> [(place: Int, candidate: RoundCandidate)] {
    let candidates: [RoundCandidate] = try items(.filter)
    return candidates.enumerated().compactMap { place, candidate in
      (state.decisions[place]?.accepted ?? candidate.passed) ? (place, candidate) : nil
    }
  }
}
