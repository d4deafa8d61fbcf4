import Foundation
import Testing
import TreeInsight
import TreeSearch

@testable import Lab

struct EvaluationResultTests {
  /// Shares by problem: majority 1/2 and 0, search 1 and 1/2. Both differ by 1/2 on each problem, so that the paired
  /// interval has no width although the methods' own have.
  @Test func theTableIsWorkedOutByHand() throws {
    let lines = EvaluationTables(result: try ResultFixture.result([.own])).lines()
    #expect(
      lines == [
        "| method | accuracy | 95 % interval | tokens a problem | search minus this, 95 % interval |",
        "|---|---|---|---|---|",
        "| majority | 25.0 % | 0.0 % – 50.0 % | 30 | +50.0 [+50.0, +50.0] |",
        "| search | 75.0 % | 50.0 % – 100.0 % | 40 |  |",
        "",
        "2 problems, 2 seeds; intervals by bootstrap over problems.",
        "",
        "| run | gold reached | of these chosen | greedyPath | bestLeaf | rerank | weightedVote | majority | evidence | nodes | draws | critic calls | prompt tokens reused | overhead |",
        "|---|---|---|---|---|---|---|---|---|---|---|---|---|---|",
        "| search | 100.0 % | 75.0 % | 0.0 % | 0.0 % | 100.0 % | 0.0 % | 0.0 % | 0.0 % | 3.0 | 6.0 | 9.0 | 75.0 % | 1.250 |",
      ])
  }

  @Test func budgetsAreAColumn() throws {
    let lines = EvaluationTables(result: try ResultFixture.result()).lines()
    #expect(lines[0].hasPrefix("| budget | method |"))
    #expect(lines[5] == "| 2× | search | 75.0 % | 50.0 % – 100.0 % | 80 |  |")
  }

  @Test func aRowHoldsOneSeed() throws {
    let result = try ResultFixture.result()
    let row = EvaluationRow(result, result.plan.methods[1], budget: 1, seed: 1)
    #expect(row.method == "search")
    #expect((row.problems, row.correct, row.accuracy) == (2, 1, 0.5))
    #expect(row.ci95 == Statistics.wilson(1, 2))
    #expect((row.budgetTokens, row.budgetMultiple) == (80, 2))
    #expect((row.tokensPerProblem, row.nodesPerProblem, row.secondsPerProblem) == (80, 3, 0.5))
    #expect((row.goldReached, row.reusedShare, row.overhead) == (1, 0.75, 1.25))
    #expect(
      row.finals == ["greedyPath": 0, "bestLeaf": 0, "rerank": 1, "weightedVote": 0, "majority": 0, "evidence": 0])
    #expect((row.preset, row.step) == ("alphallm", nil))
    let sampled = EvaluationRow(result, result.plan.methods[0], budget: 0, seed: 1)
    #expect(sampled.goldReached == nil && sampled.preset == nil)
  }

  /// Two files of one problem each: what is told of each is what an evaluation of it alone would tell.
  @Test func filesAreToldApartAndTogether() throws {
    let whole = try ResultFixture.result([.own])
    let all = whole.plan.methods.flatMap { whole.trials($0, 0) }
    let result = EvaluationResult(
      all, plan: whole.plan, problemCount: 2,
      sets: [ProblemSet(name: "easy", places: 0..<1), ProblemSet(name: "hard", places: 1..<2)])
    #expect(result.parts.map(\.name) == ["easy", "hard", nil])
    let lines = EvaluationTables(result: result).lines()
    #expect(lines.filter { $0.hasPrefix("### ") } == ["### easy", "### hard", "### all together"])
    let search = lines.filter { $0.hasPrefix("| search |") && $0.hasSuffix("| 40 |  |") }
    #expect(search.map { $0.split(separator: "|")[1] } == [" 100.0 % ", " 50.0 % ", " 75.0 % "])
    #expect(lines.suffix(8) == EvaluationTables(result: whole).lines().suffix(8))
  }

  /// Each step against the one before it.
  @Test func anAblationComparesNeighbours() throws {
    let base = EngineSettings(preset: "alphallm", parameters: SearchParameters(), critics: [])
    let steps = ["a", "b", "c"].map { AblationStep(name: $0, parameters: [("rollout.count", "\($0 == "a" ? 0 : 1)")]) }
    let plan = try EvaluationPlan(steps: steps, base: base, budget: .multiple(8), seeds: [5])
    let right = ["a": [], "b": [0, 1], "c": [0]]
    let trials = plan.methods.flatMap { method in
      (0..<2).map { problem in
        Trial(
          method: method.name, budget: 0, budgetTokens: 9, problem: problem, seed: 5,
          outcome: Outcome(answer: nil, tokens: 9, nodes: 2, seconds: 0, run: nil),
          isCorrect: right[method.name]?.contains(problem) == true)
      }
    }
    let result = EvaluationResult(trials, plan: plan, problemCount: 2)
    #expect(
      EvaluationTables(result: result).lines().prefix(5) == [
        "| step | accuracy | 95 % interval | tokens a problem | nodes a problem | minus the row before, 95 % interval | what it changes |",
        "|---|---|---|---|---|---|---|",
        "| a | 0.0 % | 0.0 % – 0.0 % | 9 | 2.0 |  | rollout.count=0 |",
        "| b | 100.0 % | 100.0 % – 100.0 % | 9 | 2.0 | +100.0 [+100.0, +100.0] | rollout.count=1 |",
        "| c | 50.0 % | 0.0 % – 100.0 % | 9 | 2.0 | -50.0 [-100.0, +0.0] | rollout.count=1 |",
      ])
    let row = EvaluationRow(result, plan.methods[1], budget: 0, seed: 5)
    #expect((row.method, row.step) == ("search", "b"))
  }
}
