/// What changed over a queue of problems: a 2 × 2 of right and wrong, and the problems themselves with the regressions first.
public struct QueueSummary: Codable, Equatable, Sendable {
  /// The problems, broken ones first, then repaired, changed and equal ones; among them those whose Q moved most first.
  public let problems: [TreeDifference]
  /// Problems right both times, wrong both times; those without a reference answer are in neither.
  public let bothRight, bothWrong: Int
  /// Problems that turned wrong: right before.
  public let broken: Int
  /// Problems that turned right: wrong before.
  public let repaired: Int
  /// Problems without a reference answer.
  public let unjudged: Int
  /// The exact two-sided p of ``McNemar`` for `broken` against `repaired`.
  public let p: Double
  /// Means over the problems; nil without any.
  public let measures: DifferenceMeasures?

  /// The summary of these problems. Complexity: O(problems · log problems).
  public init(_ differences: [TreeDifference]) {
    let order = TreeDifference.Turn.allCases
    problems = differences.sorted { one, other in
      func rank(_ difference: TreeDifference) -> (Int, Double, String) {
        (
          order.firstIndex(of: difference.turn) ?? order.count, -(difference.measures.q ?? 0), difference.problem
        )
      }
      return rank(one) < rank(other)
    }
    func count(_ before: Bool, _ now: Bool) -> Int {
      differences.count { $0.a.isRight == before && $0.b.isRight == now }
    }
    (bothRight, bothWrong) = (count(true, true), count(false, false))
    (broken, repaired) = (count(true, false), count(false, true))
    unjudged = differences.count { $0.a.isRight == nil || $0.b.isRight == nil }
    p = McNemar.p(losses: broken, gains: repaired)
    measures = DifferenceMeasures(meanOf: differences.map(\.measures))
  }
}

extension DifferenceMeasures {
  /// The means of several; nil of none. What a problem has no number for, it has no part in.
  init?(meanOf all: [DifferenceMeasures]) {
    guard let overlap = mean(all.map(\.overlap)), let forks = mean(all.map(\.forks)) else { return nil }
    self.init(
      overlap: overlap, q: mean(all.map(\.q)), v: mean(all.map(\.v)), prior: mean(all.map(\.prior)), forks: forks)
  }
}
