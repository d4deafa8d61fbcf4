import Models
import Testing
import TreeSearch

@testable import Lab
@testable import Runs

struct BudgetedResponderTests {
  /// Answers every request with a content, at a price.
  private struct Priced: Responder {
    let content: Answer.Content
    let cost: Int
    var critic = 0
    var meter: PromptMeter?

    func answer(_ context: RequestContext) async throws -> Answer {
      meter?.add(ModelUsage(prompted: 6))
      return Answer(content, usage: TokenUsage(policy: cost, critic: critic))
    }
    func option(from text: String) async -> SearchOption { SearchOption(tokens: [], bytes: [], termination: .person) }
  }

  private static let line = Answer.Content.options([
    SearchOption(tokens: [1], bytes: Array("a line\n".utf8), termination: .newline)
  ])
  private static let solution = Answer.Content.options([
    SearchOption(tokens: [1], bytes: Array("#### 4".utf8), termination: .newline)
  ])
  private static let rollout = Answer.Content.rollouts([Rollout(text: "#### 4", score: 0.5)])

  private func context(_ kind: Request.Kind) -> RequestContext {
    RequestContext(
      request: Request(id: 0, node: .root, kind: kind, seed: 1), question: "?", options: [], isTerminal: false)
  }

  private let propose = Request.Kind.propose(draws: 1, temperature: 1, toEnd: false, earlier: 0)

  /// How many of ten answers at 10 tokens a budget of 35 lets through.
  private func admitted(_ content: Answer.Content) async -> Int {
    let responder = BudgetedResponder(Priced(content: content, cost: 10), budget: 35)
    var count = 0
    for _ in 0..<10 where (try? await responder.answer(context(propose))) != nil { count += 1 }
    return count
  }

  @Test func whatWouldGoBeyondIsThrownAway() async {
    #expect(await admitted(Self.solution) == 3)
    #expect(await admitted(Self.rollout) == 3)
  }

  /// As sampling may always draw one: without a whole solution the budget does not end the run.
  @Test func theFirstWholeSolutionIsLetThrough() async throws {
    #expect(await admitted(Self.line) == 10)
    let responder = BudgetedResponder(Priced(content: Self.rollout, cost: 100), budget: 35)
    _ = try await responder.answer(context(propose))
    await #expect(throws: CancellationError.self) { try await responder.answer(context(propose)) }
  }

  /// 10 tokens and 6 of a prompt at ½ make 13, of which 35 pay for two; 8 that a critic reads at ½ make it 17, and 10 make it 18.
  @Test func whatHasAPriceCounts() async throws {
    let prices = try TokenPrices("prompt=0.5,critic=0.5")
    func responder(_ critic: Int, budget: Int) -> BudgetedResponder {
      let meter = PromptMeter()
      return BudgetedResponder(
        Priced(content: Self.solution, cost: 10, critic: critic, meter: meter), budget: budget, prices: prices,
        meter: meter)
    }
    for (critic, admitted, spent) in [(0, 2, 26.0), (8, 2, 34), (10, 1, 18)] {
      let one = responder(critic, budget: 35)
      var count = 0
      for _ in 0..<5 where (try? await one.answer(context(propose))) != nil { count += 1 }
      #expect(count == admitted && one.spent == spent)
    }
  }

  @Test func criticsAreAskedAfterTheEnd() async throws {
    let responder = BudgetedResponder(Priced(content: Self.solution, cost: 20), budget: 35)
    _ = try await responder.answer(context(propose))
    await #expect(throws: CancellationError.self) { try await responder.answer(context(propose)) }
    let scoring = BudgetedResponder(Priced(content: .scores([]), cost: 0), budget: 0)
    _ = try await scoring.answer(context(.score(critics: ["value"])))
  }

  @Test func theMeterAddsUp() async throws {
    let meter = MeteredResponder(Priced(content: Self.line, cost: 10))
    for _ in 0..<3 { _ = try await meter.answer(context(propose)) }
    #expect(meter.reading.usage.generated == 30)
    #expect(meter.reading.inside > .zero)
  }
}
