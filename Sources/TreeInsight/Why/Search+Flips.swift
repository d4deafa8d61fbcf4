import TreeSearch

/// What would turn a choice round.
extension Search {
  /// The flips of the choice among `candidates`, best first and none of them a dead end; none for fewer than two.
  func flips(_ candidates: [SelectionCandidate], below parent: NodeID) -> [Flip] {
    // What a contest compares depends on more than one child's numbers.
    if case .contest = rules.selection { return [] }
    guard candidates.count > 1 else { return [] }
    return explorationFlips(candidates, below: parent) + valueFlips(candidates[0], candidates[1])
      + weightFlips(candidates) + priorFlips(candidates[0], candidates[1], below: parent)
  }

  /// The nearest exploration constants on either side at which another child is chosen.
  private func explorationFlips(_ candidates: [SelectionCandidate], below parent: NodeID) -> [Flip] {
    let visits = tree[parent].visits + virtualVisits(tree[parent])
    let lines = candidates.compactMap { ScoreLine($0, rules.selection, parentVisits: visits) }
    guard lines.count == candidates.count else { return [] }
    let now = rules.selection.explorationConstant
    let all = candidates.indices.dropFirst().compactMap { other -> Flip? in
      guard let at = lines[0].crossing(lines[other]), at >= 0 else { return nil }
      let side: Flip.Side = lines[other].slope > lines[0].slope ? .above : .below
      return Flip(.exploration, now: now, at: at, side, winner: candidates[other].node)
    }
    return nearest(all)
  }

  /// Q of the winner and of the runner-up at which they score the same, where it lies in [0, 1] as every Q does.
  private func valueFlips(_ winner: SelectionCandidate, _ runnerUp: SelectionCandidate) -> [Flip] {
    let margin = winner.total - runnerUp.total
    let (high, low) = (winner.terms.exploitation, runnerUp.terms.exploitation)
    return [
      Flip(.winnerValue, now: high, at: high - margin, .below, winner: runnerUp.node),
      Flip(.runnerUpValue, now: low, at: low + margin, .above, winner: runnerUp.node),
    ].filter { 0...1 ~= $0.at }
  }

  /// PUCT: the prior of the winner and of the runner-up at which they score the same, where it lies in [0, 1].
  private func priorFlips(
    _ winner: SelectionCandidate, _ runnerUp: SelectionCandidate, below parent: NodeID
  ) -> [Flip] {
    guard case .puct(let rule) = rules.selection, let high = winner.terms.prior, let low = runnerUp.terms.prior else {
      return []
    }
    let scale = rule.scale(parentVisits: tree[parent].visits + virtualVisits(tree[parent]))
    guard scale > 0 else { return [] }
    let margin = winner.total - runnerUp.total
    func shift(_ child: SelectionCandidate) -> Double {
      margin * Double(1 + child.visits + child.virtualVisits) / scale
    }
    return [
      Flip(.winnerPrior, now: high, at: high - shift(winner), .below, winner: runnerUp.node),
      Flip(.runnerUpPrior, now: low, at: low + shift(runnerUp), .above, winner: runnerUp.node),
    ].filter { 0...1 ~= $0.at }
  }

  /// The nearest weights of each critic at which another child is chosen; none unless every child's Q is its own reward.
  private func weightFlips(_ candidates: [SelectionCandidate]) -> [Flip] {
    guard candidates.allSatisfy(hasOwnReward) else { return [] }
    return tree.weights.indices.flatMap { critic in
      let rewards = candidates.map { RewardByWeight(of: $0.node, critic: critic, in: tree) }
      let now = tree.weights[critic]
      let all = candidates.indices.dropFirst().flatMap { other in
        let lead =
          (candidates[0].total - candidates[0].terms.exploitation)
          - (candidates[other].total - candidates[other].terms.exploitation)
        return rewards[0].crossings(rewards[other], lead: lead).filter { $0 != now }.map {
          Flip(
            .criticWeight, critic: tree.header.critics[critic].name, now: now, at: $0, $0 > now ? .above : .below,
            winner: candidates[other].node)
        }
      }
      return nearest(all)
    }
  }

  /// True where Q of `child` is its own reward: nothing below it was backed up, and nothing is under way.
  private func hasOwnReward(_ child: SelectionCandidate) -> Bool {
    guard tree[child.node].reward != nil, child.virtualVisits == 0 else { return false }
    return child.visits > 0 ? tree.ownBackups(of: child.node) == child.visits : rules.firstPlay == .value
  }

  /// The first that is met on the way down, and the first on the way up.
  private func nearest(_ flips: [Flip]) -> [Flip] {
    [
      flips.filter { $0.side == .below }.max { $0.at < $1.at },
      flips.filter { $0.side == .above }.min { $0.at < $1.at },
    ].compactMap { $0 }
  }
}
