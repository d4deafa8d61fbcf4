import Foundation
import Vocabulary

/// What can speak for or against a finished trajectory, each kind a number in log-odds: what the final selection `evidence` sums.
public enum Evidence: String, Codable, Sendable, CaseIterable {
  /// The ORM's score of the whole, where it spoke, else the node's mean value.
  case outcome
  /// The PRM's score of the worst step on the way.
  case steps
  /// v(s) where it ends, or where its rollout began.
  case value
  /// The least that each other critic, a tool above all, said of a step on the way, where it doubts.
  case doubts
  /// The logarithm of the visits of its last node.
  case visits

  /// What a unit of it weighs.
  var weight: ParameterKey<Double> {
    switch self {
    case .outcome: SearchParameters.evidenceOutcome
    case .steps: SearchParameters.evidenceSteps
    case .value: SearchParameters.evidenceValue
    case .doubts: SearchParameters.evidenceDoubts
    case .visits: SearchParameters.evidenceVisits
    }
  }
}

/// The evidence for one finished trajectory, a number of each kind; 0 of a kind about which nobody spoke.
public struct EvidenceReading: Sendable, Equatable {
  private var numbers = [Double](repeating: 0, count: Evidence.allCases.count)

  /// No evidence.
  package init() {}

  /// The evidence of a kind, in log-odds; of visits, their logarithm.
  public package(set) subscript(kind: Evidence) -> Double {
    get { numbers[kind.place] }
    set { numbers[kind.place] = newValue }
  }
}

extension Evidence {
  fileprivate var place: Int {
    switch self {
    case .outcome: 0
    case .steps: 1
    case .value: 2
    case .doubts: 3
    case .visits: 4
    }
  }
}

/// What the kinds of evidence weigh.
public struct EvidenceWeights: Sendable, Equatable {
  /// By kind.
  package var kinds = EvidenceReading()
  /// The logarithm of what the answer weighs that nobody stated.
  package var none = 0.0

  /// The weights that `parameters` say.
  public init(_ parameters: SearchParameters) {
    for kind in Evidence.allCases { kinds[kind] = parameters[kind.weight] }
    none = parameters[SearchParameters.evidenceNone]
  }

  /// No weights.
  package init() {}

  /// The logarithm of what a trajectory with this evidence weighs.
  package func sum(_ reading: EvidenceReading) -> Double {
    Evidence.allCases.reduce(0) { $0 + kinds[$1] * reading[$1] }
  }

  /// What a trajectory weighs of which nothing is known but the ORM's score.
  package func weight(outcome score: Double) -> Double {
    var reading = EvidenceReading()
    reading[.outcome] = CriticCalibration.logit(score)
    return weight(reading)
  }

  /// What it weighs, in steps of 2⁻²⁴ from e⁻¹⁰ to e¹⁰: sums of ten thousand such numbers do not depend on the order of summing.
  package func weight(_ reading: EvidenceReading) -> Double {
    (exp(min(max(sum(reading), -10), 10)) * 0x1p24).rounded() * 0x1p-24
  }
}

extension SearchTree {
  /// The evidence for a finished trajectory. Complexity: O(depth × critics).
  public func evidence(for candidate: Candidate) -> EvidenceReading {
    var reading = EvidenceReading()
    reading[.outcome] = CriticCalibration.logit(candidate.score)
    if let value = countedScore(CriticName.value, of: candidate.node) {
      reading[.value] = CriticCalibration.logit(value)
    }
    reading[.visits] = log(Double(max(1, self[candidate.node].visits)))
    for (number, critic) in header.critics.enumerated()
    where critic.name != CriticName.value && critic.name != CriticName.orm {
      guard let least = leastScore(number, onTheWayTo: candidate.node) else { continue }
      if critic.name == CriticName.prm {
        reading[.steps] = CriticCalibration.logit(least)
      } else {
        reading[.doubts] += min(0, CriticCalibration.logit(least))
      }
    }
    return reading
  }

  /// The least score that a critic gave on the way to `node`; nil where it gave none.
  private func leastScore(_ critic: Int, onTheWayTo node: NodeID) -> Double? {
    var least: Double?
    var at = node
    while at.exists {
      if let score = countedScore(critic, of: at) { least = min(least ?? 1, score) }
      at = self[at].parent
    }
    return least
  }
}
