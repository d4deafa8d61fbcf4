import TreeSearch
import Vocabulary

extension SearchTree {
  /// True where the node's answer agrees with the reference; nil where it states none or there is no reference.
  public func isCorrect(at id: NodeID) -> Bool? { isCorrect(details[id.offset].answer) }

  /// True where `answer` agrees with the reference; nil without an answer or a reference.
  public func isCorrect(_ answer: String?) -> Bool? {
    answer.flatMap { AnswerFormat.isCorrect($0, by: header.problem.answer) }
  }

  /// True where a tool that checks (not a learned critic) found the step wrong.
  public func isContradicted(_ id: NodeID) -> Bool {
    details[id.offset].scores.contains { CriticName.isContradiction($0.score, by: $0.critic) }
  }

  /// How far the learned critics differ at `id`: greatest score less least; nil where fewer than two gave one.
  public func criticSpread(at id: NodeID) -> Double? {
    let scores = CriticName.learned.compactMap { score($0, of: id) }
    guard scores.count > 1, let least = scores.min(), let most = scores.max() else { return nil }
    return most - least
  }
}

extension CriticName {
  /// True where `score` is a tool's objection that keeps half of its weight or more: ¼ or less, 0 where it keeps all.
  public static func isContradiction(_ score: Double?, by critic: String) -> Bool {
    score.map { $0 <= 0.25 } == true && !learned.contains(critic)
  }

  /// The critics that are models; every other one is a tool, whose score is a finding.
  public static let learned = [value, prm, orm]
}
