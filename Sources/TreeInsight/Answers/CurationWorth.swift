import Foundation
import TreeSearch
import Vocabulary

/// What a person's look at a run is worth, from the tree alone: how likely a label would change what is learned from it.
///
/// Three parts, each in [0, 1]. People find out most about a critic where it is convincing and wrong (PRM800K shows such solutions
/// first), then where critics differ about a step that much of the search hangs on, and where nobody can say which step is the
/// first wrong one.
public struct CurationWorth: Codable, Hashable, Sendable {
  /// The score of the chosen trajectory where its answer is known to be wrong; else 0.
  public let convincing: Double
  /// The greatest, over the steps of the chosen trajectory, of: by how much its critics differ × the share of visits that went
  /// through it × how undecided the critics' mean is, 1 − |2p − 1|.
  public let disagreement: Double
  /// How evenly the first wrong step is spread over the steps and "none", by the step scores: an entropy, 1 where all are equally
  /// likely.
  public let ambiguity: Double

  /// Parts as given.
  public init(convincing: Double, disagreement: Double, ambiguity: Double) {
    (self.convincing, self.disagreement, self.ambiguity) = (convincing, disagreement, ambiguity)
  }

  /// What queues are ordered by, in [0, 2]: what is convincing and wrong comes before what is only undecided.
  public var total: Double { convincing + (disagreement + ambiguity) / 2 }

  /// What a look at `tree` is worth, whose final selection is `chosen`. Complexity: O(depth × critics).
  public init(_ tree: SearchTree, chosen: Candidate?) {
    let path = (chosen.map { tree.path(to: $0.node) } ?? tree.bestPath()).dropFirst()
    let isWrong = chosen.flatMap { tree.header.problem.accepts($0.answer) } == false
    convincing = isWrong ? max(0, min(1, chosen?.score ?? 0)) : 0
    let all = Double(max(1, tree.simulations))
    disagreement = path.reduce(0) { most, node in
      let scores = tree.header.critics.compactMap { tree.score($0.name, of: node) }
      guard let least = scores.min(), let greatest = scores.max(), scores.count > 1 else { return most }
      let mean = scores.reduce(0, +) / Double(scores.count)
      return max(most, (greatest - least) * Double(tree[node].visits) / all * (1 - abs(2 * mean - 1)))
    }
    ambiguity = Self.ambiguity(
      path.compactMap { tree.score(CriticName.prm, of: $0) ?? tree.score(CriticName.value, of: $0) })
  }

  /// The entropy of the first wrong step's place, as a share of the greatest there could be, where step i is right with probability
  /// `right[i]` if all before it are. 0 for no step.
  static func ambiguity(_ right: [Double]) -> Double {
    guard !right.isEmpty else { return 0 }
    var (soFar, entropy) = (1.0, 0.0)
    func add(_ p: Double) { if p > 0 { entropy -= p * log(p) } }
    for p in right.map({ max(0, min(1, $0)) }) {
      add(soFar * (1 - p))
      soFar *= p
    }
    add(soFar)
    return max(0, entropy / log(Double(right.count + 1)))
  }
}
