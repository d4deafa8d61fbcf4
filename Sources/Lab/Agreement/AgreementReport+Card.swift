import Foundation
import Workspace

extension AgreementReport {
  /// What a dataset card says of how far the people agree whose labels stand beside the commits: a line for each kind of label that
  /// two or more people gave to something; empty where they did not.
  package static func cardLines(_ ledger: LabelLedger) throws -> [String] {
    guard !ledger.isEmpty else { return [] }
    return try [RatedAct.step, .verdict].compactMap { act in
      // Intervals are for whoever asks `dataset agreement`.
      let report = try AgreementReport(ledger, RatingTable.Choice(act: act), draws: 1)
      guard let row = report.rows.first, row.estimate.doublyLabelled > 0 else { return nil }
      let kind = "Agreement of \(row.people.count) people on \(act.rawValue) labels"
      let units = "\(row.estimate.doublyLabelled) units labelled by two or more"
      guard let figures = row.estimate.figures, !row.estimate.isTooFew else {
        return "\(kind): too few to say, \(units)"
      }
      func words(_ coefficient: AgreementFigures.Coefficient) -> String {
        if case .value(let value) = coefficient { String(format: "%.3f", value) } else { "undefined (all equal)" }
      }
      return
        "\(kind): raw \(String(format: "%.3f", figures.raw)), Krippendorff's α \(words(figures.alpha.nominal)) (nominal), "
        + "AC1 \(words(figures.ac1)), of \(units)"
    }
  }
}
