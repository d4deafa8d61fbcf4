import Testing
import TreeInsight
import TreeSearch
import Vocabulary

@testable import Lab

/// The list of methods, and one that somebody adds to it.
struct MethodTests {
  private let search = EngineSettings(
    preset: "alphallm", parameters: SearchParameters(), critics: ModelSet.criticWeights)

  @Test func everyMethodHasANameAndWords() {
    #expect(Set(Method.all.map(\.name)).count == Method.all.count)
    #expect(Method.all.allSatisfy { !$0.help.isEmpty })
    #expect(Method.all.filter(\.isReference).map(\.name) == ["search"], "one sets the budget of the others")
  }

  /// A method from outside stands in the table, in the rows and in the budget's order like those that come with the list.
  @Test func aMethodIsAddedFromOutside() async throws {
    let always = Method("always42", help: "the answer to everything") { contest, tokens in
      Outcome(answer: "42", tokens: min(1, tokens ?? 1), nodes: contest.greedy.nodes, seconds: 0)
    }
    let plan = try EvaluationPlan(
      methods: ["search", "always42"], of: Method.all + [always], search: search, budgets: [.own], seeds: [1])
    #expect(plan.methods.map(\.name) == ["search", "always42"])
    #expect(plan.referenceFirst.map(\.name) == ["search", "always42"])
    let setup = try await RunSetup(Settings(workspace: "/nonexistent/unused.sqlite"), keeps: false)
    let problem = Problem(id: "p", question: "What is 6 * 7?", answer: "42")
    let greedy = Outcome(answer: nil, tokens: 5, nodes: 3, seconds: 0)
    let contest = Contest(setup, problem, seed: 1, greedy: greedy)
    let outcome = try await plan.methods[1].run(contest, 7)
    #expect((outcome.answer, outcome.tokens, outcome.nodes) == ("42", 1, 3))
    let trial = Trial(
      method: "always42", budget: 0, budgetTokens: 7, problem: 0, seed: 1, outcome: outcome, isCorrect: true)
    let result = EvaluationResult([trial], plan: plan, problemCount: 1)
    #expect(EvaluationRow(result, plan.methods[1], budget: 0, seed: 1).correct == 1)
    #expect(EvaluationTables(result: result).lines()[3].hasPrefix("| always42 | 100.0 % |"))
    #expect(throws: LabError.self) {
      try EvaluationPlan(methods: ["always42"], search: search, budgets: [.multiple(1)], seeds: [1])
    }
  }

  /// Beam search is a traversal of the engine with settings of its own, and the critics of the search.
  @Test func aMethodMayHaveSettingsOfItsOwn() throws {
    let plan = try EvaluationPlan(methods: ["beam", "greedy"], search: search, budgets: [.multiple(2)], seeds: [1])
    let beam = try #require(plan.methods.last)
    #expect(beam.name == "beam" && beam.engine?.preset == "ts-llm-beam")
    #expect(beam.engine?.critics == search.critics)
    #expect(plan.methods.first?.engine == nil)
  }
}
