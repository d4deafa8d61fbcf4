import Foundation
import Testing

/// `etascope evaluate` as scripts use it.
@Suite(.ownThread)
struct EvaluateTests {
  private static let problems = Program.problems("test")

  private func evaluate(_ arguments: String...) throws -> Program.Outcome {
    try Program.run(["evaluate", Self.problems] + arguments)
  }

  /// What does not depend on the clock.
  private func steady(_ rows: [[String: Any]]) -> [NSDictionary] {
    rows.map { row in row.filter { !["secondsPerProblem", "overhead"].contains($0.key) } as NSDictionary }
  }

  @Test func printsARowAMethodBudgetAndSeed() throws {
    let scratch = try Scratch()
    let plot = scratch.path("plot.svg")
    let arguments = ["evaluate", Self.problems, "--first", "3", "--seeds", "1,2", "--budgets", "2,8", "--json"]
    let first = try Program.run(arguments + ["--jobs", "1", "--plot", plot])
    try #require(first.code == 0, "\(first.errors)")
    let rows = first.objects
    #expect(rows.count == first.lines.count)
    let methods = Set(rows.compactMap { $0["method"] as? String })
    #expect(methods.isSuperset(of: ["greedy", "majority", "bestOfN", "weightedVote", "search"]))
    #expect(rows.count == methods.count * 2 * 2)
    let contract = [
      "method", "budgetTokens", "seed", "problems", "correct", "accuracy", "ci95", "tokensPerProblem",
      "nodesPerProblem", "secondsPerProblem",
    ]
    for row in rows { #expect(Set(contract).isSubset(of: row.keys)) }
    for row in rows where row["method"] as? String == "search" {
      let reused = try #require(row["reusedShare"] as? Double)
      #expect(reused > 0 && reused < 1, "a run begins with empty caches and fills them")
      #expect(row["goldReached"] as? Double ?? -1 >= row["accuracy"] as? Double ?? 2)
    }
    // The first whole solution is let through, and a beam comes to it late.
    let budgets = rows.filter {
      $0["budgetMultiple"] as? Double == 8 && !["greedy", "beam"].contains($0["method"] as? String)
    }
    for row in budgets {
      let (spent, budget) = (row["tokensPerProblem"] as? Double ?? .infinity, row["budgetTokens"] as? Double ?? 0)
      #expect(spent <= budget, "\(row["method"] ?? "")")
    }
    let picture = try String(contentsOfFile: plot, encoding: .utf8)
    #expect(picture.contains("<svg"))
    // In other jobs, and drawn again, everything is the same.
    let again = scratch.path("again.svg")
    let second = try Program.run(arguments + ["--jobs", "3", "--plot", again])
    #expect(steady(second.objects) == steady(rows))
    #expect(try String(contentsOfFile: again, encoding: .utf8) == picture)
  }

  /// Without budgets, what search spends is what the others may spend.
  @Test func searchSetsTheBudget() throws {
    let rows = try evaluate("--first", "2", "--simulations", "6", "--json").objects
    let search = try #require(rows.first { $0["method"] as? String == "search" })
    for row in rows {
      #expect(row["budgetTokens"] as? Double == search["tokensPerProblem"] as? Double)
      #expect(row["budgetMultiple"] == nil)
    }
  }

  @Test func theAblationPrintsItsSteps() throws {
    let result = try evaluate("--first", "1", "--budgets", "4", "--ablation")
    #expect(result.code == 0, "\(result.errors)")
    #expect(result.output.hasPrefix("| step | accuracy |"))
    #expect(result.output.contains("| + fast-rollout ORM |"))
  }

  @Test(arguments: [
    ["--budgets", "0"], ["--budgets", "1,1"], ["--seeds", "1,1"], ["--seeds", ""], ["--methods", "oracle"],
    ["--methods", "greedy"], ["--ablation"], ["--ablation", "--budgets", "1,2"],
    ["--ablation", "--budgets", "1", "--plot", "x.svg"],
  ])
  func unusableArguments(_ arguments: [String]) throws {
    let result = try Program.run(["evaluate", Self.problems] + arguments)
    #expect(result.code == 2)
    #expect(result.message?.contains(arguments[0]) == true, "\(result.errors)")
  }

  @Test func aPlotThatCannotBeWrittenIsSaidFirst() throws {
    let result = try evaluate("--plot", "/proc/nothing/plot.svg")
    #expect(result.code == 1)
    #expect(result.message == "etascope: /proc/nothing/plot.svg: the plot cannot be written there")
    #expect(result.output.isEmpty)
  }
}
