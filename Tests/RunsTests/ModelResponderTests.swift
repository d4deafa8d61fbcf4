import Critics
import Models
import ModelsTesting
import Testing
import TreeInsight
import TreeSearch
import Vocabulary

@testable import Runs

/// Requests answered by the shipped models, together and alone.
struct ModelResponderTests {
  private static let question =
    "Ana has 13 apples. Lena has 10 apples. How many apples do Lena and Ana have together now?"

  private func responder() throws -> (responder: ModelResponder, policy: EmbeddedModel) {
    let policy = try EmbeddedModel(ShippedModels.policy)
    let critics = NeuralCritics(try CriticModel(ShippedModels.critic), judging: policy)
    let panel = CriticPanel(neural: critics, others: [CalculatorCritic()])
    return (
      ModelResponder(policy: policy, rollouts: try FastRollout(policy: policy, critics: critics), panel: panel), policy
    )
  }

  private func context(
    _ id: Int, _ kind: Request.Kind, after lines: [String] = [], terminal: Bool = false, compared: [SearchOption] = [],
    parameters: SearchParameters = SearchParameters()
  ) -> RequestContext {
    RequestContext(
      request: Request(id: id, node: .root, kind: kind, seed: UInt64(id)), question: Self.question,
      options: lines.map(line), isTerminal: terminal, compared: compared, parameters: parameters)
  }

  private func line(_ text: String) -> SearchOption { SearchOption(bytes: Array(text.utf8), termination: .newline) }

  private let sum = "Together they have 13 + 10 = 23 apples.\n"

  private func propose(_ draws: Int = 2, toEnd: Bool = false) -> Request.Kind {
    .propose(draws: draws, temperature: 1, toEnd: toEnd, earlier: 0)
  }

  @Test func whatARequestIsAnsweredDependsOnItAlone() async throws {
    let level = try SearchParameters.given(["option.level": .word("option"), "option.entropy": .number(0.5)])
    let token = try SearchParameters.given(["option.level": .word("token")])
    let contexts = [
      context(0, propose()), context(1, .score(critics: ["value"])),
      context(2, .rollOut(count: 3, temperature: 1, lines: true), after: [sum]),
      context(3, propose(), after: [sum]), context(4, .score(critics: ["value", "prm", "calculator"]), after: [sum]),
      context(5, .compare(option: line(sum), with: [NodeID(1), NodeID(2)]), compared: [line("#### 23\n"), line(sum)]),
      context(6, propose(3, toEnd: true)), context(7, propose(), parameters: level),
      context(8, .score(critics: ["value", "prm", "orm", "calculator"]), after: [sum, "#### 23\n"], terminal: true),
      context(9, propose(), after: [sum], parameters: token), context(10, .rollOut(count: 2, temperature: 0.5)),
      context(11, .compare(option: line("Ana has 13.\n"), with: [NodeID(3)]), compared: [line("Lena has 10.\n")]),
    ]
    let together = try await responder().responder.answer(contexts).map { try $0.get().content }
    #expect(together.count == contexts.count)
    let alone = try responder().responder
    for (context, content) in zip(contexts, together).reversed() {
      #expect(try await alone.answer(context).content == content, "request \(context.request.id)")
    }
    guard case .similarities(let beliefs) = together[5] else { throw RunError("expected similarities") }
    #expect(beliefs == [0, 1])
    guard case .options(let options) = together[9] else { throw RunError("expected options") }
    #expect(options.allSatisfy { $0.tokens.count == 1 && $0.termination == .token })
  }

  @Test func proposalsOfSeveralNodesAreOneCall() async throws {
    let table = TableModel()
    let responder = ModelResponder(policy: table, rollouts: nil, panel: CriticPanel(neural: nil, others: []))
    let answers = await responder.answer((0..<5).map { context($0, propose(1), after: ["\($0)\n"]) })
    #expect(table.calls.withLock { $0.samples } == [5])
    let texts = try answers.map { answer -> String in
      guard case .options(let options) = try answer.get().content else { return "" }
      return options.map(\.text).joined()
    }
    #expect(texts == ["0\n", "1\n", "2\n", "3\n", "4\n"])
  }

  @Test func onlyWhatCannotBeAnsweredFails() async throws {
    let table = TableModel(contextLength: 200)
    let responder = ModelResponder(policy: table, rollouts: nil, panel: CriticPanel(neural: nil, others: []))
    let long = String(repeating: "x", count: 300)
    let answers = await responder.answer([
      context(0, propose(1)), context(1, propose(1), after: [long]), context(2, .rollOut(count: 1, temperature: 1)),
      context(3, .score(critics: ["oracle"])), context(4, propose(1)),
    ])
    let messages = answers.map { answer -> String in
      do { return "\(try answer.get().usage.policy)" } catch { return "\(error)" }
    }
    #expect(
      messages == [
        "2", "table: prefix: expected a shorter one", "this run has no rollout model",
        "critics: oracle: expected one of ", "2",
      ])
  }

  @Test func aRolloutsLinesAreOptionsOfThePolicy() async throws {
    let (responder, policy) = try responder()
    let parameters = try SearchParameters.given(["rollout.maximumTokens": .integer(25)])
    var endings: Set<Termination> = []
    for parameters in [SearchParameters(), parameters] {
      let request = context(1, .rollOut(count: 6, temperature: 1, lines: true), parameters: parameters)
      guard case .rollouts(let rollouts) = try await responder.answer(request).content else {
        throw RunError("expected rollouts")
      }
      for rollout in rollouts {
        let lines = try #require(rollout.lines)
        #expect(lines.map(\.text).joined() == rollout.text)
        let tokens = lines.flatMap(\.tokens)
        let scored = try await policy.logProbabilities(
          prefix: policy.prompt(for: Self.question), continuation: tokens)
        #expect(scored.logProbabilities.map(Float.init) == lines.flatMap(\.logProbabilities))
        for line in lines {
          #expect(line.bytes == policy.bytes(of: line.tokens))
          #expect(!line.bytes.dropLast().contains(0x0A))
          if line.termination == .newline { #expect(line.bytes.last == 0x0A) }
        }
        #expect(lines.dropLast().allSatisfy { $0.termination == .newline })
        endings.formUnion(lines.map(\.termination))
      }
    }
    #expect(endings == [.newline, .endOfText, .lengthCap])
    guard case .rollouts(let bare) = try await responder.answer(context(2, .rollOut(count: 1, temperature: 1))).content
    else { throw RunError("expected rollouts") }
    #expect(bare[0].lines == nil)
  }
}
