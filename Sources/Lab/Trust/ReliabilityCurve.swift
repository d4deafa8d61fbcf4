import Vocabulary

/// How often what a critic says comes true, in bins of about equal size, and how great its calibration error would be by chance alone.
package struct ReliabilityCurve: Sendable {
  /// A score in [0, 1] and whether it came true.
  package struct Point: Sendable {
    package let score: Double
    package let isTrue: Bool

    package init(score: Double, isTrue: Bool) { (self.score, self.isTrue) = (score, isTrue) }
  }

  /// Scores that lie side by side.
  package struct Bin: Sendable {
    /// Places of the points in the list that was given.
    package let members: [Int]
    package let from: Double
    package let to: Double
    /// Mean score.
    package let score: Double
    /// How many came true.
    package let hits: Int
    package var count: Int { members.count }
    /// Share that came true.
    package var share: Double { Double(hits) / Double(count) }
    /// Its 95 % Wilson interval.
    package var wilson: [Double] { Statistics.wilson(hits, count) }
  }

  package let bins: [Bin]
  /// Expected calibration error: the mean distance between a bin's mean score and its share, weighted by its size; in [0, 1].
  package let error: Double
  /// What ``error`` would be of a critic that is calibrated perfectly and gives these very scores: mean and 95th percentile.
  ///
  /// The measure is biased: chance alone moves every bin's share away from its mean score. An error no greater than the percentile
  /// shows no miscalibration.
  package let chance: (mean: Double, high: Double)
  /// Brier score: mean squared distance of score and outcome; in [0, 1].
  package let brier: Double
  /// Share of the points that came true.
  package let share: Double

  /// Bins hold so many at least, where there are as many.
  package static let leastInBin = 20

  /// The curve of `points`; nil without any.
  ///
  /// - Parameter draws: simulations of a perfect critic; fewer where there are many points, so that it takes no longer.
  /// Complexity: O(n log n + draws × n).
  package init?(
    _ points: [Point], bins most: Int = 10, least: Int = Self.leastInBin, draws: Int = 1000, seed: UInt64 = 20_241_129
  ) {
    guard !points.isEmpty else { return nil }
    let scores = points.map(\.score)
    bins = EqualMass.bins(scores, most: most, least: least).map { members in
      Bin(
        members: members, from: scores[members.first ?? 0], to: scores[members.last ?? 0],
        score: members.reduce(0) { $0 + scores[$1] } / Double(members.count),
        hits: members.count { points[$0].isTrue })
    }
    let n = Double(points.count)
    share = Double(points.count(where: \.isTrue)) / n
    brier = points.reduce(0) { $0 + ($1.score - ($1.isTrue ? 1 : 0)) * ($1.score - ($1.isTrue ? 1 : 0)) } / n
    error = bins.reduce(0) { $0 + abs($1.score - $1.share) * Double($1.count) } / n
    var generator = SplitMix(seed: seed)
    let bins = bins
    let errors = (0..<max(1, min(draws, 20_000_000 / points.count))).map { _ in
      bins.reduce(0) { sum, bin in
        let hits = bin.members.reduce(0) { generator.unit() < scores[$1] ? $0 + 1 : $0 }
        return sum + abs(bin.score * Double(bin.count) - Double(hits))
      } / n
    }.sorted()
    chance = (errors.reduce(0, +) / Double(errors.count), errors[min(errors.count - 1, errors.count * 95 / 100)])
  }
}

/// How well scores put what came true before what did not, within each problem: an easy problem's bad step may well score higher than
/// a hard one's good step, and a search compares siblings only.
package struct RankingFigure: Sendable, Equatable {
  /// Of the pairs of one true and one false of the same problem, the share in which the true one scores higher; ties count half. Nil
  /// without pairs.
  package let auc: Double?
  /// Such pairs, and the problems that have any.
  package let pairs: Int
  package let problems: Int

  /// The figure of points by problem. Complexity: O(n log n).
  package init(_ points: [(problem: String, point: ReliabilityCurve.Point)]) {
    var (won, pairs, problems) = (0.0, 0, 0)
    for group in Dictionary(grouping: points, by: \.problem).values {
      let hits = group.filter(\.point.isTrue).map(\.point.score).sorted()
      let misses = group.filter { !$0.point.isTrue }.map(\.point.score).sorted()
      guard !hits.isEmpty, !misses.isEmpty else { continue }
      (pairs, problems) = (pairs + hits.count * misses.count, problems + 1)
      var (below, upTo) = (0, 0)
      for hit in hits {
        while below < misses.count, misses[below] < hit { below += 1 }
        upTo = max(upTo, below)
        while upTo < misses.count, misses[upTo] == hit { upTo += 1 }
        won += Double(below) + 0.5 * Double(upTo - below)
      }
    }
    auc = pairs > 0 ? won / Double(pairs) : nil
    (self.pairs, self.problems) = (pairs, problems)
  }
}
