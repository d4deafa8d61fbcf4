import Foundation
import Models
import ModelsTesting
import ServerFixture
import Testing

@testable import Critics

/// Critics that ask a language model.
struct ServedCriticTests {
  private func state(_ steps: [String], complete: Bool = false, question: String = "How many {step}?") -> JudgedState {
    JudgedState(question: question, tokens: [], optionTexts: steps, isComplete: complete)
  }

  @Test func aPromptsPlacesAreFilledOnceAndAStateIsNoTemplate() {
    let prompt = CriticPrompt("{question}|{steps}|{step}|{good}/{bad}|{other}|{")
    #expect(
      prompt.filled(state(["a {bad}\n", "b {question}\n"]), good: "+", bad: "-")
        == "How many {step}?|a {bad}\nb {question}|b {question}|+/-|{other}|{")
    #expect(CriticPrompt("{step}").filled(state([])) == "(none yet)")
  }

  /// P(good) / (P(good) + P(bad)), by hand.
  @Test func aLabelsScoreIsItsShareOfBoth() async throws {
    let model = AnsweringModel(beliefs: [.known(log(0.6)), .known(log(0.2))])
    let critic = LabelCritic(
      "prm", .everyNode, model: model, prompt: CriticPrompt("{step} {good}?"), labels: .init(good: "good", bad: "bad"))
    let verdict = try #require(try await critic.score([state(["x = 3\n"])]).first)
    #expect(abs((verdict.score ?? 0) - 0.75) < 1e-12)
    #expect(verdict.note == "good 60.0 %, bad 20.0 %")
    #expect((verdict.tokensRead, verdict.tokensReused) == (40, 2))
    #expect(model.prompts == ["x = 3 good?"])
    #expect(model.labels == [[" good", " bad"]])
  }

  @Test func aLabelOutOfSightIsToldAndTwoAreNoScore() async throws {
    func verdict(_ beliefs: [LabelResult.Belief]) async throws -> Verdict {
      let critic = LabelCritic("orm", .outcome, model: AnsweringModel(beliefs: beliefs), prompt: CriticPrompt("?"))
      return try #require(try await critic.score([state(["x\n"], complete: true)]).first)
    }
    let one = try await verdict([.known(log(0.9)), .atMost(log(0.1))])
    #expect(abs((one.score ?? 0) - 0.9) < 1e-12)
    #expect(one.note == "label not in top-k: 'False', each at most 10.0 %")
    let none = try await verdict([.atMost(log(0.01)), .atMost(log(0.01))])
    #expect(none.score == nil)
    #expect(none.note == "label not in top-k: 'True' and 'False', each at most 1.0 %")
  }

  /// A model that can be read as a whole sees every label: the first token's log-probability.
  @Test func withTheWholeDistributionNoLabelIsOutOfSight() async throws {
    struct Whole: LanguageModel {
      let inner = AnsweringModel()
      var name: String { inner.name }
      var fingerprint: String { inner.fingerprint }
      var vocabularySize: Int { inner.vocabularySize }
      var contextLength: Int { inner.contextLength }
      func tokenize(_ text: String) -> [Int32] { inner.tokenize(text) }
      func bytes(of tokens: [Int32]) -> [UInt8] { inner.bytes(of: tokens) }
      func prompt(for question: String) -> [Int32] { inner.prompt(for: question) }
      func sample(_ requests: [SampleRequest]) async throws -> [SampleResult] { try await inner.sample(requests) }
      func logProbabilities(_ requests: [LikelihoodRequest]) async throws -> [LikelihoodResult] {
        try await inner.logProbabilities(requests)
      }
    }
    let read = try await Whole().likelihoods(of: ["A", "dx"], after: [[1], [2]])
    #expect(read.map(\.beliefs) == Array(repeating: [.known(-0.65), .known(-1)], count: 2))
    #expect(read[0].usage.prompted == 2)
  }

  @Test(arguments: [
    ("It adds up.\nScore: 7", 0.7, "It adds up."), ("score 7/10", 0.7, ""), ("SCORE = 70 %", 0.7, ""),
    ("Score: 0.7", 0.7, ""), ("Score: 1", 0.1, ""), ("Score: 10", 1.0, ""), ("Score: **9**", 0.9, ""),
    ("Score: 3\nNo, wait. Score: 4/5", 0.8, "Score: 3 No, wait."), ("Score: 85/100", 0.85, ""),
  ])
  func aJudgesScoreIsRead(_ text: String, _ score: Double, _ reason: String) {
    let read = JudgeCritic.read(text)
    #expect(abs((read.score ?? -1) - score) < 1e-12, "\(text)")
    #expect(read.reason == reason, "\(text)")
  }

  @Test(arguments: [
    "", "I like it", "Score: high", "underscore 7", "Score: 11", "Score: -3", "Score: 900 %", "Score: NaN",
  ])
  func whatIsNoScoreIsNone(_ text: String) {
    let read = JudgeCritic.read(text)
    #expect(read.score == nil, "\(text)")
    #expect(!read.reason.isEmpty)
  }

  @Test func aJudgeAnswersWithItsReason() async throws {
    let model = AnsweringModel(texts: ["The sum is wrong.\nScore: 2"])
    let critic = JudgeCritic("judge", .everyNode, model: model, prompt: CriticPrompt("Judge {step}"))
    let verdicts = try await critic.score([state(["1 + 1 = 3\n"]), state(["2 + 2 = 4\n"])])
    #expect(verdicts.map(\.score) == [0.2, 0.2])
    #expect(verdicts[0].note == "The sum is wrong.")
    #expect(verdicts[0].tokensRead == 7 + 26)
    #expect(model.prompts.sorted() == ["Judge 1 + 1 = 3", "Judge 2 + 2 = 4"])
  }

  /// Of four completions three state an answer, two the same.
  @Test func agreementIsTheShareOfTheMostFrequentAnswer() async throws {
    let model = AnsweringModel(texts: ["#### 4", "#### 5", "nothing", "#### 5"])
    let critic = ConsistencyCritic("consistency", .everyNode, model: model, samples: 4)
    let open = try await critic.score([state(["1\n"])])
    #expect(open.map(\.score) == [0.5])
    #expect(open[0].note == "2 of 4 completions answer 5")
    #expect(model.prompts == ["Q: How many {step}?\n1\n"])
    let done = try await critic.score([
      state(["#### 4\n"], complete: true), state(["#### 9\n"], complete: true), state(["x\n"], complete: true),
    ])
    #expect(done.map(\.score) == [0.25, 0, 0])
    #expect(done[2].note == "states no answer")
    let seeds = model.seeds
    _ = try await critic.score([state(["1\n"])])
    #expect(model.seeds.last == seeds.first, "the state alone decides the draws")
  }

  @Test func aServersHeadIsSquashedOrMustBeAScore() async throws {
    let replies: [String: String] = [
      "/pooling": #"{"data":[{"index":0,"data":[[0.1],[1.0986122886681098]]}]}"#,
      "/classify": #"{"data":[{"index":0,"label":"good","probs":[0.2,0.8],"num_classes":2}]}"#,
      "/v1/rerank": #"{"results":[{"index":0,"relevance_score":3.5}]}"#,
    ]
    let server = try LoopbackServer { .json(replies[$0.path] ?? "{}") }
    func verdict(_ route: ScalarServer.Route, _ squash: ScalarCritic.Squash) async throws -> Verdict {
      let critic = ScalarCritic(
        "rm", .everyNode, server: try ScalarServer(url: server.url, route: route), squash: squash)
      return try #require(try await critic.score([state(["a\n", "b\n"])]).first)
    }
    let pooled = try await verdict(.pooling, .sigmoid)
    #expect(abs((pooled.score ?? 0) - 0.75) < 1e-12)
    #expect(pooled.note.hasPrefix("reward 1.099; "))
    #expect(try await verdict(.classify, .none).score == 0.8)
    let ranked = try await verdict(.rerank, .none)
    #expect(ranked.score == nil && ranked.note.hasPrefix("expected a score in [0, 1], the head gave 3.500"))
    #expect(server.requests[0].fields["input"] as? String == "How many {step}?\na\nb\n")
    #expect(server.requests[2].fields["documents"] as? [String] == ["a\nb\n"])
  }

  /// One of its name takes the head's place; a rollout that its judge cannot read has no score, and says why.
  @Test func aPanelPrefersTheServedCritic() async throws {
    let judge = JudgeCritic("orm", .outcome, model: AnsweringModel(texts: ["Score: 6"]))
    let panel = CriticPanel(neural: nil, others: [judge])
    #expect(panel.names == ["orm"])
    let scored = try await panel.score([state(["x\n"], complete: true), state(["y\n"])], names: ["orm"])
    #expect(scored.map { $0["orm"]?.score } == [0.6, nil])
    let mute = JudgeCritic("orm", .outcome, model: AnsweringModel(texts: ["?"]))
    let rollout = FastRollout(policy: AnsweringModel(texts: ["#### 1"]), outcomes: mute)
    let result = try await rollout.rollOut(.init(from: state([]), count: 1, temperature: 1, maximumTokens: 9, seed: 1))
    #expect(result.rollouts.map(\.score) == [nil])
    #expect(result.rollouts.map(\.note) == ["no score in the judgement: ?"])
    #expect(result.mean == nil)
  }
}
