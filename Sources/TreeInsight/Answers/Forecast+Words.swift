import TreeSearch
import Vocabulary

extension Forecast {
  /// What more simulations would buy, as one line of ASCII for a person, answers left out.
  public var words: String {
    let changes = leaderChanges.map { "another leader \(Words.percent($0))" }
    let parts = [
      changes, "a new answer \(Words.percent(newAnswer))",
      "right one found \(Words.percent(found)) now, \(Words.percent(foundThen)) then",
    ]
    return "\(Words.things(more, "more simulation")) (\(Words.things(tokens, "token"))): "
      + parts.compactMap { $0 }.joined(separator: ", ")
  }
}

extension Words {
  /// A chance in whole percent, `<1 %` and `>99 %` where rounding would make it certain.
  static func percent(_ chance: Double) -> String {
    if chance > 0, chance < 0.005 { return "<1 %" }
    if chance < 1, chance > 0.995 { return ">99 %" }
    return "\(Int((chance * 100).rounded())) %"
  }
}

/// A forecast that a run kept, beside what came of it: what the finished tree says of the same three things.
public struct ForecastOutcome: Codable, Equatable, Sendable {
  /// What was said.
  public let forecast: Forecast
  /// Whether another answer leads now; nil where none led then.
  public let leaderChanged: Bool?
  /// Whether an answer stands in the tree that did not then.
  public let newAnswer: Bool
  /// Whether the right answer stands in the tree; nil without a reference.
  public let found: Bool?
}

extension SearchTree {
  /// What was forecast of this run, and what came of it as the tree stands now. Complexity: O(nodes).
  public func forecastOutcomes() -> [ForecastOutcome] {
    if forecasts.isEmpty { return [] }
    let problem = header.problem
    let all = candidates()
    var names = AnswerGroups(among: problem.choices)
    for candidate in all { _ = names.index(of: candidate.answer) }
    let answers = names.spellings.count
    let now = chosen.map { names.index(of: $0.answer) }
    let found = problem.answer.map { _ in all.contains { problem.accepts($0.answer) == true } }
    return forecasts.map { forecast in
      ForecastOutcome(
        forecast: forecast, leaderChanged: forecast.leader.map { names.index(of: $0) != now },
        newAnswer: answers > forecast.answers, found: found)
    }
  }
}
