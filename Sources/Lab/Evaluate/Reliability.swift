import TreeInsight
import TreeSearch
import Vocabulary
import Workspace

/// How often a critic's scores came true: verdicts on finished trajectories, sorted into tenths of the score.
package struct Reliability: Sendable, Equatable, Codable {
  /// One tenth of the scores; the last one holds 1 as well.
  package struct Bin: Sendable, Equatable, Codable {
    package var count = 0
    /// Sum of the scores.
    package var scores = 0.0
    /// How many of them were given to a right answer.
    package var right = 0
  }

  /// The scores of one kind of answers: how many, their sum and that of their squares.
  private struct Moments: Sendable, Equatable, Codable {
    var (count, sum, squares) = (0.0, 0.0, 0.0)

    mutating func add(_ score: Double) { self += Moments(count: 1, sum: score, squares: score * score) }

    static func += (a: inout Moments, b: Moments) {
      (a.count, a.sum, a.squares) = (a.count + b.count, a.sum + b.sum, a.squares + b.squares)
    }

    init(count: Double = 0, sum: Double = 0, squares: Double = 0) {
      (self.count, self.sum, self.squares) = (count, sum, squares)
    }
  }

  package private(set) var bins = [Bin](repeating: Bin(), count: 10)
  private var (right, wrong) = (Moments(), Moments())

  /// Takes note of one verdict in [0, 1].
  package mutating func add(_ score: Double, isRight: Bool) {
    let bin = min(bins.count - 1, max(0, Int(score * Double(bins.count))))
    bins[bin].count += 1
    bins[bin].scores += score
    if isRight { bins[bin].right += 1 }
    if isRight { right.add(score) } else { wrong.add(score) }
  }

  package static func += (a: inout Reliability, b: Reliability) {
    for index in a.bins.indices {
      a.bins[index].count += b.bins[index].count
      a.bins[index].scores += b.bins[index].scores
      a.bins[index].right += b.bins[index].right
    }
    a.right += b.right
    a.wrong += b.wrong
  }

  /// Δ/σ: how far the mean score of right answers lies above that of wrong ones, in units of the scores' spread among answers of one
  /// kind: what caps a useful width (`width.signal`). Nil with fewer than two verdicts of either kind, and where nothing spreads.
  package var signal: Double? {
    guard right.count > 1, wrong.count > 1 else { return nil }
    func scatter(_ part: Moments) -> Double { part.squares - part.sum * part.sum / part.count }
    let noise = ((scatter(right) + scatter(wrong)) / (right.count + wrong.count - 2)).squareRoot()
    return noise > 1e-9 ? (right.sum / right.count - wrong.sum / wrong.count) / noise : nil
  }

  /// All verdicts.
  package var count: Int { bins.reduce(0) { $0 + $1.count } }

  /// Expected calibration error (Naeini et al., 2015): the mean distance between a tenth's mean score and its share of
  /// right answers, weighted by its verdicts; in [0, 1], 0 without any.
  package var error: Double {
    bins.reduce(0) { $0 + abs($1.scores - Double($1.right)) } / Double(max(1, count))
  }
}

extension SearchTree {
  /// What critics said of finished trajectories that state an answer, against the reference; by critic.
  /// Empty without one.
  ///
  /// Of a fast rollout only the ORM speaks. All the evidence together is heard as one more critic, which says one thing: the chance of the
  /// answer that it chooses. Complexity: O(nodes + trajectories × depth).
  package func reliability() -> [String: Reliability] {
    var found: [String: Reliability] = [:]
    for candidate in candidates() {
      guard let isRight = header.problem.accepts(candidate.answer) else { continue }
      if let rollout = candidate.rollout {
        guard let score = rollouts(of: candidate.node)[rollout].score else { continue }
        found[CriticName.orm, default: Reliability()].add(score, isRight: isRight)
      } else {
        for given in details[candidate.node.offset].scores {
          if let score = given.score { found[given.critic, default: Reliability()].add(score, isRight: isRight) }
        }
      }
    }
    if let best = answerStandings().max(by: { $0.chance < $1.chance }),
      let isRight = header.problem.accepts(best.answer)
    {
      found[FinalSelection.evidence.rawValue, default: Reliability()].add(best.chance, isRight: isRight)
    }
    return found
  }
}

/// Reliability as `--json` prints it.
package struct ReliabilityRow: Encodable {
  package struct Bin: Encodable {
    /// Where the tenth begins.
    package let from: Double
    package let count: Int
    /// Mean score; nil where no verdict fell into it.
    package let score: Double?
    /// Share of right answers.
    package let right: Double?
  }

  package let verdicts: Int
  package let ece: Double
  /// Δ/σ; nil where it is not known.
  package let signal: Double?
  package let bins: [Bin]

  package init(_ reliability: Reliability) {
    verdicts = reliability.count
    ece = reliability.error
    signal = reliability.signal
    bins = reliability.bins.enumerated().map { index, bin in
      let count = Double(bin.count)
      return Bin(
        from: Double(index) / 10, count: bin.count, score: bin.count > 0 ? bin.scores / count : nil,
        right: bin.count > 0 ? Double(bin.right) / count : nil)
    }
  }
}
