import Foundation
import TreeSearch

/// Weights of the final selection `evidence` fitted to finished trees: those under which the right answers, or where none is right
/// the weight of none, are likeliest (a conditional logit whose alternatives are sums over trajectories). None is below 0: what a
/// critic likes never counts against an answer.
package struct EvidenceFit: Sendable {
  /// By kind, in its order; the last is `evidence.none`.
  package let weights: [Double]
  private let cases: [EvidenceCase]

  /// Keeps weights small where the trees do not say otherwise.
  private static let ridge = 1e-3
  private static let steps = 400

  /// A kind of evidence is taken in where it raises the mean logarithm of the chance of what is right, on problems that were not fitted
  /// to, by so much.
  private static let leastGain = 0.005
  private static let folds = 4

  /// Fits to the trees of each problem; nil with fewer than 20 trees that hold a right answer, or fewer than 20 that hold none.
  ///
  /// Kinds are taken in one after the other, the ORM's word first, the one that helps most next.
  /// Complexity: O(kinds² × steps × trajectories).
  package init?(_ problems: [[EvidenceCase]]) {
    let cases = problems.flatMap { $0 }
    let held = cases.count { $0.answers.contains(where: \.isRight) }
    guard min(held, cases.count - held) >= 20 else { return nil }
    self.cases = cases
    var kinds: Set<Int> = [0]
    var value = Self.heldOut(problems, kinds)
    while let next = Evidence.allCases.indices.filter({ !kinds.contains($0) })
      .map({ (kind: $0, value: Self.heldOut(problems, kinds.union([$0]))) }).max(by: { $0.value < $1.value }),
      next.value >= value + Self.leastGain
    {
      kinds.insert(next.kind)
      value = next.value
    }
    weights = Self.fitted(cases, kinds)
  }

  /// The mean logarithm of the chance of what is right on each quarter of the problems, fitted to the others.
  private static func heldOut(_ problems: [[EvidenceCase]], _ kinds: Set<Int>) -> Double {
    var (sum, count) = (0.0, 0)
    for fold in 0..<folds {
      func part(_ isOwn: Bool) -> [EvidenceCase] {
        problems.enumerated().filter { ($0.offset % folds == fold) == isOwn }.flatMap(\.element)
      }
      let (own, others) = (part(true), part(false))
      let weights = fitted(others, kinds)
      sum += likelihood(weights, own, ridge: 0).value * Double(own.count)
      count += own.count
    }
    return sum / Double(max(1, count))
  }

  /// Weights of these kinds, the others 0, by projected gradient ascent; a step that does not help is halved, one that does is
  /// stretched.
  private static func fitted(_ cases: [EvidenceCase], _ kinds: Set<Int>) -> [Double] {
    let none = Evidence.allCases.count
    var weights = [Double](repeating: 0, count: none + 1)
    weights[0] = 1
    var (value, slope) = likelihood(weights, cases)
    var stride = 1.0
    for _ in 0..<steps {
      let next = weights.indices.map { place in
        let moved = weights[place] + stride * slope[place]
        return place == none ? moved : kinds.contains(place) ? max(0, moved) : 0
      }
      let (there, slopeThere) = likelihood(next, cases)
      if there > value {
        let gain = there - value
        (weights, value, slope, stride) = (next, there, slopeThere, stride * 1.3)
        if gain < 1e-7 { break }
      } else {
        stride /= 2
        if stride < 1e-9 { break }
      }
    }
    return weights
  }

  /// The mean logarithm of the chance of what is right, less the ridge, and its slope.
  private static func likelihood(
    _ weights: [Double], _ cases: [EvidenceCase], ridge: Double = ridge
  ) -> (value: Double, slope: [Double]) {
    var value = 0.0
    var slope = [Double](repeating: 0, count: weights.count)
    let kinds = weights.count - 1
    for one in cases {
      // The logarithm of what each trajectory weighs, the last being none.
      let rows = one.answers.flatMap { answer in answer.readings.map { ($0, answer.isRight) } }
      let logs = rows.map { row, _ in zip(weights, row).reduce(0) { $0 + $1.0 * $1.1 } } + [weights[kinds]]
      let most = logs.max() ?? 0
      let shares = logs.map { exp($0 - most) }
      let holdsRight = rows.contains { $0.1 }
      let isRight = rows.map(\.1) + [!holdsRight]
      let whole = shares.reduce(0, +)
      let right = max(1e-300, zip(shares, isRight).reduce(0) { $1.1 ? $0 + $1.0 : $0 })
      value += log(right / whole)
      for place in shares.indices {
        let pull = (isRight[place] ? shares[place] / right : 0) - shares[place] / whole
        guard place < rows.count else {
          slope[kinds] += pull
          continue
        }
        for kind in 0..<kinds { slope[kind] += pull * rows[place].0[kind] }
      }
    }
    let count = Double(max(1, cases.count))
    for place in slope.indices { slope[place] = slope[place] / count - 2 * ridge * weights[place] }
    return (value / count - ridge * weights.reduce(0) { $0 + $1 * $1 }, slope)
  }

  /// As the parameters are written, a line each, with two decimals.
  package var lines: [String] {
    let keys = Evidence.allCases.map { "evidence.\($0.rawValue)" } + [SearchParameters.evidenceNone.id]
    return zip(keys, weights).map { String(format: "%@=%.2f", $0, $1) }
  }

  /// What the weights come to on the trees that they were fitted to.
  package var summary: String {
    let held = cases.filter { $0.answers.contains(where: \.isRight) }
    let reranked = held.count { $0.answers.contains { $0.isRight && $0.isReranked } }
    let chosen = held.count { one in
      let sums = one.answers.map { answer in
        answer.readings.reduce(0.0) { sum, row in sum + exp(zip(weights, row).reduce(0) { $0 + $1.0 * $1.1 }) }
      }
      let best = sums.indices.max { sums[$0] < sums[$1] }
      return best.map { one.answers[$0].isRight } ?? false
    }
    func share(_ part: Int) -> String { MarkdownTable.percent(Double(part) / Double(max(1, held.count))) }
    return
      "\(cases.count) trees, \(held.count) with the right answer: rerank chooses it in \(share(reranked)), these weights in "
      + share(chosen)
  }
}
