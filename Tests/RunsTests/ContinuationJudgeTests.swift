import Foundation
import Models
import ModelsTesting
import Testing
import TreeInsight
import TreeSearch
import Vocabulary

@testable import Runs

/// Whether two options say the same, as a model's continuations tell. The numbers are worked out by hand.
struct ContinuationJudgeTests {
  private func option(_ text: String, _ termination: Termination = .newline) -> SearchOption {
    SearchOption(tokens: Array(text.utf8).map(Int32.init), bytes: Array(text.utf8), termination: termination)
  }

  private func judge(
    _ model: TableModel, _ first: SearchOption, _ siblings: SearchOption...
  ) async throws -> ContinuationJudge.Judgement {
    try await ContinuationJudge(policy: model).judge([
      .init(prefix: model.tokenize("q:"), option: first, siblings: siblings)
    ])[0]
  }

  @Test func theBeliefIsTheGeometricMeanOfBothDirections() async throws {
    // a → b loses 1 and 0: mean -0.5. b → a loses 1: mean -1. exp((-0.5 - 1) / 2) = exp(-0.75).
    let model = TableModel(
      ["q:a\n": ("x\n", [-0.5, -0.25]), "q:b\n": ("\n", [-0.25])],
      likelihoods: ["q:b\n|x\n": [-1.5, -0.25], "q:a\n|\n": [-1.25]])
    let judgement = try await judge(model, option("a\n"), option("b\n"))
    #expect(judgement.beliefs.count == 1)
    #expect(abs(judgement.beliefs[0] - 0.4723665527410147) < 1e-12)
    // Three tokens were drawn, and the same three were read in the other state.
    #expect(judgement.usage == ModelUsage(prompted: 3, reused: 8, generated: 3))
  }

  @Test func aContinuationThatTheOtherStateLikesBetterLosesNothing() async throws {
    // a → b: min(0, +0.5) and -0.2: mean -0.1. b → a: nothing.
    let model = TableModel(
      ["q:a\n": ("x\n", [-1, -0.3]), "q:b\n": ("x\n", [-0.5, -0.5])],
      likelihoods: ["q:b\n|x\n": [-0.5, -0.5], "q:a\n|x\n": [-0.1, -0.2]])
    #expect(abs(try await judge(model, option("a\n"), option("b\n")).beliefs[0] - exp(-0.05)) < 1e-12)
  }

  @Test func endedTextsAreComparedByWhatTheySay() async throws {
    let model = TableModel(["q:a\n": ("x\n", [-1, -1]), "q:end\n": ("", [])])
    let answer = option("#### 25\n")
    let beliefs = try await judge(model, answer, option("so\n#### 25"), option("#### 26\n"), option("a\n")).beliefs
    #expect(beliefs == [1, 0, 0])
    let stop = try await judge(
      model, option("stop", .endOfText), option("stop\n", .endOfText), option("halt", .endOfText), option("end\n"),
      answer)
    #expect(stop.beliefs == [1, 0, 0, 0])
    #expect(try await judge(model, option("end\n"), option("end\n")).beliefs == [1])
  }

  @Test func aFullContextLeavesOneDirection() async throws {
    // After "q:bbbbbb\n" one token fits: only it is read there; the other way both tokens are.
    let model = TableModel(
      ["q:a\n": ("x\n", [-0.5, -0.5]), "q:bbbbbb\n": ("y", [-0.25])],
      likelihoods: ["q:bbbbbb\n|x": [-1], "q:a\n|y": [-0.75]], contextLength: 10)
    #expect(abs(try await judge(model, option("a\n"), option("bbbbbb\n")).beliefs[0] - exp(-0.5)) < 1e-12)
    let full = TableModel(
      ["q:a\n": ("x\n", [-0.5, -0.5]), "q:bbbbbb\n": ("y", [-0.25])], likelihoods: ["q:a\n|y": [-0.75]],
      contextLength: 9)
    #expect(abs(try await judge(full, option("a\n"), option("bbbbbb\n")).beliefs[0] - exp(-0.5)) < 1e-12)
  }

  @Test func severalComparisonsAreTwoCallsAndSayWhatEachSaysAlone() async throws {
    func model() -> TableModel {
      TableModel(
        ["q:a\n": ("x\n", [-1, -0.3]), "q:b\n": ("y\n", [-0.5, -0.1]), "p:c\n": ("z\n", [-0.2, -0.2])],
        likelihoods: ["q:b\n|x\n": [-2, -2], "q:a\n|y\n": [-0.9, -0.9]])
    }
    let shared = model()
    let first = ContinuationJudge.Comparison(
      prefix: shared.tokenize("q:"), option: option("a\n"), siblings: [option("b\n"), option("a\n")])
    let second = ContinuationJudge.Comparison(
      prefix: shared.tokenize("p:"), option: option("c\n"), siblings: [option("#### 1\n")])
    let none = ContinuationJudge.Comparison(prefix: shared.tokenize("p:"), option: option("c\n"), siblings: [])
    let together = try await ContinuationJudge(policy: shared).judge([first, second, none]).map(\.beliefs)
    #expect(shared.calls.withLock { $0.samples } == [5])
    #expect(shared.calls.withLock { $0.likelihoods } == [6])
    #expect(together.map(\.count) == [2, 1, 0])
    for (comparison, beliefs) in zip([first, second, none], together) {
      #expect(try await ContinuationJudge(policy: model()).judge([comparison])[0].beliefs == beliefs)
    }
  }
}
