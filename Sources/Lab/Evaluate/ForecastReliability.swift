import TreeInsight
import TreeSearch
import Vocabulary

/// How often what runs forecast of themselves came true, for one of the chances that a forecast gives.
package struct ForecastReliability: Sendable {
  /// The chances of a forecast, by their names in `forecast.calibration`.
  package enum Chance: String, CaseIterable, Sendable {
    /// Another answer leads at the end.
    case leader
    /// An answer stands in the tree at the end that did not.
    case answer
    /// The right answer stands in the tree at the end.
    case found

    /// In words, for a table.
    var words: String {
      switch self {
      case .leader: "another leader"
      case .answer: "a new answer"
      case .found: "right one found"
      }
    }

    /// What was said and what came of it; nil where either is not known.
    fileprivate func point(_ outcome: ForecastOutcome) -> ReliabilityCurve.Point? {
      let said: (Double?, Bool?) =
        switch self {
        case .leader: (outcome.forecast.leaderChanges, outcome.leaderChanged)
        case .answer: (outcome.forecast.newAnswer, outcome.newAnswer)
        case .found: (outcome.forecast.foundThen, outcome.found)
        }
      guard let score = said.0, let isTrue = said.1 else { return nil }
      return ReliabilityCurve.Point(score: score, isTrue: isTrue)
    }
  }

  package let chance: Chance
  /// By problem: its forecasts are not independent.
  private let byProblem: [[ReliabilityCurve.Point]]
  /// The error of forecasts in tenths, and its 95 % interval by bootstrap over problems.
  package let error: Statistics.Estimate

  /// What came of the forecasts of `trials`; nil without any.
  package init?(_ chance: Chance, _ trials: [Trial], draws: Int = 400) {
    let groups = Dictionary(grouping: trials, by: \.problem).sorted { $0.key < $1.key }.map { _, trials in
      trials.flatMap { ($0.outcome.run?.forecasts ?? []).compactMap(chance.point) }
    }.filter { !$0.isEmpty }
    guard !groups.isEmpty else { return nil }
    (self.chance, byProblem) = (chance, groups)
    let parts = groups.map(Self.reliability)
    error = Statistics.bootstrap(parts, draws: draws) { sample in
      sample.reduce(into: Reliability()) { $0 += $1 }.error
    }
  }

  private static func reliability(_ points: [ReliabilityCurve.Point]) -> Reliability {
    points.reduce(into: Reliability()) { $0.add($1.score, isRight: $1.isTrue) }
  }

  /// All forecasts.
  package var points: [ReliabilityCurve.Point] { byProblem.flatMap { $0 } }
  /// Problems that they are about.
  package var problems: Int { byProblem.count }

  /// The map that would have made them come true, as `forecast.calibration` writes it; nil where there is too little to fit.
  package var fit: String? {
    let all = points
    let good = all.count(where: \.isTrue)
    guard all.count >= CalibrationFit.leastLabels, min(good, all.count - good) >= CalibrationFit.leastOfEach else {
      return nil
    }
    let (slope, intercept) = CalibrationFit.platt(all)
    guard slope >= 0, slope.isFinite, intercept.isFinite else { return nil }
    func rounded(_ value: Double) -> Double { (value * 1e4).rounded() / 1e4 }
    return "\(chance.rawValue):platt:\(rounded(slope)):\(rounded(intercept))"
  }
}

/// Reliability of forecasts as `--json` prints it.
package struct ForecastRow: Encodable {
  package let forecasts: Int
  package let mean: Double
  package let share: Double
  package let ece: Double
  package let ci95: [Double]

  init(_ reliability: ForecastReliability) {
    let points = reliability.points
    forecasts = points.count
    mean = points.reduce(0) { $0 + $1.score } / Double(points.count)
    share = Double(points.count(where: \.isTrue)) / Double(points.count)
    ece = reliability.error.mean
    ci95 = [reliability.error.low, reliability.error.high]
  }

  /// The rows of all chances, by name; nil without forecasts.
  static func all(_ trials: [Trial]) -> [String: ForecastRow]? {
    let rows = ForecastReliability.Chance.allCases.compactMap { chance in
      ForecastReliability(chance, trials).map { (chance.rawValue, ForecastRow($0)) }
    }
    return rows.isEmpty ? nil : Dictionary(uniqueKeysWithValues: rows)
  }
}

extension EvaluationResult {
  /// How often forecasts came true, a row a budget, run and chance.
  func forecastTable(budgetCell: (Int) -> [String], columns: [String]) -> MarkdownTable {
    var table = MarkdownTable(
      columns: columns + ["run", "chance", "forecasts", "mean", "came true", "ECE", "95 % interval"])
    for budget in plan.budgets.indices {
      for method in plan.methods {
        for chance in ForecastReliability.Chance.allCases {
          guard let found = ForecastReliability(chance, trials(method, budget)) else { continue }
          let row = ForecastRow(found)
          table.rows.append(
            budgetCell(budget) + [
              method.name, chance.words, "\(row.forecasts) on \(found.problems) problems",
              MarkdownTable.percent(row.mean), MarkdownTable.percent(row.share), FixedText.three(row.ece),
              "\(FixedText.three(row.ci95[0])) – \(FixedText.three(row.ci95[1]))",
            ])
        }
      }
    }
    return table
  }

  /// What `forecast.calibration` would have to be for the forecasts of all runs of the engine; nil where there is too little to fit.
  package var forecastCalibration: String? {
    let trials = plan.budgets.indices.flatMap { budget in plan.methods.flatMap { self.trials($0, budget) } }
    let parts = ForecastReliability.Chance.allCases.compactMap { ForecastReliability($0, trials, draws: 1)?.fit }
    return parts.isEmpty ? nil : parts.joined(separator: ",")
  }
}

/// Numbers of a table.
private enum FixedText {
  static func three(_ value: Double) -> String { FixedNumber.text(value, decimals: 3, none: "–") }
}
