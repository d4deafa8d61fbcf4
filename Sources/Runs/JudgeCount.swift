import TreeSearch
import Vocabulary

/// Notices that nobody can judge what a run does: a search whose every reward is a coin's finds nothing.
package struct JudgeCount: Equatable, Sendable {
  /// Nodes in a row that are borne.
  static let tolerated = 2

  private var unjudged = 0
  /// Some critic had an opinion once, or it has been said that none has.
  private var isSettled = false

  /// What is wrong after `node` was evaluated, with what to do about it; said once, nil where there is nothing to say.
  mutating func objection(after node: NodeID, in tree: SearchTree) -> String? {
    if isSettled || node == .root { return nil }
    if tree.mergedReward(of: node) != nil {
      isSettled = true
      return nil
    }
    guard let reason = Self.reason(at: node, in: tree) else { return nil }
    unjudged += 1
    isSettled = unjudged == Self.tolerated
    return isSettled ? Self.advice(reason) : nil
  }

  /// Why the first critic that cannot judge `node` cannot; nil where each merely has nothing to say.
  private static func reason(at node: NodeID, in tree: SearchTree) -> String? {
    tree.details[node.offset].scores.lazy.compactMap { score in
      score.note.flatMap { $0.hasPrefix(CriticName.cannotJudge) ? "\(score.critic): \($0)" : nil }
    }.first
  }

  private static func advice(_ reason: String) -> String {
    "no critic can judge this problem (\(reason)): every reward is a coin's; expected a critic that can: --critic-model URL or "
      + "FOLDER, a table [critic.NAME] in the config file, or rollouts that state answers (etascope doctor says what there is)"
  }

  /// The same of a whole tree; nil where some critic had an opinion of some node. Complexity: O(nodes).
  package static func objection(to tree: SearchTree) -> String? {
    let shown = tree.nodes.indices.dropFirst().lazy.map { NodeID($0) }.filter {
      tree[$0].isShown && tree[$0].reward != nil
    }
    guard shown.allSatisfy({ tree.mergedReward(of: $0) == nil }) else { return nil }
    return shown.compactMap { reason(at: $0, in: tree) }.first.map(advice)
  }
}
