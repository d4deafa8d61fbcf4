import Critics
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
  /// The options of the nodes that a comparison is with, in its order; empty for other requests.
  public let compared: [SearchOption]
  /// The run's parameters.
  public let parameters: SearchParameters
  /// What the run's tools know beside the texts.
  public let tools: ToolContext

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
      request: request, question: tree.header.problem.question, options: tree.options(to: request.node),
      isTerminal: tree[request.node].terminal != nil, compared: compared, parameters: tree.parameters, tools: tools)
  }
}
