import Foundation
import TreeSearch
import Vocabulary
import Workspace

/// A critic's calibration, fitted from people's labels and from nothing else: outcomes of the search itself would only teach the critic to
/// agree with the search.
package struct CalibrationFit: Sendable {
  /// The forms that can be fitted.
  package enum Kind: String, Sendable, CaseIterable { case platt, isotonic }

  /// Labels below this number fit nothing.
  package static let leastLabels = 40
  /// Nor do fewer good ones or fewer bad ones than this.
  package static let leastOfEach = 5
  /// Parts into which problems are divided, each to be judged by a fit on the others.
  package static let folds = 5

  package let critic: String
  package let kind: Kind
  package let calibration: CriticCalibration
  /// People's labels that were fitted, and how many of them say good.
  package let labels: Int
  package let good: Int
  package let problems: Int
  /// The critic as it is, and as it is on problems whose labels took no part in the fit; nil with fewer problems than folds.
  package let before: ReliabilityCurve
  package let after: ReliabilityCurve?

  /// Fits `critic` to what people say of `steps`. Throws `LabError` where there is too little to fit.
  ///
  /// Complexity: O(n log n), n labelled steps.
  package init(_ steps: LabelledSteps, critic: String, kind: Kind) throws {
    let points = steps.byUnit.sorted { $0.key < $1.key }.compactMap { _, step -> (problem: String, point: Point)? in
      guard let score = step.scores[critic], let label = step.label, label != .neutral else { return nil }
      return (step.problem, Point(score: score, isTrue: label == .good))
    }
    let good = points.count(where: \.point.isTrue)
    guard points.count >= Self.leastLabels, min(good, points.count - good) >= Self.leastOfEach,
      let before = ReliabilityCurve(points.map(\.point))
    else {
      throw LabError.failed(
        "calibration of '\(critic.printable)': expected \(Self.leastLabels) steps or more with its score and a person's label, "
          + "\(Self.leastOfEach) of them good and \(Self.leastOfEach) bad, found \(good) good and \(points.count - good) bad"
      )
    }
    calibration = try Self.fit(kind, points.map(\.point), critic)
    (self.critic, self.kind, self.before, labels, self.good) = (critic, kind, before, points.count, good)
    let names = Set(points.map(\.problem)).sorted()
    problems = names.count
    let fold = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, $0 % Self.folds) })
    guard names.count >= Self.folds else {
      after = nil
      return
    }
    var unseen: [Point] = []
    for part in 0..<Self.folds {
      let others = points.filter { fold[$0.problem] != part }.map(\.point)
      guard let map = try? Self.fit(kind, others, critic) else { continue }
      for (problem, point) in points where fold[problem] == part {
        unseen.append(Point(score: map.value(point.score), isTrue: point.isTrue))
      }
    }
    after = unseen.count == points.count ? ReliabilityCurve(unseen) : nil
  }

  private typealias Point = ReliabilityCurve.Point

  /// As `critics.calibration` is written.
  package var parameter: String { CriticCalibrations([(critic, calibration)]).description }

  private static func fit(
    _ kind: Kind, _ points: [ReliabilityCurve.Point], _ critic: String
  ) throws -> CriticCalibration {
    switch kind {
    case .isotonic: return isotonic(points)
    case .platt:
      let (slope, intercept) = platt(points)
      guard slope >= 0, slope.isFinite, intercept.isFinite else {
        throw LabError.failed(
          "calibration of '\(critic.printable)': its scores fall where people say good: no rising map makes sense of them"
        )
      }
      return .platt(slope: rounded(slope), intercept: rounded(intercept))
    }
  }

  /// Six decimals: more would say more than labels do, and make the parameter unreadable.
  private static func rounded(_ value: Double) -> Double { (value * 1e6).rounded() / 1e6 }

  /// Slope and intercept that make σ(slope · logit + intercept) likeliest, with Platt's targets (n₊ + 1)/(n₊ + 2) and 1/(n₋ + 2), which
  /// keep the fit finite where scores part good from bad without a fault. By Newton's method; the loss is convex.
  package static func platt(_ points: [ReliabilityCurve.Point]) -> (slope: Double, intercept: Double) {
    let good = Double(points.count(where: \.isTrue))
    let (high, low) = ((good + 1) / (good + 2), 1 / (Double(points.count) - good + 2))
    let data = points.map { (x: CriticCalibration.logit($0.score), t: $0.isTrue ? high : low) }
    func loss(_ a: Double, _ b: Double) -> Double {
      data.reduce(0) { sum, point in
        let z = a * point.x + b
        return sum + (z > 0 ? log1p(exp(-z)) + (1 - point.t) * z : log1p(exp(z)) - point.t * z)
      }
    }
    var (a, b) = (
      0.0,
      log(high * good + low * (Double(points.count) - good))
        - log(
          Double(points.count) - high * good - low * (Double(points.count) - good))
    )
    for _ in 0..<200 {
      var (ga, gb, haa, hab, hbb) = (0.0, 0.0, 1e-12, 0.0, 1e-12)
      for (x, t) in data {
        let p = 1 / (1 + exp(-(a * x + b)))
        let w = p * (1 - p)
        (ga, gb) = (ga + (p - t) * x, gb + p - t)
        (haa, hab, hbb) = (haa + w * x * x, hab + w * x, hbb + w)
      }
      if max(abs(ga), abs(gb)) < 1e-10 * Double(points.count) { break }
      let determinant = haa * hbb - hab * hab
      guard determinant > 0 else { break }
      let (da, db) = ((hbb * ga - hab * gb) / determinant, (haa * gb - hab * ga) / determinant)
      // A step that makes it worse is halved.
      var step = 1.0
      let now = loss(a, b)
      while step > 1e-10, loss(a - step * da, b - step * db) > now { step /= 2 }
      (a, b) = (a - step * da, b - step * db)
    }
    return (a, b)
  }

  /// The rising function nearest to the points in squares, by joining neighbours that fall (Ayer et al., 1955).
  package static func isotonic(_ points: [ReliabilityCurve.Point]) -> CriticCalibration {
    struct Block {
      var from, to: Double
      var hits, count: Double
      var value: Double { hits / count }
    }
    var blocks: [Block] = []
    for point in points.sorted(by: { $0.score < $1.score }) {
      let (score, hit) = (rounded(point.score), point.isTrue ? 1.0 : 0)
      if let last = blocks.last, last.to == score, last.from == score {
        blocks[blocks.count - 1].hits += hit
        blocks[blocks.count - 1].count += 1
      } else {
        blocks.append(Block(from: score, to: score, hits: hit, count: 1))
      }
    }
    var joined: [Block] = []
    for block in blocks {
      joined.append(block)
      while joined.count > 1, joined[joined.count - 2].value >= joined[joined.count - 1].value {
        let last = joined.removeLast()
        joined[joined.count - 1].to = last.to
        joined[joined.count - 1].hits += last.hits
        joined[joined.count - 1].count += last.count
      }
    }
    return .isotonic(
      joined.flatMap { block in
        let value = rounded(block.value)
        return (block.from == block.to ? [block.from] : [block.from, block.to]).map {
          CriticCalibration.Point(score: $0, value: value)
        }
      })
  }
}
