import Foundation

/// The Markdown table of an evaluation: accuracy of each method, and search against each of the others, paired.
struct EvaluationTable {
  let trials: [Trial]
  let problemCount: Int

  /// The table's lines.
  func lines() -> [String] {
    let seeds = Set(trials.map(\.seed)).count
    var lines = [
      "| method | accuracy | 95 % interval | tokens a problem | search minus this, 95 % interval |",
      "|---|---|---|---|---|",
    ]
    let search = byProblem(.search)
    for method in Method.allCases where trials.contains(where: { $0.method == method }) {
      let own = byProblem(method)
      let accuracy = Statistics.bootstrap(own)
      let tokens = trials.filter { $0.method == method }
      let mean = tokens.reduce(0) { $0 + $1.tokens } / max(1, tokens.count)
      let difference = Statistics.bootstrap(zip(search, own).map { $0 - $1 })
      let against =
        method == .search
        ? "" : "\(signed(difference.mean)) [\(signed(difference.interval[0])), \(signed(difference.interval[1]))]"
      lines.append(
        "| \(method.rawValue) | \(percent(accuracy.mean)) | \(percent(accuracy.interval[0])) – \(percent(accuracy.interval[1])) | \(mean) | \(against) |"
      )
    }
    return lines + ["", "\(problemCount) problems, \(seeds) seeds; intervals by bootstrap over problems."]
  }

  /// Mean correctness of each problem over the seeds.
  private func byProblem(_ method: Method) -> [Double] {
    var sums = [Double](repeating: 0, count: problemCount)
    var counts = [Double](repeating: 0, count: problemCount)
    for trial in trials where trial.method == method {
      sums[trial.problem] += trial.isCorrect ? 1 : 0
      counts[trial.problem] += 1
    }
    return zip(sums, counts).map { $1 > 0 ? $0 / $1 : 0 }
  }

  private func percent(_ share: Double) -> String { String(format: "%.1f %%", share * 100) }
  private func signed(_ share: Double) -> String { String(format: "%+.1f", share * 100) }
}
