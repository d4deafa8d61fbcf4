import Critics
import Models
import ModelsTesting
import Synchronization
import Testing
import TreeInsight
import TreeSearch
import Vocabulary

@testable import Runs

/// What a model thinks goes beside its text, and nowhere else.
struct ThinkingTests {
  /// A critic that keeps what it was shown.
  private final class Witness: Critic {
    let name = CriticName.orm
    let scope = CriticScope.outcome
    let seen = Mutex<[String]>([])

    func score(_ states: [JudgedState]) async throws -> [Verdict] {
      seen.withLock { $0 += states.map { $0.question + "|" + $0.optionTexts.joined() } }
      return states.map { _ in Verdict(score: 0.5, note: "") }
    }
  }

  private func context(_ kind: Request.Kind, after options: [SearchOption] = []) -> RequestContext {
    RequestContext(
      request: Request(id: 1, node: .root, kind: kind, seed: 1), question: "q", options: options, isTerminal: false)
  }

  private let model = TableModel(
    ["q:": ("a\n", [-1, -1]), "q:a\n": ("b\nc", [])],
    thoughts: ["q:": "hm, #### 7", "q:a\n": "first b,\nthen c"])

  @Test func anOptionCarriesIt() async throws {
    let responder = ModelResponder(policy: model, rollouts: nil, panel: CriticPanel(neural: nil))
    let answer = try await responder.answer(context(.propose(draws: 1, temperature: 1, toEnd: false, earlier: 0)))
    guard case .options(let options) = answer.content else { throw RunError("expected options") }
    #expect(options.map(\.text) == ["a\n"])
    #expect(options.map(\.thinking) == ["hm, #### 7"])
    #expect(answer.usage.policy == 2)
    // The next request goes on from the text alone, which is what the table knows.
    let next = try await responder.answer(
      context(.propose(draws: 1, temperature: 1, toEnd: true, earlier: 0), after: options))
    guard case .options(let more) = next.content else { throw RunError("expected options") }
    #expect(more.map(\.text) == ["b\nc"])
  }

  @Test func aRolloutCarriesItAndNoCriticSeesIt() async throws {
    let witness = Witness()
    let rollouts = FastRollout(policy: model, outcomes: witness)
    let responder = ModelResponder(policy: model, rollouts: rollouts, panel: CriticPanel(neural: nil))
    let before = SearchOption(bytes: Array("a\n".utf8), termination: .newline, thinking: "hm, #### 7")
    let answer = try await responder.answer(context(.rollOut(count: 1, temperature: 1, lines: true), after: [before]))
    guard case .rollouts(let told) = answer.content, let rollout = told.first else {
      throw RunError("expected a rollout")
    }
    #expect(rollout.text == "b\nc" && rollout.thinking == "first b,\nthen c")
    #expect(rollout.answer == nil)
    #expect(rollout.lines?.map(\.thinking) == ["first b,\nthen c", nil])
    #expect(witness.seen.withLock { $0 } == ["q|a\nb\nc"])
  }
}
