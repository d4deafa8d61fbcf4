import TreeSearch

/// A policy and critics that answer from a request's seed and the depth of its node: lines, then answers.
public struct SeededPolicy: Sendable {
  /// Depth at which every option states an answer.
  public var answerDepth: Int
  /// The only answer that options state; nil for several.
  public var onlyAnswer: UInt64?

  /// Answers at `answerDepth`, one of seven unless told which.
  public init(answerDepth: Int = 3, onlyAnswer: UInt64? = nil) {
    self.answerDepth = answerDepth
    self.onlyAnswer = onlyAnswer
  }

  /// The same request at the same depth gets the same answer.
  public func answer(_ request: Request, depth: Int) -> Answer {
    switch request.kind {
    case .propose(let draws, _, _, _):
      let options = (0..<UInt64(draws)).map { draw in
        SearchOption(
          depth + 1 >= answerDepth
            ? "#### \(onlyAnswer ?? (request.seed &+ draw) % 7)\n" : "line \((request.seed &+ draw) % 1000)\n")
      }
      return Answer(.options(options), usage: TokenUsage(policy: 10 * draws))
    case .score(let critics):
      let score = Double(request.seed % 101) / 100
      return Answer(.scores(critics.map { CriticScore(critic: $0, score: score) }), usage: TokenUsage(critic: 1))
    case .compare(_, let nodes): return Answer(.similarities(nodes.map { _ in 0 }))
    case .rollOut(let count, _, _):
      let rollouts = (0..<count).map { Rollout(text: "#### \($0)\n", score: 0.5) }
      return Answer(.rollouts(rollouts), usage: TokenUsage(rollout: count))
    }
  }
}
