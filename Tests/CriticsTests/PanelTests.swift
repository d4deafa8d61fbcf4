import Models
import ModelsTesting
import Testing

@testable import Critics

/// Panel, heads and rollouts on the shipped models.
@Suite("Critic panel and rollouts")
struct PanelTests {
  private static let question =
    "Ana has 13 apples. Lena has 10 apples. How many apples do Lena and Ana have together now?"

  private func parts() throws -> (policy: EmbeddedModel, critics: NeuralCritics) {
    let policy = try EmbeddedModel(ShippedModels.policy)
    return (policy, NeuralCritics(try CriticModel(ShippedModels.critic), judging: policy))
  }

  private func state(_ policy: EmbeddedModel, _ lines: [String], isComplete: Bool) -> JudgedState {
    JudgedState(
      question: Self.question, tokens: policy.prompt(for: Self.question) + lines.flatMap { policy.tokenize($0) },
      optionTexts: lines, isComplete: isComplete)
  }

  @Test("three heads cost one pass; a child after its parent only its own tokens")
  func sharedPass() async throws {
    let (policy, critics) = try parts()
    #expect(critics.input == .stateTokens)
    let panel = CriticPanel(neural: critics, others: [CalculatorCritic()])
    #expect(panel.names == ["value", "prm", "orm", "calculator"])
    let parent = state(policy, ["Together they have 13 + 10 = 23 apples.\n"], isComplete: false)
    let first = try await panel.score([parent])[0]
    #expect(Set(first.keys) == ["value", "prm", "calculator"])
    #expect(first.values.reduce(0) { $0 + $1.tokensRead } == parent.tokens.count)
    #expect(first.values.reduce(0) { $0 + $1.tokensReused } == 0)
    let child = state(policy, parent.optionTexts + ["#### 23\n"], isComplete: true)
    let second = try await panel.score([child])[0]
    #expect(Set(second.keys) == ["value", "prm", "orm", "calculator"])
    #expect(second.values.reduce(0) { $0 + $1.tokensRead } == child.tokens.count - parent.tokens.count)
    #expect(second.values.reduce(0) { $0 + $1.tokensReused } == parent.tokens.count)
    for verdict in [first["value"], first["prm"], second["orm"]] {
      let score = try #require(verdict?.score)
      #expect((0...1).contains(score))
    }
    #expect(first["calculator"] == Verdict(score: 1, note: "checked: 13 + 10 = 23"))
  }

  @Test("only what is asked for is asked, and an unknown name is an error that lists the known ones")
  func names() async throws {
    let (policy, critics) = try parts()
    let panel = CriticPanel(neural: critics, others: [CalculatorCritic()])
    let line = state(policy, ["13 + 10 = 24\n"], isComplete: false)
    let calculator = try await panel.score([line], names: ["calculator"])
    #expect(calculator == [["calculator": Verdict(score: 0, note: "13 + 10 = 24 contradicts 23")]])
    #expect(await critics.model.cacheState.segments == 0)
    let error = await #expect(throws: ModelError.self) { try await panel.score([line], names: ["prm", "oracle"]) }
    #expect(error?.description == "critics: oracle: expected one of value, prm, orm, calculator")
    #expect(panel.scope(of: "orm") == .outcome)
    #expect(panel.scope(of: "calculator") == .everyNode)
    #expect(panel.scope(of: "oracle") == nil)
    #expect(try await panel.score([]).isEmpty)
  }

  @Test("one head as a critic of its own gives the panel's number and abstains out of its scope")
  func singleHead() async throws {
    let (policy, critics) = try parts()
    let states = [state(policy, ["#### 23\n"], isComplete: true), state(policy, ["13 + 10 = 23\n"], isComplete: false)]
    let alone = try await critics.critic("orm").score(states)
    let together = try await critics.score(states, names: critics.names)
    #expect(alone[0].score == together[0]["orm"]?.score)
    #expect(alone[1].score == nil)
  }

  @Test("texts tokenized anew give what the states' own tokens give")
  func texts() async throws {
    let (policy, critics) = try parts()
    let anew = NeuralCritics(critics.model, input: .texts)
    let whole = state(policy, ["Together they have 13 + 10 = 23 apples.\n", "#### 23\n"], isComplete: true)
    var bare = whole
    bare.tokens = []
    bare.optionTexts = ["Together they have 13 + 10 = 23 apples.", "#### 23"]
    let a = try await critics.score([whole], names: ["orm"])[0]["orm"]?.score
    let b = try await anew.score([bare], names: ["orm"])[0]["orm"]?.score
    #expect(a != nil)
    #expect(a == b)
  }

