import Foundation
import Models
import Vocabulary
import Workspace

/// New questions, each examined; those that are refused are kept with their reason.
struct ImagineStage: RoundStage {
  let name = RoundStageName.imagine

  func run(_ round: RoundContext) async throws -> RoundStageReport {
    let plan = round.plan
    var report = RoundStageReport()
    guard plan.imagined > 0 else { return report }
    var settings = ImaginationSettings(count: plan.imagined, seed: round.seed)
    if !plan.kinds.isEmpty { settings.kinds = plan.kinds }
    settings.round = round.record.number
    settings.samples = plan.imaginationSamples
    settings.agreement = ImaginationSettings.agreement(of: plan.imaginationSamples)
    if let range = plan.difficulty { settings.difficulty = range[0]...range[1] }
    var heldOut = try HeldOut(files: [])
    heldOut.add(try round.heldOut(), from: "held-out problems of the round")
    let parents = try round.given().map { LoadedProblem(problem: $0) }
    let imagination = try Imagination(settings, heldOut: heldOut)
    let needsModel = imagination.needsModel(for: parents)
    let models = needsModel ? try await round.setup(policy: plan.models.policy) : nil
    defer { withExtendedLifetime(models?.policy) {} }
    // The same seed imagines the same prompts: what is kept already is passed over.
    var kept = try round.workspace.itemCount(of: round.record, stage: name.rawValue)
    var seen = 0
    var accepted = 0
    let tallies = try await imagination.run(
      from: parents, model: models?.setup.models.policy, isInterrupted: round.control.isInterrupted
    ) { prompt in
      seen += 1
      if prompt.isAccepted { accepted += 1 }
      if seen > kept {
        try round.append([prompt], to: name, first: kept)
        kept += 1
      }
      if seen % 20 == 0 { round.tell(name, accepted, of: plan.imagined, "\(seen) tried") }
    }
    try round.check()
    report.figures = [.init("tried", seen), .init("accepted", accepted)]
    for tally in tallies { report.figures.append(.init("accepted: \(tally.kind)", tally.accepted)) }
    let prompts: [ImaginedPrompt] = try round.items(name)
    for (reason, count) in Self.reasons(prompts) { report.figures.append(.init("refused: \(reason)", count)) }
    if accepted < plan.imagined {
      report.remarks.append("\(accepted) of \(plan.imagined) questions: what is left to try was given up")
    }
    return report
  }

  /// How often each reason refused one, the commonest first.
  private static func reasons(_ prompts: [ImaginedPrompt]) -> [(String, Int)] {
    let counts = Dictionary(prompts.compactMap { $0.verdict.reason.map { ($0.rawValue, 1) } }, uniquingKeysWith: +)
    return counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
  }
}

extension RoundContext {
  /// What is searched: the given problems, unless the plan leaves them out, and the accepted imagined ones.
  package func problems() throws -> [Problem] {
    let given = plan.searchesGiven ? try given() : []
    return try given + imagined().filter(\.isAccepted).map { try $0.problem().problem }
  }

  /// What this round imagined, in order.
  package func imagined() throws -> [ImaginedPrompt] { plan.skips.contains(.imagine) ? [] : try items(.imagine) }
}
