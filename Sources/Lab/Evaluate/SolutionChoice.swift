/// How one answer is chosen among sampled solutions.
package enum SolutionChoice: String, CaseIterable, Sendable {
  /// The most frequent answer (self-consistency).
  case majority
  /// The answer of the solution that the ORM likes best (ORM re-ranking).
  case bestOfN
  /// The answer with the greatest sum of ORM scores.
  case weightedVote

  /// True where the ORM has to judge every solution.
  package var needsScores: Bool { self != .majority }

  /// The chosen answer, the first seen of equals; nil where no solution states one.
  ///
  /// - Parameters:
  ///   - answers: what each solution states.
  ///   - scores: the ORM's score of each, as many as `answers`; read only where ``needsScores``.
  package func answer(_ answers: [String?], scores: [Double]) -> String? {
    var order: [String] = []
    var weights: [String: Double] = [:]
    for (index, answer) in answers.enumerated() {
      guard let answer else { continue }
      if weights[answer] == nil { order.append(answer) }
      let weight = weights[answer, default: 0]
      switch self {
      case .majority: weights[answer] = weight + 1
      case .bestOfN: weights[answer] = max(weight, scores[index])
      case .weightedVote: weights[answer] = weight + scores[index]
      }
    }
    return order.reduce(nil) { best, next in
      weights[next, default: 0] > best.map { weights[$0, default: 0] } ?? -1 ? next : best
    }
  }
}
