/// What changed over a queue of problems: a 2 × 2 of right and wrong, and the problems themselves with the regressions first.
public struct QueueSummary: Codable, Equatable, Sendable {
  /// The problems, broken ones first, then repaired, changed and equal ones; among them those whose Q moved most first.
  public let problems: [TreeDifference]
  /// Right and wrong; those without a reference answer are not in it.
  public let table: TurnTable
  /// Problems without a reference answer.
  public let unjudged: Int
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
    let judged = differences.compactMap { problem in
      problem.a.isRight.flatMap { before in problem.b.isRight.map { (before: before, after: $0) } }
    }
    table = TurnTable(judged)
    unjudged = differences.count - judged.count
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