  @Test("a right last line is scored above a wrong one by PRM and ORM")
  func ranks() async throws {
    let (policy, critics) = try parts()
    var right = state(policy, [], isComplete: true)
    right.question =
      "Ana has 13 apples. Lena has 10 apples. Ana buys 3 trays of 3 apples. How many apples do Lena and Ana have together now?"
    var wrong = right
    let start = ["3 trays hold 3 * 3 = 9 apples.\n", "Ana has 13 + 9 = 22 apples.\n"]
    right.optionTexts = start + ["Together they have 22 + 10 = 32 apples.\n", "#### 32\n"]
    wrong.optionTexts = start + ["Together they have 22 + 13 = 35 apples.\n", "#### 35\n"]
    let judge = NeuralCritics(critics.model, input: .texts)
    let scores = try await judge.score([right, wrong], names: ["prm", "orm"])
    for head in ["prm", "orm"] {
      let (a, b) = (scores[0][head]?.score ?? 0, scores[1][head]?.score ?? 1)
      #expect(a > b, "\(head)")
    }
  }

  @Test("rollouts complete the state, are scored as whole solutions, and are the same for the same seed")
  func rollouts() async throws {
    let (policy, critics) = try parts()
    let rollout = try FastRollout(policy: policy, critics: critics)
    let start = state(policy, [], isComplete: false)
    let result = try await rollout.rollOut(.init(from: start, count: 4, temperature: 0.8, maximumTokens: 110, seed: 5))
    #expect(result.rollouts.count == 4)
    #expect(result.usage.prompted == start.tokens.count)
    #expect(result.usage.generated == result.rollouts.reduce(0) { $0 + $1.tokens.count })
    for each in result.rollouts {
      #expect((0...1).contains(try #require(each.ormScore)))
      #expect(each.text == policy.text(of: each.tokens))
    }
    let mean = try #require(result.mean)
    let scores = result.rollouts.compactMap(\.ormScore)
    #expect(abs(mean - scores.reduce(0, +) / 4) < 1e-12)
    let again = try await rollout.rollOut(.init(from: start, count: 4, temperature: 0.8, maximumTokens: 110, seed: 5))
    #expect(again.rollouts == result.rollouts)
    #expect(again.usage.prompted == 0)
    // the critic has seen all of it: nothing is read twice
    #expect(again.criticUsage.prompted == 0)
    let none = try await rollout.rollOut(.init(from: start, count: 0, temperature: 1, maximumTokens: 5, seed: 1))
    #expect(none.rollouts.isEmpty)
    #expect(none.mean == nil)
  }

  @Test("rollouts of several states in one call are those of each state alone")
  func rolloutBatch() async throws {
    let (policy, critics) = try parts()
    let rollout = try FastRollout(policy: policy, critics: critics)
    let states = [[], ["Together they have 13 + 10 = 23 apples.\n"]].map { state(policy, $0, isComplete: false) }
    let requests = (0..<4).map { i in
      FastRollout.Request(
        from: states[i % 2], count: 1 + i, temperature: 0.5 + 0.25 * Double(i), topP: i == 3 ? 0.9 : 1,
        maximumTokens: 20 * (i + 1), seed: UInt64(i))
    }
    let together = try await rollout.rollOut(requests)
    #expect(together.map(\.rollouts.count) == [1, 2, 3, 4])
    let fresh = try parts()
    let alone = try FastRollout(policy: fresh.policy, critics: fresh.critics)
    for (request, result) in zip(requests, together).reversed() {
      #expect(try await alone.rollOut(request).rollouts == result.rollouts)
    }
  }

  @Test("states judged together, each by its own critics, get what they get alone")
  func ownCritics() async throws {
    let (policy, critics) = try parts()
    let panel = CriticPanel(neural: critics, others: [CalculatorCritic()])
    let states = [
      state(policy, [], isComplete: false), state(policy, ["13 + 10 = 23\n"], isComplete: false),
      state(policy, ["13 + 10 = 23\n", "#### 23\n"], isComplete: true), state(policy, ["13\n"], isComplete: false),
    ]
    let names = [["value"], ["prm", "calculator"], ["value", "orm", "calculator"], ["orm"]]
    let together = try await panel.score(states, namesByState: names).map { $0.mapValues(\.score) }
    #expect(together.map { Set($0.keys) } == [["value"], ["prm", "calculator"], ["value", "orm", "calculator"], []])
    for i in states.indices {
      let alone = try await panel.score([states[i]], names: names[i])[0].mapValues(\.score)
      #expect(alone == together[i])
    }
  }
}
