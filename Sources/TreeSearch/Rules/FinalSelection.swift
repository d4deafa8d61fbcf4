import Vocabulary

/// The ways to read an answer off a finished tree: the five that AlphaLLM's code computes, and the sum of all evidence.
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
  /// The answer for which critics, tools, visits and agreement together speak most.
  case evidence

  /// The five of AlphaLLM's code: among them it is counted how many agree.
  package static let paper: [FinalSelection] = [.greedyPath, .bestLeaf, .rerank, .weightedVote, .majority]
}

/// One finished trajectory: a terminal node, or a node completed by one of its rollouts.
public struct Candidate: Equatable, Sendable {
  /// The last node of the trajectory that stands in the tree.
  public let node: NodeID
  /// The rollout that completes it; nil where the node itself is terminal.
  public let rollout: Int?
  /// The answer it states.
  public let answer: String
  /// Its ORM score in [0, 1], as it counts in the run; where no ORM spoke, the node's mean value.
  public let score: Double

  /// What it weighs in a weighted vote: its score in steps of 2⁻⁴⁰, so that sums do not depend on the order of summing.
  package var voteWeight: Double { (score * 0x1p40).rounded() * 0x1p-40 }
}

/// What a finished trajectory's vote for its answer weighs.
package enum VoteWeight: Sendable {
  case one
  case outcome
  case evidence(EvidenceWeights)

  /// The weight by which a selection counts votes; nil for one that counts none.
  package init?(_ selection: FinalSelection, _ parameters: SearchParameters) {
    switch selection {
    case .greedyPath, .bestLeaf, .rerank: return nil
    case .weightedVote: self = .outcome
    case .majority: self = .one
    case .evidence: self = .evidence(EvidenceWeights(parameters))
    }
  }

  /// What the vote of `candidate` weighs: a number whose sums do not depend on the order of summing.
  package func callAsFunction(_ candidate: Candidate, in tree: borrowing SearchTree) -> Double {
    switch self {
    case .one: 1
    case .outcome: candidate.voteWeight
    case .evidence(let weights): weights.weight(tree.evidence(for: candidate))
    }
  }
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
      if reachable[offset], offset == 0 || node.visits > 0 || node.marks.contains(.uncounted) {
        found += candidates(at: NodeID(offset))
      }
    }
    return found
  }

  /// Computes all final selections. Complexity: O(nodes + trajectories × depth).
  public func finalAnswers() -> FinalAnswers {
    let all = candidates()
    var choices: [FinalSelection: Candidate] = [:]
    choices[.greedyPath] = greedyCandidate()
    choices[.rerank] = best(all)
    choices[.bestLeaf] = bestLeaf(among: all)
    for selection in FinalSelection.allCases {
      if let weight = VoteWeight(selection, parameters) { choices[selection] = vote(all, weight) }
    }
    return FinalAnswers(choices: choices)
  }

  /// What the run's own final selection, the parameter `final.selection`, chooses; nil where no trajectory states an answer.
  ///
  /// Complexity: O(nodes).
  public var chosen: Candidate? { finalAnswers()[finalSelection] }

  /// The path to the last node of what is ``chosen``; where nothing is, the path of greatest mean value.
  ///
  /// Complexity: O(nodes).
  public func chosenPath() -> [NodeID] { chosen.map { path(to: $0.node) } ?? bestPath() }

  /// The best trajectory whose answer agrees with the reference where none of the choices `finals` does: what the search found and
  /// no final selection took. Nil without a reference. Complexity: O(nodes).
  public func rightAndNotChosen(_ finals: FinalAnswers) -> Candidate? {
    let problem = header.problem
    if finals.choices.values.contains(where: { problem.accepts($0.answer) == true }) { return nil }
    return best(candidates().filter { problem.accepts($0.answer) == true })
  }

  /// The final selection that the run's parameters name.
  public var finalSelection: FinalSelection { parameters[SearchParameters.finalSelection] }

  /// What the greatest mean value leads to: the best trajectory that ends in the best path's last node, or in the last one
  /// from which a rollout finished. Complexity: O(depth × width).
  public func greedyCandidate() -> Candidate? {
    bestPath().reversed().lazy.compactMap { self.best(self.candidates(at: $0)) }.first
  }

  /// The finished trajectories that end in `id`, or that its rollouts finish, whether it can be reached or not.
  ///
  /// Complexity: O(rollouts).
  public func candidates(at id: NodeID) -> [Candidate] {
    // Most nodes have nothing of the kind, and are asked about at every backup through them.
    guard let extra = arena.details.extras[id.index] else { return [] }
    let fallback = nodes[id.offset].meanValue ?? (isImported(id) ? nodes[id.offset].reward : nil) ?? 0
    if let answer = extra.answer {
      return [
        Candidate(node: id, rollout: nil, answer: answer, score: countedScore(CriticName.orm, of: id) ?? fallback)
      ]
    }
    return rollouts(of: id).enumerated().compactMap { index, rollout in
      rollout.answer.map {
        Candidate(node: id, rollout: index, answer: $0, score: scoring.countedOutcome(rollout.score) ?? fallback)
      }
    }
  }

  /// False where no trajectory has ended in `id` so far, nor been finished from there. Complexity: O(1).
  package func mayFinish(at id: NodeID) -> Bool { arena.details.hasExtra(at: id.offset) }

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
  private func vote(_ candidates: [Candidate], _ weight: VoteWeight) -> Candidate? {
    var votes = AnswerVote(among: header.problem.choices)
    let groups = candidates.map { candidate in votes.add(candidate.answer) { $0 + weight(candidate, in: self) } }
    guard let winner = votes.winner else { return nil }
    return best(zip(candidates, groups).filter { $0.1 == winner }.map(\.0))
  }
}

extension SearchParameters {
  /// `final.selection`.
  public static let finalSelection = ParameterKey<FinalSelection>(
    "final.selection", default: .rerank,
    help: "Which of the final selections is reported as the answer.",
    citation: "AlphaLLM's code; this program (evidence)")
}
