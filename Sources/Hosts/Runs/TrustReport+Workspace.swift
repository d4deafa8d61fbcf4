import Explorer
import Foundation
import Lab
import Vocabulary
import Workspace

extension TrustReport {
  /// What the labels and commits of `workspace` say of people and critics. Throws where a row is damaged.
  package init(of workspace: Workspace) throws {
    let ledger = try workspace.labelLedger()
    let agreement = try RatedAct.allCases.map { try AgreementReport(ledger, RatingTable.Choice(act: $0)).sentence }
    let rows = CriticReport(try workspace.labelledSteps()).rows
    self.init(agreement: agreement, critics: rows.map(Critic.init))
  }
}

extension TrustReport.Critic {
  fileprivate init(_ row: CriticReport.Row) {
    let auc = row.ranking.auc.map { String(format: ", AUC within problems %.3f", $0) } ?? ""
    self.init(
      name: "\(row.critic.printable) against \(row.truth.rawValue)",
      facts: String(
        format: "ECE %.3f (by chance %.3f, 95 %% below %.3f), Brier %.3f%@", row.curve.error, row.curve.chance.mean,
        row.curve.chance.high, row.curve.brier, auc),
      bins: row.curve.bins.map { bin in
        let (low, high) = (bin.wilson[0], bin.wilson[1])
        let side = bin.score > high ? ", says too much" : bin.score < low ? ", says too little" : ""
        return TrustReport.Bin(
          words: String(
            format: "%.2f–%.2f: %d steps, mean %.2f, true %.0f %% (%.0f to %.0f)%@", bin.from, bin.to, bin.count,
            bin.score,
            bin.share * 100, low * 100, high * 100, side),
          isOff: !side.isEmpty, steps: bin.members.map { TrustReport.Step(row.steps[$0], critic: row.critic) })
      })
  }
}

extension TrustReport.Step {
  fileprivate init(_ step: LabelledStep, critic: String) {
    let score = step.scores[critic].map { String(format: "%.3f", $0) }
    let outcome = step.isRight.map { $0 ? "right" : "wrong" }
    self.init(
      place: step.run.map { TreePlace(run: $0, node: step.node) },
      facts: [score, step.label?.word, outcome].compactMap { $0 }.joined(separator: " "), text: step.text)
  }
}
