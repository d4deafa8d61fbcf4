import TreeSearch

/// Drives a search with answers written down beforehand, taken one after the other whatever is asked.
public struct ScriptedDriver {
  /// Texts of the options that the policy draws; `#### 0` when none are left.
  public var options: [[UInt8]]
  /// What was thought before each of them.
  public var thinking: [String?] = []
  /// What the critics say of each node in turn; they abstain where a list has nothing for them.
  public var scores: [[String: Double?]]

  /// A driver with these answers.
  public init(options: [[UInt8]], scores: [[String: Double?]]) {
    self.options = options
    self.scores = scores
  }

  /// Events of the first `simulations`.
  public mutating func run(_ search: inout Search, simulations: Int) -> [SearchEvent] {
    search.work(upTo: simulations) { request, _ in answer(request) }
    return search.takeEvents()
  }

  private mutating func answer(_ request: Request) -> Answer {
    switch request.kind {
    case .propose:
      let bytes = options.isEmpty ? Array("#### 0\n".utf8) : options.removeFirst()
      let option = SearchOption(
        tokens: [1, 2], bytes: bytes, logProbabilities: [-0.25, -0.75], termination: .newline,
        thinking: thinking.isEmpty ? nil : thinking.removeFirst())
      return Answer(.options([option]), usage: TokenUsage(policy: 2))
    case .score(let critics):
      let given = scores.isEmpty ? [:] : scores.removeFirst()
      return Answer(.scores(critics.map { CriticScore(critic: $0, score: given[$0] ?? nil) }))
    case .compare(_, let nodes): return Answer(.similarities(nodes.map { _ in 0 }))
    case .rollOut(let count, _, _):
      return Answer(.rollouts((0..<count).map { _ in Rollout(text: "#### 5", score: 1) }))
    }
  }
}
