import Vocabulary

/// The leader cannot be caught: whatever the simulations left may find, the answer reported stays the same.
///
/// Each simulation left can bring at most 1 + n finished trajectories (a terminal and its rollouts), each worth at most 1;
/// one that goes on to a terminal may roll out on every edge of its path.
/// Under a vote the leader's lead must exceed what they could bring; under the other selections the leader must have the
/// greatest score there is, 1. Looked at each time the tree has grown by a sixteenth, so that it costs O(1) amortised.
struct SettledLimit: Limit {
  private let most, trajectories: Int
  private let selection: FinalSelection

  /// Nil where `parameters` switch it off.
  init?(_ parameters: SearchParameters) {
    guard parameters.flag(SearchParameters.settledLimit) else { return nil }
    most = SimulationLimit(parameters).greatest
    let runsToTerminal = parameters.flag(SearchParameters.runsToTerminal)
    let inner = runsToTerminal ? max(1, parameters.integer(SearchParameters.maximumDepth) - 1) : 1
    trajectories = 1 + inner * parameters.integer(SearchParameters.rolloutsPerNode)
    selection = FinalSelection(rawValue: parameters.word(SearchParameters.finalSelection)) ?? .rerank
  }

  func reason(_ tree: borrowing SearchTree) -> StopReason? {
    let done = tree.simulations
    guard done > 0, done % max(1, done / 16) == 0 else { return nil }
    let possible = Double(max(0, most - done) * trajectories)
    switch selection {
    case .majority: return lead(tree.candidates()) { _ in 1 } > possible ? .settled : nil
    case .weightedVote: return lead(tree.candidates()) { $0.score } > possible ? .settled : nil
    case .rerank: return tree.finalAnswers()[.rerank]?.score == 1 ? .settled : nil
    case .greedyPath, .bestLeaf: return nil
    }
  }

  /// By how much the answer with the greatest weight leads the next; 0 without answers.
  private func lead(_ candidates: [Candidate], weight: (Candidate) -> Double) -> Double {
    var weights: [String: Double] = [:]
    for candidate in candidates { weights[candidate.answer, default: 0] += weight(candidate) }
    let sorted = weights.values.sorted(by: >)
    return (sorted.first ?? 0) - (sorted.dropFirst().first ?? 0)
  }
}
