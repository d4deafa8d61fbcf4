import Runs
import Synchronization
import TreeSearch

/// A responder that measures what a run asks of its models and critics.
package final class MeteredResponder: Responder {
  /// What was measured.
  package struct Reading: Sendable {
    /// Tokens of all answers.
    package var usage = TokenUsage()
    /// Time during which at least one answer was being made.
    package var inside = Duration.zero
  }

  private struct State {
    var reading = Reading()
    var active = 0
    var since = ContinuousClock.now
  }

  private let responder: any Responder
  private let state = Mutex(State())

  package init(_ responder: any Responder) { self.responder = responder }

  /// What was measured so far; calls under way are left out.
  package var reading: Reading { state.withLock { $0.reading } }

  package func answer(_ context: RequestContext) async throws -> Answer { try await answer([context])[0].get() }

  package func answer(_ contexts: [RequestContext]) async -> [Result<Answer, any Error>] {
    state.withLock {
      if $0.active == 0 { $0.since = .now }
      $0.active += 1
    }
    defer {
      state.withLock {
        $0.active -= 1
        if $0.active == 0 { $0.reading.inside += .now - $0.since }
      }
    }
    let answers = await responder.answer(contexts)
    state.withLock { state in
      for case .success(let answer) in answers { state.reading.usage += answer.usage }
    }
    return answers
  }

  package func option(from text: String) async -> SearchOption { await responder.option(from: text) }

  package func spelling(of tokens: [Int32]) async -> [[UInt8]] { await responder.spelling(of: tokens) }
}
