import Testing
import TreeInsight
import TreeSearch
import Vocabulary

@testable import Lab

struct EvaluationPlanTests {
  private let search = EngineSettings(
    preset: "alphallm", parameters: SearchParameters(), critics: ModelSet.criticWeights)

  private let tools = ModelSet.criticWeights.map(\.name).filter { !CriticName.learned.contains($0) }

  private func names(_ methods: [String]?, _ budget: Budget = .multiple(4)) throws -> [String] {
    try EvaluationPlan(methods: methods, search: search, budgets: [budget], seeds: [1]).methods.map(\.name)
  }

  @Test func holdsTheMethodsInTheOrderOfTheTable() throws {
    #expect(try names(["search", "greedy"]) == ["greedy", "search"])
    let all = try names(nil)
    #expect(
      all == [
        "greedy", "majority", "bestOfN", "weightedVote", "worstStep", "merged", "evidence", "beam", "refine", "search",
      ])
  }

  @Test func searchGoesFirst() throws {
    let plan = try EvaluationPlan(methods: nil, search: search, budgets: [.own], seeds: [1])
    #expect(plan.referenceFirst.first?.name == "search")
    #expect(plan.referenceFirst.count == plan.methods.count)
  }

  @Test func refusesWhatItCannotCompare() {
    #expect(throws: LabError.self) { try names(["oracle"]) }
    #expect(throws: LabError.self) { try names(["majority"], .own) }
  }

  /// A step changes what it says and keeps what the steps before it changed.
  @Test func stepsAddUp() throws {
    let steps = [
      AblationStep(
        name: "a", parameters: [("rollout.count", "0"), ("width.tolerance", "2")],
        critics: ["value": 2, "prm": 0, "orm": 0].merging(tools.map { ($0, 0) }) { first, _ in first }),
      AblationStep(name: "b", parameters: [("width.tolerance", "0.5")], critics: ["orm": 1]),
      AblationStep(name: "c", budgetFactor: 4),
    ]
    let plan = try EvaluationPlan(steps: steps, base: search, budget: .multiple(8), seeds: [1])
    let settings = plan.methods.compactMap(\.engine)
    try #require(settings.count == 3)
    #expect(settings.map { $0.parameters.value("rollout.count") } == Array(repeating: .integer(0), count: 3))
    #expect(settings.map { $0.parameters.value("width.tolerance") } == [.number(2), .number(0.5), .number(0.5)])
    #expect(settings.map { $0.critics.map(\.name) } == [["value"], ["value", "orm"], ["value", "orm"]])
    #expect(settings[1].critics.map(\.weight) == [2, 1])
    #expect(settings[1].critics.map(\.scope) == [.everyNode, .outcome])
    #expect(settings.map(\.budgetFactor) == [1, 1, 4])
    #expect(
      steps.map(\.description) == [
        "rollout.count=0 width.tolerance=2 critics calculator=0,calendar=0,ends=0,json=0,operands=0,orm=0,owners=0,pattern=0,prm=0,python=0,tests=0,units=0,value=2",
        "width.tolerance=0.5 critics orm=1",
        "budget ×4",
      ])
  }

  /// With tools off, the critics are the models' alone; with tools on, all there are.
  @Test func toolStepsSwitchToolsAndNothingElse() throws {
    let steps = ["off", "on"].compactMap { AblationStep.toolSteps[$0] }
    let plan = try EvaluationPlan(steps: steps, base: search, budget: .own, seeds: [1])
    let critics = plan.methods.compactMap { $0.engine?.critics.map(\.name) }
    #expect(critics == [["value", "prm", "orm"], ModelSet.criticWeights.map(\.name)])
    #expect(plan.methods.map(\.name) == ["tools off", "tools on"])
  }

  @Test func theEngineKnowsEveryStepOfThePaper() throws {
    let plan = try EvaluationPlan(steps: AblationStep.paper, base: search, budget: .multiple(8), seeds: [1])
    #expect(plan.methods.count == AblationStep.paper.count)
    #expect(Set(plan.methods.map(\.name)).count == plan.methods.count)
    #expect(AblationStep.paper.allSatisfy { !$0.description.isEmpty }, "every step changes something")
  }

  /// What a command line asks for, and what it cannot have.
  @Test func aPlanIsMadeOfWishes() throws {
    let settings = Settings(workspace: "unused")
    let all = try EvaluationPlan(EvaluationWishes(budgets: "4,1", seeds: "1,2"), settings: settings)
    #expect(all.methods.map(\.name) == Method.all.map(\.name))
    #expect(all.budgets == [.multiple(1), .multiple(4)] && all.seeds == [1, 2])
    let tools = try EvaluationPlan(EvaluationWishes(tools: "off,on"), settings: settings)
    #expect(tools.methods.map(\.name) == ["tools off", "tools on"] && tools.budgets == [.own])
    // One word is for every method, and for what samples are judged and drawn by.
    let without = try EvaluationPlan(
      EvaluationWishes(methods: "bestOfN,search", budgets: "4", tools: "off"), settings: settings)
    #expect(without.methods.map(\.name) == ["bestOfN", "search"] && without.steps.isEmpty)
    #expect(without.critics?.allSatisfy { CriticName.learned.contains($0.name) } == true)
    #expect(without.methods[1].engine?.critics == without.critics)
    let paper = try EvaluationPlan(EvaluationWishes(budgets: "8", isAblation: true), settings: settings)
    #expect(paper.steps.count == AblationStep.paper.count)
    for wishes in [
      EvaluationWishes(seeds: "1,1"), EvaluationWishes(seeds: "x"), EvaluationWishes(budgets: "0"),
      EvaluationWishes(methods: "majority"), EvaluationWishes(isAblation: true),
      EvaluationWishes(budgets: "8", isAblation: true, hasPlot: true), EvaluationWishes(tools: "on,on"),
      EvaluationWishes(methods: "search", tools: "off,on"), EvaluationWishes(isAblation: true, tools: "on"),
    ] {
      let error = #expect(throws: LabError.self) { try EvaluationPlan(wishes, settings: settings) }
      #expect(error?.kind == .settings)
    }
  }
}
