import Foundation
import Runs
import Synchronization
import TreeSearch
import Vocabulary

/// How many tokens a method may generate on a problem.
package enum Budget: Sendable, Equatable {
  /// So many times what a greedy answer to the same problem takes.
  case multiple(Double)
  /// What search spends within its own limits.
  case own

  /// The budget in tokens where a greedy answer takes `greedy` tokens; nil where search has to say it.
  package func tokens(greedy: Int) -> Int? {
    switch self {
    case .multiple(let factor): max(1, Int((factor * Double(greedy)).rounded()))
    case .own: nil
    }
  }

  /// The multiple; nil for search's own limits.
  package var factor: Double? {
    if case .multiple(let factor) = self { factor } else { nil }
  }

  /// As in a table: `4×`.
  package var label: String { factor.map { String(format: "%g×", $0) } ?? "own" }

  /// Reads `1,2,4`. Nil where `text` is not a list of different numbers from 0.1 to 1000; sorted from small to large.
  package static func list(_ text: String) -> [Budget]? {
    let parts = text.split(separator: ",", omittingEmptySubsequences: false)
    let factors = parts.compactMap { Double($0.trimmingCharacters(in: .whitespaces)) }
    guard factors.count == parts.count, Set(factors).count == factors.count,
      factors.allSatisfy({ (0.1...1000).contains($0) })
    else { return nil }
    return factors.sorted().map(Budget.multiple)
  }
}

/// Ends a run exactly at its budget: an answer that would go beyond it is thrown away, and nothing is generated after it.
///
/// The engine looks at its token limit between simulations only, and one simulation with its rollouts may cost more than
/// a small budget. Sampling methods are held to the same rule, including this: the first whole solution is let through.
package final class BudgetedResponder: Responder {
  private struct State {
    var spent = 0.0
    var hasSolution = false
    var isOver = false
  }

  private let responder: any Responder
  private let budget: Int
  private let prices: TokenPrices
  private let meter: PromptMeter?
  private let state = Mutex(State())

  /// A responder that lets answers through which together cost `budget` generated tokens.
  ///
  /// - Parameters:
  ///   - prices: what other tokens cost.
  ///   - meter: counts the prompt tokens that the answers took; nil where they cost nothing.
  package init(
    _ responder: any Responder, budget: Int, prices: TokenPrices = TokenPrices(), meter: PromptMeter? = nil
  ) {
    (self.responder, self.budget, self.prices, self.meter) = (responder, budget, prices, meter)
  }

  /// What the answers that were let through cost.
  package var spent: Double { state.withLock { $0.spent } }

  /// - Throws: `CancellationError` once the budget is spent: the request stays unanswered and the run comes to rest.
  package func answer(_ context: RequestContext) async throws -> Answer { try await answer([context])[0].get() }

  /// Asks together what may still be asked, and lets the answers through in their order.
  package func answer(_ contexts: [RequestContext]) async -> [Result<Answer, any Error>] {
    let isOver = state.withLock { $0.isOver }
    let asked = contexts.filter { !isOver || isScoring($0.request) }
    let before = meter?.reading.prompted ?? 0
    var answers = (await responder.answer(asked)).makeIterator()
    // Prompts of answers that are asked for together are paid for with the first of them.
    var prompted = (meter?.reading.prompted ?? 0) - before
    return contexts.map { context in
      guard !isOver || isScoring(context.request), let answer = answers.next() else {
        return .failure(CancellationError())
      }
      return answer.flatMap {
        defer { prompted = 0 }
        return admits($0, prompted, context.tools.checks.answerMarkers) ? .success($0) : .failure(CancellationError())
      }
    }
  }

  package func option(from text: String) async -> SearchOption { await responder.option(from: text) }

  private func admits(_ answer: Answer, _ prompted: Int, _ markers: [String]) -> Bool {
    let usage = answer.usage
    let cost = prices.cost(
      generated: usage.generated, prompt: prompted, cached: usage.reused, critic: usage.critic)
    let isSolution = Self.holdsSolution(answer, markers)
    return state.withLock { state in
      if usage.generated == 0 {
        state.spent += cost
        return true
      }
      if state.isOver || (state.hasSolution && state.spent + cost > Double(budget)) {
        state.isOver = true
        return false
      }
      state.spent += cost
      state.hasSolution = state.hasSolution || isSolution
      return true
    }
  }

  /// Critics generate nothing: what is already drawn is still scored, also where that has a price.
  private func isScoring(_ request: Request) -> Bool {
    if case .score = request.kind { true } else { false }
  }

  private static func holdsSolution(_ answer: Answer, _ markers: [String]) -> Bool {
    switch answer.content {
    case .options(let options):
      options.contains { $0.termination == .endOfText || AnswerFormat.answer(in: $0.text, markers: markers) != nil }
    case .rollouts(let rollouts): !rollouts.isEmpty
    default: false
    }
  }
}
