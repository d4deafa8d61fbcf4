import Vocabulary

/// By the forecast: the chance that another answer leads once the run's limits are reached is small enough.
struct ForecastStop: StopFormula {
  static let name = "forecast"
  static let parameters = [SearchParameters.stopConfidence.parameter]

  private let confidence: Double

  init(_ parameters: SearchParameters) { confidence = parameters[SearchParameters.stopConfidence] }

  func hasSettled(_ tree: borrowing SearchTree, _ tally: AnswerTally) -> Bool {
    let forecast = Forecast(tally, more: tree.simulationsLeft, calibrations: tree.parameters.forecastCalibrations)
    return forecast.leaderChanges.map { $0 <= 1 - confidence } ?? false
  }
}

/// Adaptive-Consistency: the leader is truly ahead of the next answer with chance 1 − I_½(v₁ + 1, v₂ + 1), whatever is left.
struct AheadStop: StopFormula {
  static let name = "ahead"
  static let parameters: [Parameter] = []

  private let confidence: Double

  init(_ parameters: SearchParameters) { confidence = parameters[SearchParameters.stopConfidence] }

  func hasSettled(_ tree: borrowing SearchTree, _ tally: AnswerTally) -> Bool {
    guard let leader = tally.leader else { return false }
    let rival = tally.groups.indices.filter { $0 != leader }.map { tally.groups[$0].votes }.max() ?? 0
    return Self.ahead(tally.groups[leader].votes, of: rival) >= confidence
  }

  /// The chance that an answer with so many votes is likelier than one with so many.
  static func ahead(_ votes: Int, of rival: Int) -> Double {
    1 - Beta.regularized(0.5, Double(votes + 1), Double(rival + 1))
  }
}

/// Early-Stopping Self-Consistency: the last `stop.window` trajectories all state the answer that leads.
struct WindowStop: StopFormula {
  static let name = "window"
  static let parameters = [SearchParameters.stopWindow.parameter]

  private let size: Int

  init(_ parameters: SearchParameters) { size = parameters[SearchParameters.stopWindow] }

  func hasSettled(_ tree: borrowing SearchTree, _ tally: AnswerTally) -> Bool {
    guard let leader = tally.leader, tally.trajectories >= size else { return false }
    var names = AnswerGroups(among: tree.header.problem.choices)
    let own = names.index(of: tally.groups[leader].answer)
    return tree.candidates().suffix(size).allSatisfy { names.index(of: $0.answer) == own }
  }
}

extension SearchParameters {
  /// `stop.window`.
  public static let stopWindow = ParameterKey<Int>(
    "stop.window", 2...1000, default: 5,
    help: "So many trajectories in a row must agree under the stop rule window.", citation: "Li et al., 2024, use 5")
}
