import TreeSearch
import Vocabulary

/// A search without models, whose answers are a few multiplications: what is left is the engine's own cost.
///
/// key(root) = 1, key(child k of n) = mix(31·key(n) + k + 1), k counted from 0; value(root) = ½,
/// value(child) = ½ value(parent) + ½ unit(key(child)). A node at the depth cap is terminal; the reward is the value.
/// An option's text is its child's number.
struct SyntheticTask {
  /// Keys of the nodes scored so far, by node; values are the tree's own scores.
  private var keys: [UInt64] = []
  /// The answer for each number of a child; a table, because making texts is no part of the task.
  private let proposals: [Answer]
  /// Written anew for each answer: once its events are drained, nobody else holds it.
  private var scores = [CriticScore(critic: CriticName.value, score: 0)]

  init() {
    proposals = (0..<Self.widest).map {
      Answer(.options([SearchOption(bytes: Array("\($0)".utf8), termination: .newline)]))
    }
  }

  /// Greatest width that the task's parameters allow: that of the root.
  private static let widest = 60

  /// How the task is searched: AlphaLLM's paper form with c = 1, no merge and no rollouts.
  static func header(depth: Int, workers: Int = 1, simulations: Int? = nil) throws -> RunHeader {
    var parameters = SearchParameters()
    for (id, value) in [
      ("merge.rule", "off"), ("rollout.count", "0"), ("option.greedyFirst", "false"), ("selection.exploration", "1"),
      ("width.tolerance", "0.1"), ("depth.maximum", "\(depth)"), ("search.workers", "\(workers)"),
    ] {
      try parameters.set(id, to: value)
    }
    if let simulations { try parameters.set("limit.simulations", to: "\(simulations)") }
    return RunHeader(
      problem: Problem(id: "synthetic", question: "none"), seed: 1, parameters: parameters,
      critics: [CriticWeight(name: CriticName.value, weight: 1, scope: .everyNode)])
  }

  /// Answers a request of the search whose tree is `tree`.
  mutating func answer(_ request: Request, _ tree: borrowing SearchTree) -> Answer {
    let node = tree[request.node]
    guard case .score = request.kind else { return proposals[Int(node.openChildren)] }
    scores[0].score = value(of: request.node, node, tree)
    return Answer(.scores(scores))
  }

  private mutating func value(of id: NodeID, _ node: Node, _ tree: borrowing SearchTree) -> Double {
    guard node.parent.exists else {
      keys.append(1)
      return 0.5
    }
    let parent = tree[node.parent]
    // The newest child is the last one counted.
    let key = SplitMix.first(of: keys[node.parent.offset] &* 31 &+ UInt64(parent.openChildren))
    keys.append(key)
    return 0.5 * (parent.value ?? 0) + 0.5 * (Double(SplitMix.first(of: key) >> 11) / 9_007_199_254_740_992)
  }
}
