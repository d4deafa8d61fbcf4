import Models
import Vocabulary

/// A tool as a critic: asked where it applies, its finding weighed by the trust it has earned.
struct ToolCritic: Critic {
  let tool: any Tool

  var name: String { tool.name }
  var scope: CriticScope { tool.scope }

  func score(_ states: [JudgedState]) async throws -> [Verdict] {
    try await states.mapAtOnce { try await verdict(on: $0) }
  }

  private func verdict(on state: JudgedState) async throws -> Verdict {
    try Task.checkCancellation()
    let finding: ToolFinding
    do {
      finding = try await whole(state)
    } catch let error as SandboxError {
      return Verdict(score: nil, note: "off: \(error)")
    }
    let trust = state.tools.trust.trust(in: tool, finding.kind)
    let score = ToolTrust.score(finding.kind, trust: trust)
    return Verdict(
      score: score, note: score == nil ? finding.note : finding.note + "; " + words(trust, finding.kind, state))
  }

  /// What it finds in the newest option, or else what it objects to before: a state is no better than its worst step.
  private func whole(_ state: JudgedState) async throws -> ToolFinding {
    let newest =
      switch tool.application(to: state) {
      case .applies: try await tool.check(state)
      case .rests(let why): ToolFinding(.unsure, why)
      }
    guard tool.scope == .everyNode, newest.kind != .refuted else { return newest }
    var earlier = state
    while earlier.optionTexts.count > 1 {
      earlier.optionTexts.removeLast()
      guard case .applies = tool.application(to: earlier) else { continue }
      let finding = try await tool.check(earlier)
      if finding.kind == .refuted { return ToolFinding(.refuted, "before: " + finding.note) }
    }
    return newest
  }

  /// `trusted 0.93: 14 of 15 outcomes agree`.
  private func words(_ trust: Double, _ kind: ToolFinding.Kind, _ state: JudgedState) -> String {
    let seen = state.tools.trust.seen(tool, kind)
    let agreeing = kind == .holds ? seen.good : seen.bad
    let number = FixedNumber.text(trust, decimals: 2, none: "nothing")
    return "trusted \(number == "1.00" ? "1" : number)"
      + (seen.all == 0 ? "" : ": \(agreeing) of \(seen.all) outcomes agree")
  }
}
