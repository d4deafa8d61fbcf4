import TreeSearch
import Vocabulary

/// Notices that nobody can judge what a run does: a search whose every reward is a coin's finds nothing.
struct JudgeCount: Equatable, Sendable {
  /// Nodes in a row that are borne.
  static let tolerated = 3

  private var unjudged = 0
  /// Some critic had an opinion once: none later on is no reason to rest.
  private var isJudged = false

  /// What is wrong after `node` was evaluated, with what to do about it; nil while there is nothing to say.
  mutating func objection(after node: NodeID, in tree: SearchTree) -> String? {
    if isJudged || node == .root { return nil }
    if tree.mergedReward(of: node) != nil {
      isJudged = true
      return nil
    }
    let notes = tree.details[node.offset].scores.compactMap { score in
      score.note.flatMap { $0.hasPrefix(CriticName.cannotJudge) ? "\(score.critic): \($0)" : nil }
    }
    guard let first = notes.first else { return nil }
    unjudged += 1
    guard unjudged == Self.tolerated else { return nil }
    unjudged = 0
    return "no critic can judge this problem (\(first)); expected one that can: --critic-model URL or FOLDER, a table "
      + "[critic.NAME] in the config file, or rollouts that agreement judges (etascope doctor says what there is)"
  }
}
