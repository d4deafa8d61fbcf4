import Models
import ModelsTesting
import Synchronization
import Testing
import Vocabulary

@testable import Critics

/// Critics that cannot judge what they are asked about.
struct CriticDoubtsTests {
  /// Judges short texts; of others it throws what it was made with.
  private final class Picky: Critic {
    let name: String
    let scope = CriticScope.everyNode
    let error: any Error
    let calls = Mutex(0)

    init(_ name: String, _ error: any Error) { (self.name, self.error) = (name, error) }

    func score(_ states: [JudgedState]) async throws -> [Verdict] {
      calls.withLock { $0 += 1 }
      if states.contains(where: { $0.question.count > 3 }) { throw error }
      return states.map { _ in Verdict(score: 0.75) }
    }
  }

  private func state(_ question: String) -> JudgedState {
    JudgedState(question: question, tokens: [], optionTexts: ["a\n"], isComplete: false)
  }

  @Test func aTextThatIsTooLongCostsItsOwnVerdictOnly() async throws {
    let critic = Picky("prm", ModelError.overflow("small", context: 512, count: 600))
    let panel = CriticPanel(neural: nil, others: [critic])
    let verdicts = try await panel.score(["a", "long one", "b"].map(state))
    #expect(verdicts.map { $0["prm"]?.score } == [0.75, nil, 0.75])
    #expect(
      verdicts[1]["prm"]?.note
        == "cannot judge: small: prefix: expected at most 512 tokens, the model's context; got 600")
    for _ in 0..<5 { _ = try await panel.score([state("long one")]) }
    #expect(try await panel.score([state("c")])[0]["prm"]?.score == 0.75, "the text was to blame, not the critic")
  }

  @Test func whatNeverWorksIsAskedNoMore() async throws {
    let critic = Picky("prm", ModelError("server", "labels", "expected log-probabilities"))
    let panel = CriticPanel(neural: nil, others: [critic])
    for _ in 0..<10 {
      let verdict = try #require(try await panel.score([state("long one")])[0]["prm"])
      #expect(verdict.score == nil && verdict.note.hasPrefix(CriticName.cannotJudge))
    }
    #expect(critic.calls.withLock { $0 } == 3)
    let last = try await panel.score([state("a")])[0]["prm"]?.note
    #expect(last == "cannot judge: asked no more: server: labels: expected log-probabilities")
  }

  private struct Busy: Error {}

  @Test func whatMayPassIsThrown() async throws {
    let panel = CriticPanel(neural: nil, others: [Picky("prm", Busy())])
    for _ in 0..<5 { await #expect(throws: Busy.self) { try await panel.score([self.state("long one")]) } }
  }
}

/// Labels that a model does not say.
struct SteppingBackTests {
  /// Knows no label.
  private final class Speechless: ByteModel {
    let (name, fingerprint, contextLength) = ("speechless", "0", 4096)
    let asked = Mutex(0)
    func sample(_ requests: [SampleRequest]) async throws -> [SampleResult] { [] }
    func logProbabilities(_ requests: [LikelihoodRequest]) async throws -> [LikelihoodResult] { [] }
    func likelihoods(of labels: [String], after prefixes: [[Int32]]) async throws -> [LabelResult] {
      asked.withLock { $0 += prefixes.count }
      return prefixes.map { _ in LabelResult(beliefs: labels.map { _ in .atMost(-5) }, usage: ModelUsage()) }
    }
  }

  private let states = (0..<9).map {
    JudgedState(question: "q\($0)", tokens: [], optionTexts: ["a\n"], isComplete: true)
  }

  @Test func aCriticThatNobodyAskedForIsAskedNoMore() async throws {
    let model = Speechless()
    let critic = LabelCritic(
      "orm", .outcome, model: model, prompt: CriticPrompt(CriticPrompt.outcome), stepsBack: true)
    let panel = CriticPanel(neural: nil, others: [critic])
    for state in states {
      let verdict = try #require(try await panel.score([state])[0]["orm"])
      #expect(verdict.score == nil && verdict.note.hasPrefix("cannot judge: "))
    }
    #expect(model.asked.withLock { $0 } == 3)
  }

  @Test func oneThatSomebodyDescribedHasNothingToSay() async throws {
    let critic = LabelCritic("orm", .outcome, model: Speechless(), prompt: CriticPrompt(CriticPrompt.outcome))
    let verdict = try #require(try await CriticPanel(neural: nil, others: [critic]).score([states[0]])[0]["orm"])
    #expect(verdict.score == nil && verdict.note.hasPrefix("label not in top-k: "))
  }
}
