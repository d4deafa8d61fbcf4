import TreeSearch

/// What a responder needs to know about a request: the problem, and the options that lead to the node.
public struct RequestContext: Sendable {
  /// The request.
  public let request: Request
  /// The problem's question.
  public let question: String
  /// Options from the root to the request's node.
  public let options: [SearchOption]
  /// True where the node ends its trajectory.
  public let isTerminal: Bool

  /// A context with its fields as given.
  public init(request: Request, question: String, options: [SearchOption], isTerminal: Bool) {
    self.request = request
    self.question = question
    self.options = options
    self.isTerminal = isTerminal
  }
}

/// Whoever answers the engine's requests: models and critics in process, a server, a recording, a test's script.
///
/// May be called several times at once; must stop soon after its task is cancelled.
public protocol Responder: Sendable {
  /// Answers one request. Throws where it cannot; the message is shown to the user and journaled.
  func answer(_ context: RequestContext) async throws -> Answer
  /// Turns a person's text into an option, ended by a line break.
  func option(from text: String) async -> SearchOption
}
