import Critics
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
  /// The bytes that each of an option's tokens stands for; empty where nobody can tell.
  func spelling(of tokens: [Int32]) async -> [[UInt8]]
}

extension Responder {
  /// Nobody can tell.
  public func spelling(of tokens: [Int32]) async -> [[UInt8]] { [] }

  /// Answers the requests one by one, all at once; results are in their order.
  public func answer(_ contexts: [RequestContext]) async -> [Result<Answer, any Error>] {
    await contexts.mapAtOnce { await result($0) }
  }

  private func result(_ context: RequestContext) async -> Result<Answer, any Error> {
    do { return .success(try await answer(context)) } catch { return .failure(error) }
  }
}

/// What a responder needs to know about a request: the problem, and the options that lead to the node.
public struct RequestContext: Sendable {
  /// The request.
  public let request: Request
  /// What is asked, with what is told before it (`Problem.prompt`).
  public let question: String
  /// Options from the root to the request's node.
  public let options: [SearchOption]
  /// True where the node ends its trajectory.
  public let isTerminal: Bool
  /// The options of the nodes that a comparison is with, in its order; empty for other requests.
  public let compared: [SearchOption]
  /// The run's parameters.
  public let parameters: SearchParameters
  /// What the run's tools know beside the texts.
  public let tools: ToolContext
  /// What stands where something else is to be written, and what speaks against it; nil for other requests.
  public var revision: (text: String, objection: String)?

  /// A context with its fields as given.
  public init(
    request: Request, question: String, options: [SearchOption], isTerminal: Bool, compared: [SearchOption] = [],
    parameters: SearchParameters = SearchParameters(), tools: ToolContext = ToolContext()
  ) {
    self.request = request
    self.question = question
    self.options = options
    self.isTerminal = isTerminal
    self.compared = compared
    self.parameters = parameters
    self.tools = tools
  }

  /// What `tree` says about `request`. Complexity: O(depth).
  public init(_ request: Request, in tree: SearchTree, tools: ToolContext = ToolContext()) {
    var compared: [SearchOption] = []
    if case .compare(_, let nodes) = request.kind { compared = nodes.compactMap { tree.details[$0.offset].option } }
    self.init(
      request: request, question: tree.header.problem.prompt, options: tree.options(to: request.node),
      isTerminal: tree[request.node].terminal != nil, compared: compared, parameters: tree.parameters, tools: tools)
    guard let cause = request.cause, case .revise(let node, let revision) = tree.interventions[cause].intervention
    else {
      return
    }
    let options = revision.isWhole == true ? tree.options(to: node) : tree.options(to: node).suffix(1)
    self.revision = (options.map(\.text).joined(), revision.objection)
  }
}
