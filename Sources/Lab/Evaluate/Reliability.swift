import TreeInsight
import TreeSearch
import Vocabulary
import Workspace

/// How often a critic's scores came true: verdicts on finished trajectories, sorted into tenths of the score.
package struct Reliability: Sendable, Equatable {
  /// One tenth of the scores; the last one holds 1 as well.
  package struct Bin: Sendable, Equatable {
    package var count = 0
    /// Sum of the scores.
    package var scores = 0.0
    /// How many of them were given to a right answer.
    package var right = 0
  }

  package private(set) var bins = [Bin](repeating: Bin(), count: 10)

  /// Takes note of one verdict in [0, 1].
  package mutating func add(_ score: Double, isRight: Bool) {
    let bin = min(bins.count - 1, max(0, Int(score * Double(bins.count))))
    bins[bin].count += 1
    bins[bin].scores += score
    if isRight { bins[bin].right += 1 }
  }

  package static func += (a: inout Reliability, b: Reliability) {
    for index in a.bins.indices {
      a.bins[index].count += b.bins[index].count
      a.bins[index].scores += b.bins[index].scores
      a.bins[index].right += b.bins[index].right
    }
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
  /// Of a fast rollout only the ORM speaks. Complexity: O(nodes).
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
  package let bins: [Bin]

  package init(_ reliability: Reliability) {
    verdicts = reliability.count
    ece = reliability.error
    bins = reliability.bins.enumerated().map { index, bin in
      let count = Double(bin.count)
      return Bin(
        from: Double(index) / 10, count: bin.count, score: bin.count > 0 ? bin.scores / count : nil,
        right: bin.count > 0 ? Double(bin.right) / count : nil)
    }
  }
}
