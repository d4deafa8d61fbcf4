import Foundation
import TreeInsight
import TreeSearch

/// The Markdown tables of an evaluation.
package struct EvaluationTables {
  let result: EvaluationResult

  /// The tables of `result`.
  package init(result: EvaluationResult) { self.result = result }

  private var plan: EvaluationPlan { result.plan }

  /// All lines, of each file of problems under a heading of its own where there are several.
  package func lines() -> [String] {
    let parts = result.parts
    guard parts.count > 1 else { return part() }
    return Array(
      parts.map { name, result in
        ["### \(name ?? "all together")", ""] + EvaluationTables(result: result).part()
      }.joined(separator: [""]))
  }

  /// The lines of one set of problems: accuracy first, then the runs of the engine.
  private func part() -> [String] {
    let accuracy = plan.steps.isEmpty ? comparison() : ablation()
    let note =
      "\(result.problemCount) problems, \(plan.seeds.count) seeds; intervals by bootstrap over problems."
    return accuracy.lines + ["", note, ""] + runs().lines
      + (misled.rows.isEmpty ? [] : ["", Self.misledNote, ""] + misled.lines)
      + (calibration.rows.isEmpty ? [] : ["", Self.calibrationNote, ""] + calibration.lines)
      + (forecasts.rows.isEmpty ? [] : ["", Self.forecastNote, ""] + forecasts.lines)
  }

  private static let misledNote =
    "Found and not chosen: runs in whose tree the right answer stands while another was chosen, and in how many of them each kind of evidence spoke for that other one, and most of all kinds."

  private static let calibrationNote =
    "Calibration on finished trajectories: the share of right answers among the verdicts in each tenth of the score, and how many there were; ECE is their mean distance from the scores."

  private static let forecastNote =
    "Forecasts: what a run said of the simulations left, each time those made had doubled, against what came; ECE in tenths, its interval by bootstrap over problems."

  private var misled: MarkdownTable { result.misledTable(budgetCell: budgetCell, columns: budgetColumn) }

  private var forecasts: MarkdownTable { result.forecastTable(budgetCell: budgetCell, columns: budgetColumn) }

  /// How often each critic's verdicts came true, tenth by tenth (a reliability curve), and the expected calibration error.
  private var calibration: MarkdownTable {
    let tenths = (0..<10).map { "\($0 * 10)–\($0 * 10 + 10) %" }
    var table = MarkdownTable(columns: budgetColumn + ["run", "critic", "verdicts", "ECE", "Δ/σ"] + tenths)
    for budget in plan.budgets.indices {
      for method in plan.methods {
        guard let runs = RunSummary(result.trials(method, budget)) else { continue }
        for (critic, reliability) in runs.reliability.sorted(by: { $0.key < $1.key }) {
          table.rows.append(
            budgetCell(budget) + [
              method.name, critic, "\(reliability.count)", String(format: "%.3f", reliability.error),
              reliability.signal.map { String(format: "%.2f", $0) } ?? "–",
            ] + reliability.bins.map(Self.cell))
        }
      }
    }
    return table
  }

  private static func cell(_ bin: Reliability.Bin) -> String {
    bin.count == 0 ? "" : "\(MarkdownTable.percent(Double(bin.right) / Double(bin.count))) of \(bin.count)"
  }

  /// Accuracy of each method, and search against each of the others, paired.
  private func comparison() -> MarkdownTable {
    var table = MarkdownTable(
      columns: budgetColumn + [
        "method", "accuracy", "95 % interval", "tokens a problem",
      ] + (hasPrices ? ["cost a problem"] : []) + ["search minus this, 95 % interval"])
    let search = plan.reference
    for budget in plan.budgets.indices {
      for method in plan.methods {
        let against = search.map { search in
          let pairs = result.pairs(search, method, budget)
          return Statistics.paired(pairs.one, minus: pairs.other)
        }
        table.rows.append(
          budgetCell(budget) + [method.name] + accuracy(method, budget) + [tokens(method, budget)]
            + (hasPrices ? [rounded(result.trials(method, budget).mean { $0.outcome.cost ?? 0 })] : [])
            + [method.isReference ? "" : against.map(MarkdownTable.difference) ?? ""])
      }
    }
    return table
  }

  /// The rows of an ablation, each against the row before it, paired.
  private func ablation() -> MarkdownTable {
    var table = MarkdownTable(
      columns: [
        "step", "accuracy", "95 % interval", "tokens a problem", "nodes a problem",
        "minus the row before, 95 % interval",
        "what it changes",
      ])
    var before: Entrant?
    for (method, step) in zip(plan.methods, plan.steps) {
      let pairs = before.map { result.pairs(method, $0, 0) }
      table.rows.append(
        [step.name] + accuracy(method, 0) + [
          tokens(method, 0), rounded(result.trials(method, 0).mean { Double($0.outcome.nodes) }),
          pairs.map { MarkdownTable.difference(Statistics.paired($0.one, minus: $0.other)) } ?? "", step.description,
        ])
      before = method
    }
    return table
  }

  /// Where runs of the engine lose: in the search or in the final selection; and what they cost.
  private func runs() -> MarkdownTable {
    var table = MarkdownTable(
      columns: budgetColumn + ["run", "gold reached", "of these chosen"] + FinalSelection.allCases.map(\.rawValue) + [
        "nodes", "draws", "critic calls", "prompt tokens reused", "overhead",
      ])
    for budget in plan.budgets.indices {
      for method in plan.methods {
        let trials = result.trials(method, budget)
        guard let runs = RunSummary(trials) else { continue }
        table.rows.append(
          budgetCell(budget) + [
            method.name, MarkdownTable.percent(runs.goldReached),
            runs.chosenOfReached.map(MarkdownTable.percent) ?? "–",
          ]
            + FinalSelection.allCases.map { MarkdownTable.percent(runs.finals[$0] ?? 0) }
            + [
              rounded(trials.mean { Double($0.outcome.nodes) }), rounded(runs.draws), rounded(runs.criticCalls),
              MarkdownTable.percent(runs.reusedShare), String(format: "%.3f", runs.overhead),
            ])
      }
    }
    return table
  }

  private var hasPrices: Bool { !plan.prices.isPlain }
  private var hasBudgets: Bool { plan.budgets != [.own] && plan.steps.isEmpty }
  private var budgetColumn: [String] { hasBudgets ? ["budget"] : [] }
  private func budgetCell(_ budget: Int) -> [String] { hasBudgets ? [plan.budgets[budget].label] : [] }

  private func accuracy(_ method: Entrant, _ budget: Int) -> [String] {
    let estimate = Statistics.bootstrap(result.correctness(method, budget))
    return [MarkdownTable.percent(estimate.mean), MarkdownTable.interval(estimate)]
  }

  private func tokens(_ method: Entrant, _ budget: Int) -> String {
    "\(Int(result.trials(method, budget).mean { Double($0.outcome.tokens) }))"
  }

  private func rounded(_ value: Double) -> String { String(format: "%.1f", value) }
}

/// A Markdown table.
package struct MarkdownTable {
  package let columns: [String]
  package var rows: [[String]] = []

  /// A table without rows.
  package init(columns: [String]) { self.columns = columns }

  /// The table's lines.
  package var lines: [String] {
    [line(columns), "|" + String(repeating: "---|", count: columns.count)] + rows.map(line)
  }

  private func line(_ cells: [String]) -> String { "| " + cells.joined(separator: " | ") + " |" }

  /// A share in percent: `62.5 %`.
  package static func percent(_ share: Double) -> String { String(format: "%.1f %%", share * 100) }

  /// An interval of shares in percent.
  package static func interval(_ estimate: Statistics.Estimate) -> String {
    "\(percent(estimate.low)) – \(percent(estimate.high))"
  }

  /// A difference of shares in points, and its interval.
  package static func difference(_ estimate: Statistics.Estimate) -> String {
    "\(signed(estimate.mean)) [\(signed(estimate.low)), \(signed(estimate.high))]"
  }

  private static func signed(_ share: Double) -> String {
    let text = String(format: "%+.1f", share * 100)
    return text == "-0.0" ? "+0.0" : text
  }
}
