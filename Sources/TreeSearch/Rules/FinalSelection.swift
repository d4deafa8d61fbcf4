import Vocabulary

/// The five ways to read an answer off a finished tree (AlphaLLM's code computes all five).
public enum FinalSelection: String, Codable, Sendable, CaseIterable {
  /// Follow the best mean value to a leaf.
  case greedyPath
  /// The leaf with the best mean value anywhere.
  case bestLeaf
  /// The finished trajectory with the best ORM score.
  case rerank
  /// The answer with the greatest sum of ORM scores.
  case weightedVote
  /// The answer that most finished trajectories state.
  case majority
}

/// One finished trajectory: a terminal node, or a node completed by one of its rollouts.
public struct Candidate: Equatable, Sendable {
  /// The last node of the trajectory that stands in the tree.
  public let node: NodeID
  /// The rollout that completes it; nil where the node itself is terminal.
  public let rollout: Int?
  /// The answer it states.
  public let answer: String
  /// Its ORM score in [0, 1]; where no ORM spoke, the node's mean value.
  public let score: Double
}

/// What each final selection chose; nil where no trajectory states an answer.
public struct FinalAnswers: Equatable, Sendable {
  /// Choices by selection.
  public let choices: [FinalSelection: Candidate]

  /// The choice of one selection.
  public subscript(selection: FinalSelection) -> Candidate? { choices[selection] }
}

extension SearchTree {
  /// Finished trajectories that state an answer, in order of node and rollout. Complexity: O(nodes).
  ///
  /// An unfinished leaf is completed by its rollouts, as AlphaLLM completes it by the policy.
  public func candidates() -> [Candidate] {
    var found: [Candidate] = []
    var reachable = Array(repeating: true, count: nodes.count)
    for (offset, node) in nodes.enumerated() {
      // A parent's id is smaller than its children's, so one pass knows every ancestor.
      reachable[offset] = node.isOpen && (offset == 0 || reachable[node.parent.offset])
      if reachable[offset], offset == 0 || node.visits > 0 { found += candidates(at: NodeID(offset)) }
    }
    return found
  }

  /// Computes all five final selections. Complexity: O(nodes).
  public func finalAnswers() -> FinalAnswers {
    let all = candidates()
    var choices: [FinalSelection: Candidate] = [:]
    choices[.greedyPath] = bestPath().reversed().lazy.compactMap { self.best(self.candidates(at: $0)) }.first
    choices[.rerank] = best(all)
    choices[.bestLeaf] = bestLeaf(among: all)
    choices[.weightedVote] = vote(all) { $0.score }
    choices[.majority] = vote(all) { _ in 1 }
    return FinalAnswers(choices: choices)
  }

  private func candidates(at id: NodeID) -> [Candidate] {
    let fallback = nodes[id.offset].meanValue ?? 0
    if let answer = details[id.offset].answer {
      return [Candidate(node: id, rollout: nil, answer: answer, score: score(CriticName.orm, of: id) ?? fallback)]
    }
    return rollouts(of: id).enumerated().compactMap { index, rollout in
      rollout.answer.map { Candidate(node: id, rollout: index, answer: $0, score: rollout.score ?? fallback) }
    }
  }

  private func best(_ candidates: [Candidate]) -> Candidate? {
    candidates.reduce(nil) { best, next in next.score > best?.score ?? -1 ? next : best }
  }

  private func bestLeaf(among candidates: [Candidate]) -> Candidate? {
    let leaves = candidates.filter { nodes[$0.node.offset].openChildren == 0 }
    let q = leaves.compactMap { nodes[$0.node.offset].meanValue }.max()
    return best(leaves.filter { nodes[$0.node.offset].meanValue == q })
  }

  /// The answer with the greatest weight, the first seen of equals, and its best trajectory. Answers that say the same are
  /// one.
  private func vote(_ candidates: [Candidate], weight: (Candidate) -> Double) -> Candidate? {
    var votes = AnswerVote(among: header.problem.choices)
    let groups = candidates.map { candidate in votes.add(candidate.answer) { $0 + weight(candidate) } }
    guard let winner = votes.winner else { return nil }
    return best(zip(candidates, groups).filter { $0.1 == winner }.map(\.0))
  }
}

extension SearchParameters {
  /// `final.selection`.
  public static let finalSelection = ParameterKey<FinalSelection>(
    "final.selection", default: .rerank,
    help: "Which of the five final selections is reported as the answer.", citation: "AlphaLLM's code")
}
