import Lab
import TreeInsight
import TreeSearch
import Vocabulary
import Workspace

/// `run diff` of two policies: trees laid over each other, one problem or a queue of them, with the noise floor beside.
struct PolicyDiff {
  let workspace: Workspace
  let threshold: Double
  /// Second runs of the first policy; nil looks for runs of another seed.
  let noise: String?
  let json: Bool

  private struct Row: Encodable {
    let a, b: String
    let difference: TreeDifference
    let noise: TreeDifference?
  }

  private struct Head: Encodable {
    struct Table: Encodable {
      let problems, bothRight, bothWrong, broken, repaired, unjudged: Int
      let p: Double
      let measures: DifferenceMeasures?

      init(_ summary: QueueSummary) {
        problems = summary.problems.count
        (bothRight, bothWrong) = (summary.table.bothRight, summary.table.bothWrong)
        (broken, repaired, unjudged) = (summary.table.broken, summary.table.repaired, summary.unjudged)
        (p, measures) = (summary.table.p, summary.measures)
      }
    }

    let a, b: String
    let changes: Table
    let noise: Table?
    let unpaired: [String]
  }

  /// Two runs of one problem.
  func compare(_ a: RunRecord, _ b: RunRecord) throws {
    guard a.header.problem.id == b.header.problem.id, a.header.problem.question == b.header.problem.question else {
      throw ExitError.failed(
        "\(a.id) and \(b.id): expected two runs of one problem, found '\(a.header.problem.id)' and '\(b.header.problem.id)'"
      )
    }
    let problem = a.header.problem.id
    let comparison = try PolicyComparison(
      [problem: a], [problem: b], noise: try twins(), threshold: threshold, in: workspace)
    let out = StandardOutput()
    for difference in comparison.changes.problems {
      let floor = comparison.noise?.problems.first
      if json {
        try out.json(Row(a: a.id, b: b.id, difference: difference, noise: floor))
        continue
      }
      let models = [a, b].map { "policy: \($0.header.models["policy"] ?? "none"), seed \($0.header.seed)" }
      try print(["a: \(a.id)  \(models[0])", "b: \(b.id)  \(models[1])"] + difference.lines())
      try print(table(difference.measures, floor?.measures))
    }
  }

  /// Two sets of runs.
  func compare(_ a: RunSelector, _ b: RunSelector) throws {
    let comparison = try PolicyComparison(
      try a.runs(in: workspace), try b.runs(in: workspace), noise: try twins(), threshold: threshold, in: workspace)
    let out = StandardOutput()
    if json {
      try out.json(
        Head(
          a: a.text, b: b.text, changes: .init(comparison.changes), noise: comparison.noise.map { .init($0) },
          unpaired: comparison.unpaired))
      for difference in comparison.changes.problems { try out.json(difference) }
      return
    }
    try print(["a: \(a.text)", "b: \(b.text)", "problems: \(comparison.changes.problems.count)"])
    if !comparison.unpaired.isEmpty { try print(["problems on one side only: \(comparison.unpaired.count)"]) }
    try print(comparison.changes.rows + table(comparison.changes.measures, comparison.noise?.measures))
    if let noise = comparison.noise {
      let turned = "\(noise.table.broken) turned wrong, \(noise.table.repaired) turned right"
      try print(["the noise floor is that of \(noise.problems.count) problems: with another seed \(turned)"])
    }
  }

  private func twins() throws -> [String: RunRecord]? { try noise.map { try RunSelector($0).runs(in: workspace) } }

  private func table(_ measures: DifferenceMeasures?, _ noise: DifferenceMeasures?) -> [[String]] {
    let rows = [["measure", "a to b", "a to a with another seed"]] + DifferenceMeasures.rows(measures, beside: noise)
    return noise == nil
      ? rows + [["the noise floor is not known: search with the first policy and another --seed, too"]] : rows
  }

  /// Rows of cells that tabs part.
  private func print(_ rows: [[String]]) throws {
    for row in rows { try StandardOutput().line(row.map(\.printable).joined(separator: "\t")) }
  }

  private func print(_ lines: [String]) throws { try print(lines.map { [$0] }) }
}
