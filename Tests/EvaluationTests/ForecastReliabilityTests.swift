import Testing
import TreeInsight
import TreeSearch
import TreeSearchTesting
import Vocabulary

@testable import Lab

/// What runs forecast of themselves, held against what came.
struct ForecastReliabilityTests {
  /// A finished run of one problem that kept its forecasts.
  private func outcomes(_ seed: UInt64, answer: String = "3") throws -> [ForecastOutcome] {
    let problem = Problem(id: "p", question: "q", answer: answer)
    let policy = SeededPolicy()
    var search = Search(
      header: try header(["forecast.keep": "true"], problem: problem, seed: seed, critics: [.value, .orm]))
    search.work(upTo: 40) { policy.answer($0, depth: Int($1[$0.node].depth)) }
    return search.tree.forecastOutcomes()
  }

  private func trial(_ problem: Int, _ forecasts: [ForecastOutcome]) -> Trial {
    var figures = RunFigures(
      goldReached: true, correctFinals: [], draws: 0, criticCalls: 0, reliability: [:], computedPromptTokens: 0,
      reusedPromptTokens: 0, secondsInside: 0)
    figures.forecasts = forecasts
    let outcome = Outcome(answer: nil, tokens: 1, nodes: 1, seconds: 0, run: figures)
    return Trial(
      method: "search", budget: 0, budgetTokens: 1, problem: problem, seed: 1, outcome: outcome, isCorrect: true)
  }

  @Test func anOutcomeIsWhatTheFinishedTreeSays() throws {
    let found = try outcomes(1)
    #expect(found.map(\.forecast.made) == [2, 4, 8, 16, 32])
    #expect(found.allSatisfy { $0.found == true || $0.found == false })
    // With every answer there in the end, what was missing then is new now.
    let last = try #require(found.last)
    #expect(last.forecast.answers >= found[0].forecast.answers)
    #expect(try outcomes(1, answer: "999").allSatisfy { $0.found == false })
  }

  @Test func theErrorIsInTenths() throws {
    let trials = try (1...12).map { trial($0, try outcomes(UInt64($0))) }
    for chance in ForecastReliability.Chance.allCases {
      let found = try #require(ForecastReliability(chance, trials))
      var own = Reliability()
      for point in found.points { own.add(point.score, isRight: point.isTrue) }
      #expect(abs(found.error.mean - own.error) < 1e-9 && found.problems == 12)
      #expect(found.error.low <= found.error.high && (0...1).contains(found.error.high))
    }
    #expect(ForecastReliability(.leader, [trial(1, [])]) == nil)
  }

  /// The map that is printed is one that the parameter takes, and makes the forecasts no worse by the loss that it is fitted to.
  @Test func theFitIsAParameter() throws {
    let trials = try (1...30).map { trial($0, try outcomes(UInt64($0))) }
    let plan = try EvaluationPlan(
      methods: ["search"], search: EngineSettings(preset: "alphallm", parameters: SearchParameters(), critics: []),
      budgets: [.own], seeds: [1])
    let result = EvaluationResult(trials, plan: plan, problemCount: 30)
    let words = try #require(result.forecastCalibration)
    var parameters = SearchParameters()
    try parameters.set(SearchParameters.forecastCalibration, to: words)
    #expect(!parameters.forecastCalibrations.all.isEmpty)
    let lines = EvaluationTables(result: result).lines()
    #expect(lines.contains { $0.hasPrefix("| search | a new answer | 150 on 30 problems |") }, "\(lines)")
    #expect(EvaluationRow(result, plan.methods[0], budget: 0, seed: 1).forecasts?["leader"]?.forecasts == 150)
  }
}
