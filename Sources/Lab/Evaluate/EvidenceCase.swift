import TreeInsight
import TreeSearch
import Vocabulary

/// The answers of a finished tree and the evidence for each: what the weights of the final selection `evidence` are fitted to.
package struct EvidenceCase: Sendable, Equatable, Codable {
  /// One answer.
  package struct Answer: Sendable, Equatable, Codable {
    /// Of each finished trajectory that states it, its evidence by kind.
    package let readings: [[Double]]
    package let isRight: Bool
    /// Whether the ORM's best trajectory states it.
    package let isReranked: Bool
  }

  package let answers: [Answer]

  package init(answers: [Answer]) { self.answers = answers }

  /// The answers of `tree`; nil where none is stated, or no reference says which is right.
  package init?(_ tree: SearchTree) {
    let problem = tree.header.problem
    var names = AnswerGroups(among: problem.choices)
    var readings: [[[Double]]] = []
    for candidate in tree.candidates() {
      let at = names.index(of: candidate.answer)
      if at == readings.count { readings.append([]) }
      let evidence = tree.evidence(for: candidate)
      readings[at].append(Evidence.allCases.map { evidence[$0] })
    }
    guard problem.answer != nil, let best = tree.finalAnswers()[.rerank] else { return nil }
    let reranked = names.index(of: best.answer)
    answers = readings.indices.map { at in
      Answer(
        readings: readings[at], isRight: problem.accepts(names.spellings[at]) == true, isReranked: at == reranked)
    }
  }
}
