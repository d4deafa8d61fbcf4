import Foundation
import Testing
import TreeSearch
import Vocabulary
import Workspace

@testable import Lab

/// Which runs are compared, and with what.
struct RunSelectorTests {
  private func header(_ problem: String, _ model: String, seed: UInt64) -> RunHeader {
    RunHeader(
      problem: Problem(id: problem, question: "How many \(problem)?", answer: "1"), seed: seed, critics: [],
      models: ["policy": model])
  }

  private func workspace() throws -> Workspace {
    let workspace = try Workspace(path: NSTemporaryDirectory() + "/selector-\(UUID().uuidString).sqlite")
    for header in [
      header("p", "careless 1", seed: 1), header("p", "careless 1", seed: 2), header("p", "policy 2", seed: 1),
      header("q", "policy 2", seed: 1), header("r", "careless 1", seed: 1),
    ] { _ = try workspace.createRun(header) }
    return workspace
  }

  @Test func theNewestRunOfEachProblemIsMeant() throws {
    let workspace = try workspace()
    let careless = try RunSelector("model=careless").runs(in: workspace)
    #expect(careless.keys.sorted() == ["p", "r"] && careless["p"]?.header.seed == 2)
    let one = try RunSelector("model=careless,seed=1").runs(in: workspace)
    #expect(one["p"]?.header.seed == 1 && one.count == 2)
    #expect(try RunSelector("seed=1").runs(in: workspace)["p"]?.header.models["policy"] == "policy 2")
    #expect(throws: LabError.self) { try RunSelector("model=nobody").runs(in: workspace) }
    #expect(throws: WorkspaceError.self) { try RunSelector("round=none").runs(in: workspace) }
  }

  @Test(arguments: ["model=", "seed=x", "seed=-1", "model=a,", "model=a,b", "rounds=1", ""])
  func whatIsNoSelectorIsNamed(_ text: String) throws {
    let error = #expect(throws: LabError.self) { _ = try RunSelector(text) }
    #expect(error?.description.contains("expected") == true && error?.kind == .settings)
  }

  @Test func selectorsAreToldFromRuns() {
    #expect(RunSelector.isSelector("model=x") && RunSelector.isSelector("seed=") && RunSelector.isSelector("round=r"))
    #expect(!RunSelector.isSelector("p-s1-abcdef01") && !RunSelector.isSelector("x=y"))
  }

  /// Of three problems one is on both sides; its twin with another seed is the noise floor.
  @Test func theNoiseFloorIsTheSamePolicyWithAnotherSeed() throws {
    let workspace = try workspace()
    let (a, b) = (
      try RunSelector("model=careless").runs(in: workspace), try RunSelector("model=policy").runs(in: workspace)
    )
    let found = try PolicyComparison(a, b, threshold: 0.1, in: workspace)
    #expect(found.changes.problems.map(\.problem) == ["p"] && found.unpaired == ["q", "r"])
    #expect(found.noise?.problems.map(\.problem) == ["p"])
    // The other way round there is no second seed of the first policy.
    #expect(try PolicyComparison(b, a, threshold: 0.1, in: workspace).noise == nil)
    // A run is no noise for itself.
    #expect(try PolicyComparison(a, b, noise: a, threshold: 0.1, in: workspace).noise == nil)
    #expect(throws: LabError.self) {
      try PolicyComparison(a, ["q": try #require(b["q"])], threshold: 0.1, in: workspace)
    }
  }
}
