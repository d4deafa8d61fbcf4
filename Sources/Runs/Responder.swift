import Models
import TreeSearch

/// Whoever answers the engine's requests: models and critics in process, a server, a recording, a test's script.
///
/// May be called several times at once; must stop soon after its task is cancelled.
public protocol Responder: Sendable {
  /// Answers one request. Throws where it cannot; the message is shown to the user and journaled.
  func answer(_ context: RequestContext) async throws -> Answer
  /// Answers several requests, in order. What a request is answered depends on it alone, not on its company.
  func answer(_ contexts: [RequestContext]) async -> [Result<Answer, any Error>]
  /// Turns a person's text into an option, ended by a line break.
  func option(from text: String) async -> SearchOption
}

extension Responder {
  /// Answers the requests one by one, all at once; results are in their order.
  public func answer(_ contexts: [RequestContext]) async -> [Result<Answer, any Error>] {
    await contexts.mapAtOnce { await result($0) }
  }

  private func result(_ context: RequestContext) async -> Result<Answer, any Error> {
    do { return .success(try await answer(context)) } catch { return .failure(error) }
  }
}
