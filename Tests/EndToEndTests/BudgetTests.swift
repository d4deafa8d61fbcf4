import Foundation
import Testing

/// `etascope search --budget`: a total of tokens for a file of problems, and forecasts beside what came.
@Suite(.ownThread)
struct BudgetTests {
  private static let problems = Program.problems("test")

  @Test func tokensMoveWhereTheyHelp() throws {
    let scratch = try Scratch()
    let total = 3000
    let outcome = try Program.run([
      "search", Self.problems, "--first", "5", "--budget", "\(total)", "--simulations", "400", "--preset", "ab-mcts",
      "--json",
      "--workspace", scratch.path("w.sqlite"),
    ])
    try #require(outcome.code == 0, "\(outcome.errors)")
    let results = outcome.objects
    #expect(results.count == 5)
    let spent = results.compactMap {
      ($0["tokens"] as? [String: Int]).map { ($0["policy"] ?? 0) + ($0["rollout"] ?? 0) }
    }
    // A problem of which nothing new can be drawn takes little; what it leaves goes to one that is open. A simulation that has begun is
    // finished, so that a little more than the total may be spent.
    #expect(spent.count == 5 && spent.reduce(0, +) < total * 5 / 4, "\(spent)")
    let (least, most) = (spent.min() ?? 0, spent.max() ?? 0)
    #expect(least < total / 5 && most > total / 5, "\(spent)")
    #expect(results.contains { $0["stopped"] as? String == "tokens" })
    for result in results {
      let kept = try #require(result["forecasts"] as? [[String: Any]])
      #expect(!kept.isEmpty)
      let forecast = try #require(result["forecast"] as? [String: Any])
      #expect((0...1).contains(forecast["newAnswer"] as? Double ?? -1))
    }
    let run = try #require(results[0]["run"] as? String)
    let shown = try Program.run(["run", "show", run, "--workspace", scratch.path("w.sqlite")])
    #expect(shown.output.contains("## Forecasts, and what came of them"))
    #expect(try Program.run(["run", "verify", run, "--workspace", scratch.path("w.sqlite")]).code == 0)
  }

  @Test func badBudgetsAreRefused() throws {
    let none = try Program.run(["search", Self.problems, "--budget", "0"])
    #expect(none.code == 2 && none.errors.contains("--budget: expected 1 token or more, found 0"))
    let both = try Program.run(["search", Self.problems, "--budget", "100", "--resume"])
    #expect(both.code == 2 && both.errors.contains("--budget: expected without --resume"))
  }

  @Test func aSettledSearchStops() throws {
    let scratch = try Scratch()
    func run(_ rule: String) throws -> [String: Any] {
      let outcome = try Program.run([
        "search", Self.problems, "--first", "1", "--simulations", "40", "--preset", "etascope", "--json", "--set",
        "stop.rule=\(rule)", "--set", "final.selection=majority", "--workspace", scratch.path("\(rule).sqlite"),
      ])
      try #require(outcome.code == 0, "\(outcome.errors)")
      return try #require(outcome.objects.first)
    }
    let (full, short) = (try run("off"), try run("ahead"))
    #expect(full["stopped"] as? String == "simulations" && short["stopped"] as? String == "settled")
    #expect(short["answer"] as? String == full["answer"] as? String)
    #expect(try #require(short["simulations"] as? Int) < 40)
  }
}
