import Foundation

extension CriticReport {
  /// The report for people: a table, and the curve of each row where one critic was asked for.
  package func lines(withCurves: Bool) -> [String] {
    guard !rows.isEmpty else {
      return [
        "no step has both a critic's score and a label or a known outcome: label steps of runs whose critics spoke, or commit them"
      ]
    }
    var table = MarkdownTable(columns: [
      "critic", "against", "steps", "n", "true", "ECE", "ECE by chance", "Brier", "AUC within problem",
      "first error F1",
    ])
    table.rows = rows.map { row in
      let chance = row.curve.chance
      let auc = row.ranking.auc.map { String(format: "%.3f (%d problems)", $0, row.ranking.problems) } ?? "–"
      let errors = row.firstErrors.flatMap { errors in
        errors.f1.map { String(format: "%.3f (%d wrong, %d right)", $0, errors.erroneous, errors.correct) }
      }
      return [
        row.critic.printable, row.truth.rawValue, row.group, "\(row.count)", MarkdownTable.percent(row.curve.share),
        String(format: "%.3f", row.curve.error), String(format: "%.3f, 95 %% below %.3f", chance.mean, chance.high),
        String(format: "%.3f", row.curve.brier), auc, errors ?? "–",
      ]
    }
    var lines =
      table.lines + [
        "",
        "true: good by people, or the right answer; ECE by chance: what a perfect critic with these scores shows; an error below the 95 % "
          + "shows nothing. First error: the first step scored below \(threshold) against the first that people call bad.",
      ]
    if contested > 0 { lines.append("\(contested) steps on which people are split count nowhere: adjudicate them") }
    if withCurves { lines += rows.flatMap(curve) }
    return lines
  }

  private func curve(_ row: Row) -> [String] {
    var table = MarkdownTable(columns: ["bin", "scores", "n", "mean score", "true", "95 %", ""])
    table.rows = row.curve.bins.enumerated().map { index, bin in
      let (low, high) = (bin.wilson[0], bin.wilson[1])
      let side = bin.score > high ? "too high" : bin.score < low ? "too low" : ""
      return [
        "\(index + 1)", String(format: "%.2f–%.2f", bin.from, bin.to), "\(bin.count)",
        String(format: "%.3f", bin.score),
        MarkdownTable.percent(bin.share), "\(MarkdownTable.percent(low)) – \(MarkdownTable.percent(high))", side,
      ]
    }
    return ["", "\(row.critic.printable) against \(row.truth.rawValue), \(row.group):", ""] + table.lines
  }
}

extension CriticReport.Row {
  /// The row as `--json` prints it.
  package var json: some Encodable {
    JSON(
      critic: critic, against: truth.rawValue, group: group, steps: count, share: curve.share, ece: curve.error,
      eceByChance: curve.chance.mean, eceByChance95: curve.chance.high, brier: curve.brier, auc: ranking.auc,
      aucPairs: ranking.pairs, aucProblems: ranking.problems,
      firstErrors: firstErrors.map {
        JSON.Errors(
          erroneous: $0.erroneous, found: $0.found, correct: $0.correct, passed: $0.passed, f1: $0.f1)
      },
      bins: curve.bins.map {
        JSON.Bin(from: $0.from, to: $0.to, count: $0.count, score: $0.score, share: $0.share, wilson: $0.wilson)
      })
  }

  private struct JSON: Encodable {
    struct Bin: Encodable {
      let from, to: Double
      let count: Int
      let score, share: Double
      let wilson: [Double]
    }
    struct Errors: Encodable {
      let erroneous, found, correct, passed: Int
      let f1: Double?
    }

    let critic, against, group: String
    let steps: Int
    let share, ece, eceByChance, eceByChance95, brier: Double
    let auc: Double?
    let aucPairs, aucProblems: Int
    let firstErrors: Errors?
    let bins: [Bin]
  }
}

/// A step as `dataset critics --bin` prints it.
package struct StepLine: Encodable, Sendable {
  package let run: String?
  package let node: Int
  package let problem: String
  package let depth: Int
  package let kind: String
  package let score: Double?
  /// What people say of it.
  package let label: String?
  /// Whether the answer it states is right.
  package let right: Bool?
  package let text: String

  package init(_ step: LabelledStep, critic: String) {
    (run, node, problem, depth, text) = (step.run, step.node, step.problem, step.depth, step.text)
    (kind, score, label, right) = (step.kind.rawValue, step.scores[critic], step.label?.word, step.isRight)
  }
}
