import Foundation
import Vocabulary

/// How one answer of a tree stands under all the evidence: its chance, and what it is made of.
public struct AnswerStanding: Sendable, Equatable {
  /// Its first spelling.
  public let answer: String
  /// How many finished trajectories state it.
  public let trajectories: Int
  /// The chance that it is right: its share of all the weight there is, that of `evidence.none` included.
  public let chance: Double
  /// Log-odds against the weight 1 by kind of evidence, weighed: the mean over its trajectories, each counted as it weighs.
  public let parts: EvidenceReading
  /// What is left of the logarithm of its weight: that so many trajectories agree.
  public let agreement: Double

  /// In which kinds of evidence it is ahead of another answer, and by how much; together the logarithm of their odds. Nil is agreement.
  package func lead(over other: AnswerStanding) -> [(kind: Evidence?, by: Double)] {
    Evidence.allCases.map { ($0, parts[$0] - other.parts[$0]) } + [(nil, agreement - other.agreement)]
  }
}

extension SearchTree {
  /// How the answers stand under all the evidence, whatever the run's own final selection is; in order of appearance.
  ///
  /// Complexity: O(nodes + trajectories × depth).
  public func answerStandings() -> [AnswerStanding] {
    struct Sum {
      var (trajectories, weight) = (0, 0.0)
      var parts = EvidenceReading()
    }
    let weights = EvidenceWeights(parameters)
    var names = AnswerGroups(among: header.problem.choices)
    var sums: [Sum] = []
    for candidate in candidates() {
      let at = names.index(of: candidate.answer)
      if at == sums.count { sums.append(Sum()) }
      let reading = evidence(for: candidate)
      let weight = weights.weight(reading)
      sums[at].trajectories += 1
      sums[at].weight += weight
      for kind in Evidence.allCases { sums[at].parts[kind] += weight * weights.kinds[kind] * reading[kind] }
    }
    let whole = sums.reduce(exp(weights.none)) { $0 + $1.weight }
    return zip(names.spellings, sums).map { answer, sum in
      var parts = EvidenceReading()
      for kind in Evidence.allCases { parts[kind] = sum.parts[kind] / sum.weight }
      return AnswerStanding(
        answer: answer, trajectories: sum.trajectories, chance: sum.weight / whole, parts: parts,
        agreement: log(sum.weight) - Evidence.allCases.reduce(0) { $0 + parts[$1] })
    }
  }
}
