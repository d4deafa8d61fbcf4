import TreeSearch
import Vocabulary

/// Critics must agree with how trajectories end.
///
/// Over finished trajectories, the expected calibration error (ECE, ten bins) of the value critic and of the ORM against
/// the reference answer; where there is none, of the value critic against the ORM.
struct CalibrationWatchdog: Watchdog {
  static let name = "calibration"
  static let leastTrajectories = 30
  static let tolerated = 0.3

  private var errors: [String: CalibrationError] = [:]

  init(tree: SearchTree) {}

  mutating func alarms(after seen: [Observation], in tree: SearchTree) -> [Alarm] {
    seen.flatMap { observation -> [Alarm] in
      guard case .evaluated(let node, _) = observation.event, tree[node].terminal == .answer else { return [] }
      return pairs(at: node, in: tree).compactMap { critic, score, outcome in
        errors[critic, default: CalibrationError()].add(score, outcome: outcome)
        return alarm(critic, at: node, in: tree)
      }
    }
  }

  /// What each critic said of a finished trajectory, and what is held against it.
  private func pairs(at node: NodeID, in tree: SearchTree) -> [(critic: String, score: Double, outcome: Double)] {
    let value = tree.score(CriticName.value, of: node)
    let orm = tree.score(CriticName.orm, of: node)
    if let isCorrect = tree.isCorrect(at: node) {
      return [(CriticName.value, value), (CriticName.orm, orm)].compactMap { critic, score in
        score.map { (critic, $0, isCorrect ? 1 : 0) }
      }
    }
    guard let value, let orm else { return [] }
    return [(CriticName.value, value, orm)]
  }

  private mutating func alarm(_ critic: String, at node: NodeID, in tree: SearchTree) -> Alarm? {
    guard let error = errors[critic], error.count >= Self.leastTrajectories, error.value > Self.tolerated else {
      return nil
    }
    errors[critic] = nil
    let other = tree.header.problem.reference == nil ? "the ORM" : "the reference answer"
    return Alarm(
      Self.self, cause: critic, at: node,
      "over \(error.count) finished trajectories critic \(critic) and \(other) disagree: calibration error "
        + "\(Self.short(error.value)), mean score \(Self.short(error.meanScore)), outcome \(Self.short(error.meanOutcome))"
    )
  }

  private static func short(_ value: Double) -> String { String((value * 100).rounded() / 100) }
}

/// Expected calibration error in ten bins of equal width (Guo et al. 2017, eq. 3), kept up as pairs come.
struct CalibrationError: Sendable {
  private var bins = [Bin](repeating: Bin(), count: 10)

  private struct Bin: Sendable {
    var count = 0
    var score = 0.0
    var outcome = 0.0
  }

  /// Adds a score in [0, 1] and the outcome in [0, 1] that it foretold.
  mutating func add(_ score: Double, outcome: Double) {
    let at = max(0, min(Int(score * 10), 9))
    bins[at].count += 1
    bins[at].score += score
    bins[at].outcome += outcome
  }

  /// Pairs added.
  var count: Int { bins.reduce(0) { $0 + $1.count } }
  /// Mean of the scores.
  var meanScore: Double { bins.reduce(0) { $0 + $1.score } / Double(max(count, 1)) }
  /// Mean of the outcomes.
  var meanOutcome: Double { bins.reduce(0) { $0 + $1.outcome } / Double(max(count, 1)) }
  /// Σ over bins of their share times |mean score − mean outcome|; 0 without pairs.
  var value: Double { bins.reduce(0) { $0 + abs($1.score - $1.outcome) } / Double(max(count, 1)) }
}
