import TreeInsight
import Vocabulary
import Workspace

/// Series that differ in nothing but their seed, taken together: each policy's gain on the held-out problems, averaged over the
/// seeds of a problem before the interval is drawn, since those are not independent.
package struct RoundPool: Sendable {
  /// A policy of the pooled series.
  package struct Row: Sendable, Equatable {
    /// The round's number, and whose rows the policy was trained on: `search`, or an arm's name.
    package let round: Int
    package let arm: String
    /// Rows and steps of the training, means over the seeds.
    package let rows, steps: Double
    /// The share of right rows, where somebody knows; nil where nobody does.
    package let precision: Double?
    /// The share of held-out problems answered right, and the gain over the policy that the series began with.
    package let accuracy, gain: Statistics.Estimate
  }

  /// The policy that the series began with.
  package let before: Statistics.Estimate
  /// The others, round by round.
  package let rows: [Row]
  /// Series pooled, and held-out problems.
  package let series: [String]
  package let problems: Int

  /// Pools the series called `names`.
  ///
  /// - Throws: `LabError` where a series is not there or was measured on other problems; `WorkspaceError`.
  package init(_ names: [String], in workspace: Workspace) throws {
    let reports = try names.map { try RoundReport(series: $0, in: workspace) }
    if let missing = reports.first(where: \.rounds.isEmpty) {
      throw LabError.failed("\(workspace.path): there is no series '\(missing.series)'")
    }
    let trials = try reports.map { report in
      try report.rounds.map { round -> [RoundTrial] in
        try RoundItems.read(
          workspace.items(of: round.record, stage: RoundStageName.evaluate.rawValue), of: round.record, "evaluate")
      }
    }
    let first = trials.map { rounds in (rounds.first ?? []).filter { $0.arm == "before" } }
    let order = first[0].map(\.problem)
    guard !order.isEmpty, first.allSatisfy({ $0.map(\.problem) == order }) else {
      throw LabError.failed("\(names.joined(separator: ", ")): expected series measured on the same problems")
    }
    /// Of each problem the mean over the seeds.
    func means(_ values: [[Double]]) -> [Double] {
      order.indices.map { problem in values.reduce(0) { $0 + $1[problem] } / Double(values.count) }
    }
    let begun = first.map { $0.map { $0.isRight ? 1.0 : 0 } }
    before = Statistics.bootstrap(means(begun))
    var rows: [Row] = []
    let count = trials.map(\.count).min() ?? 0
    for number in 0..<count {
      let arms = reports[0].rounds[number].plan.arms
      for arm in ["after"] + arms {
        let found = trials.map { $0[number].filter { $0.arm == arm } }
        guard found.allSatisfy({ $0.map(\.problem) == order }) else { continue }
        let right = found.map { $0.map { $0.isRight ? 1.0 : 0 } }
        let train = reports.map { $0.rounds[number].state.reports }
        func mean(_ value: ([RoundStageName: RoundStageReport]) -> Double?) -> Double? {
          let known = train.compactMap(value)
          return known.isEmpty ? nil : known.reduce(0, +) / Double(known.count)
        }
        let isSearch = arm == "after"
        rows.append(
          Row(
            round: number + 1, arm: isSearch ? "search" : arm,
            rows: mean { (isSearch ? $0[.export]?["rows"] : $0[.train]?["rows \(arm)"])?.value } ?? 0,
            steps: mean { (isSearch ? $0[.train]?["steps"] : $0[.train]?["steps \(arm)"])?.value } ?? 0,
            precision: mean {
              (isSearch ? $0[.filter]?["right of all passed"] : $0[.train]?["right rows \(arm)"])?.value
            },
            accuracy: Statistics.bootstrap(means(right)),
            gain: Statistics.paired(means(right), minus: means(begun))))
      }
    }
    (self.rows, series, problems) = (rows, names, order.count)
  }

  /// The table, as Markdown.
  package var markdown: String {
    func text(_ number: Double) -> String { FixedNumber.text(number, decimals: 1, none: "–") }
    func share(_ estimate: Statistics.Estimate) -> String {
      "\(text(estimate.mean * 100)) [\(text(estimate.low * 100)), \(text(estimate.high * 100))]"
    }
    let head = [
      "\(series.count) series (\(series.joined(separator: ", "))), \(problems) held-out problems; before: "
        + "\(share(before)) % right at temperature 0", "",
      "| round | rows of | rows | right rows, % | steps | accuracy, % [95 %] | gain over the first policy, points [95 %] |",
      "|---|---|---|---|---|---|---|",
    ]
    return
      (head
      + rows.map { row in
        let cells = [
          "\(row.round)", row.arm, FixedNumber.text(row.rows, decimals: 0, none: "–"),
          row.precision.map { text($0 * 100) } ?? "–", FixedNumber.text(row.steps, decimals: 0, none: "–"),
          share(row.accuracy), (row.gain.mean < 0 ? "" : "+") + share(row.gain),
        ]
        return "| " + cells.joined(separator: " | ") + " |"
      }).joined(separator: "\n") + "\n"
  }
}
