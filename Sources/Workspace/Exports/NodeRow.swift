import Foundation
import TreeSearch
import Vocabulary

/// What the flat formats say of a node: numbers that are not known are nil.
struct NodeRow {
  let id: Int
  let parent: Int?
  let depth: Int
  /// The step's text; of the root the question.
  let text: String
  let visits: Int?
  let q, reward, value, prm, orm, prior: Double?
  let importance: Double
  let draws: Int
  let terminal: String?
  let answer: String?
  let isPruned, isInserted, isOverridden: Bool

  init(_ id: NodeID, in tree: SearchTree) {
    let (node, detail) = (tree[id], tree.details[id.offset])
    self.id = id.offset
    parent = node.parent.exists ? node.parent.offset : nil
    depth = Int(node.depth)
    text = detail.option?.text ?? tree.header.problem.question
    visits = node.knownVisits
    (q, reward) = (node.meanValue, detail.reward)
    value = tree.score(CriticName.value, of: id)
    prm = tree.score(CriticName.prm, of: id)
    orm = tree.score(CriticName.orm, of: id)
    prior = detail.prior ?? detail.option?.meanLogProbability.map { exp($0) }
    (importance, draws) = (node.importance, detail.draws)
    (terminal, answer) = (node.terminal?.rawValue, detail.answer)
    isPruned = node.marks.contains(.pruned)
    isInserted = node.marks.contains(.inserted)
    isOverridden = node.marks.contains(.overridden)
  }
}
